package news

import "time"

// DigestInput is what a digest is composed of. The caller gives what the channel
// follows; the writer applies the view.
type DigestInput struct {
	From, To     time.Time      // (From, To]
	Zone         *time.Location // the channel's; nil: UTC
	Lang         string         // empty: English
	Conflicts    []ConflictID   // empty: every conflict that has something
	Developments []Development  // with activity in the window
	Standings    []Standing     // newest per arrangement at To
	Before       []Standing     // newest per arrangement at From
	Sources      int            // sources that were read
	Answering    int            // of these, how many answered last time
	View         View
}

// AlertInput is what an alert or a reply is composed of.
type AlertInput struct {
	Development Development
	Update      *Update    // of a reply: what it tells
	Standings   []Standing // newest of the development's conflict
	Zone        *time.Location
	Lang        string
	View        View
}
