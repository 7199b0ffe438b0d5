package news

// ReaderVersion is stored with every reading. Raise it when a reading of the same
// item would come out differently, so that stored features are not mixed.
const ReaderVersion = 2

// Reading is what one item says, as the reader understood it. It is what the store
// keeps of an item for the desk: no text beyond the evidence quotations.
type Reading struct {
	Cite
	Revision  int        `json:"revision,omitempty"`
	Version   int        `json:"version"` // ReaderVersion at the time
	Title     string     `json:"title"`   // the headline, for quotation
	Relevance Relevance  `json:"relevance"`
	Conflict  ConflictID `json:"conflict,omitempty"`
	// Arrangement is the named truce or plan the main claim is about, if the
	// catalogue knows it.
	Arrangement ArrangementID `json:"arrangement,omitempty"`
	// Kinds are those of the main statement, the main one first; empty unless the
	// relevance is development.
	Kinds   []Kind    `json:"kinds,omitempty"`
	Parties []PartyID `json:"parties,omitempty"` // named in the item, sorted
	Places  []string  `json:"places,omitempty"`  // catalogue places named in the item, sorted
	Figures []Figure  `json:"figures,omitempty"` // all of the item, in its order
	// Claims are all statements of the item. Those with Main set belong to the main
	// development; the others each to a minor one of their kind.
	Claims []Claim  `json:"claims,omitempty"`
	By     []string `json:"by,omitempty"` // who the main statement is attributed to, as named
	// Agency names the wire service whose copy the item says it is ("Reuters").
	Agency string `json:"agency,omitempty"`
	// Certainty is how sure the reader is of kinds and relevance.
	Certainty Certainty `json:"certainty,omitempty"`
	Features  Features  `json:"features"`
	Why       []string  `json:"why,omitempty"` // rule ids behind the decisions, for --explain
}

// Features are what the desk compares items by. They hold no readable text and
// take at most 2 KB encoded.
type Features struct {
	Terms    []Term   `json:"t,omitempty"` // folded stems, sorted by Hash; at most 96
	Names    []uint32 `json:"n,omitempty"` // capitalised names and catalogue ids, hashed, sorted
	Numbers  []int    `json:"u,omitempty"` // numbers of people and things, sorted
	Days     []string `json:"d,omitempty"` // resolved days the item speaks of, sorted
	Sketch   []uint32 `json:"s,omitempty"` // 32 minhash values over 5-word shingles: wire copies
	TitleSim uint64   `json:"h,omitempty"` // 64-bit simhash of the title
	Lead     []uint32 `json:"l,omitempty"` // the headline's first telling words, in order: who does what; at most 4
	Words    int      `json:"w,omitempty"` // words of title and text
	Concepts Concepts `json:"o,omitzero"`  // what the headline speaks of, in every language alike
}

// Term is one folded word stem of an item and how often it stands there.
type Term struct {
	Hash  uint32 `json:"h"`
	Count uint16 `json:"c"`
	Title bool   `json:"t,omitempty"`
}
