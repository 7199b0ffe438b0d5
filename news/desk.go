package news

import "time"

// Window is what a desk needs to go on where another left off: all readings of the
// last 14 days that are not irrelevant, the developments they mention, and the
// newest standing of every arrangement. The store loads it at start-up.
type Window struct {
	Readings     []Reading
	Developments []Development
	Standings    []Standing
}

// WindowLength is how far back the desk compares.
const WindowLength = 14 * 24 * time.Hour

// Changes are what filing items decided. Nothing has changed yet: the caller first
// makes them durable, then gives them to Desk.Apply.
type Changes struct {
	Readings     []Reading     // one per item, in order
	Filed        []Filing      // one per item, in order
	Developments []Development // new values of those that are new or changed
	Updates      []Update      // what channels may be owed, in order
	Standings    []Standing    // status changes, in order
}

// Filing is where one item went.
type Filing struct {
	Item        ItemID
	Development DevelopmentID // empty: none
	Novelty     Novelty       // empty: none
	Severity    Severity
	Also        []Also // minor developments
}

// Also is a minor development that an item mentions.
type Also struct {
	Development DevelopmentID
	Kinds       []Kind
}
