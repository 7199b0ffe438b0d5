package news

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Subs lists what Claim.Sub (and Claim.Action, which wins where it names one of these)
// may be for a kind. The empty sub, the kind alone, is always allowed and needs no
// mention. A sub is a promise of the reader about the words of the item; the writer
// makes its own sentence from it. Words in the table below: the actor is By.Party, or
// the only party of the claim where the speaker is no party; the others are the
// claim's other parties. A sub that needs an actor falls back to the quoted headline
// where there is none.
//
//	talks_announced  attend            the actor will take part
//	                 next-round        a further round of talks that have been held before
//	                 resume            talks that had stopped are to go on
//	talks_held       new-round         a new round has begun
//	                 new-round-indirect  the same, each side meeting the mediator separately
//	                 indirect, direct  under way in that form
//	                 resumed           gone on after a stop
//	                 ended             a round is over, no outcome told
//	                 progress          a round is over or goes on, and progress is told of
//	talks_failed     postponed, suspended, deadlock, no-deal, cancelled
//	                 walkout, refused  by the actor
//	mediation        meeting, call, visit, offer, envoy (named or sent), hosting
//	proposal         plan, draft, revised, humanitarian
//	                 start-passed      its proposed start has passed and nothing is known of it
//	acceptance       conditional, in-principle, backs (supports, without a formal yes); actor
//	rejection        conditions        sets conditions that amount to refusal; actor
//	agreement        signed, reached, declared, approved (by a cabinet, parliament or leader),
//	                 humanitarian, local, framework, holiday, sectoral (energy, sea, …),
//	                 withdrawal (to withdraw forces)
//	                 immediate         in effect at once
//	                 unilateral        declared by the actor alone
//	in_effect        started, holding
//	extension        unilateral        announced by the actor alone
//	violation        alleged           the actor says that the others broke the truce
//	                 mutual            each side says it of the other
//	                 denied            the actor denies having broken it
//	                 admitted          the actor says that it did
//	                 verified          a monitor says that it happened
//	collapse         declared-over, withdrawn (by the actor), fighting-resumed
//	expiry           lapsed, due (ends soon, or ends unless extended)
//	escalation       strike, drone, shelling, clash, offensive, mobilisation, threat
//	                 repulsed          the speaker's side says it beat back an advance of the others
//	deescalation     withdrawal (of the actor), disengagement, lull, buffer
//	control_change   captured, retaken (by the actor), lost (by the actor)
//	casualties       killed, injured, displaced: the figures tell the rest
//	humanitarian     opened, closed, blocked, delivered, evacuation, pause
//	exchange         agreed, listed, executed, all (every captive named), failed, remains
//	monitoring       created, deployed, report, mandate, no-access, withdrawn
//	statement        call, welcome, concern, condemnation, accusation, warning, ultimatum,
//	                 position          the speaker's own stand
//	                 no-reply          the actor has not answered
//	                 denied            the speaker denies what others say
//
// Beside these, any kind may have those of CommonSubs.
//
// The result is the caller's; it is nil for an unknown kind.
func Subs(k Kind) []string {
	switch k {
	case TalksAnnounced:
		return []string{"attend", "next-round", "resume"}
	case TalksHeld:
		return []string{"new-round", "new-round-indirect", "indirect", "direct", "resumed", "ended", "progress"}
	case TalksFailed:
		return []string{"postponed", "suspended", "deadlock", "no-deal", "cancelled", "walkout", "refused"}
	case Mediation:
		return []string{"meeting", "call", "visit", "offer", "envoy", "hosting"}
	case Proposal:
		return []string{"plan", "draft", "revised", "humanitarian", "start-passed"}
	case Acceptance:
		return []string{"conditional", "in-principle", "backs"}
	case Rejection:
		return []string{"conditions"}
	case Agreement:
		return []string{
			"signed", "reached", "declared", "approved", "humanitarian", "local", "framework",
			"holiday", "sectoral", "withdrawal", "immediate", "unilateral",
		}
	case InEffect:
		return []string{"started", "holding"}
	case Extension:
		return []string{"unilateral"}
	default:
		return subsOfConduct(k)
	}
}

// CommonSubs lists the subs that a claim of any kind may have: that the speaker denies
// what the others tell, that the outlet withdraws its report, and that it is expected
// only, of which the headline is quoted. The result is the caller's.
func CommonSubs() []string { return []string{subDenial, subRetraction, subExpected} }

// subsOfConduct is the second half of Subs: what happens on the ground and is said
// about it.
func subsOfConduct(k Kind) []string {
	switch k {
	case Violation:
		return []string{"alleged", "mutual", subDenial, "admitted", "verified"}
	case Collapse:
		return []string{"declared-over", "withdrawn", "fighting-resumed"}
	case Expiry:
		return []string{"lapsed", "due"}
	case Escalation:
		return []string{"strike", "drone", "shelling", "clash", "offensive", "mobilisation", "threat", "repulsed"}
	case Deescalation:
		return []string{"withdrawal", "disengagement", "lull", "buffer"}
	case ControlChange:
		return []string{"captured", "retaken", "lost"}
	case Casualties:
		return []string{"killed", "injured", "displaced"}
	case Humanitarian:
		return []string{"opened", "closed", "blocked", "delivered", "evacuation", "pause"}
	case Exchange:
		return []string{"agreed", "listed", "executed", "all", "failed", "remains"}
	case Monitoring:
		return []string{"created", "deployed", "report", "mandate", "no-access", "withdrawn"}
	case Statement:
		return []string{
			"call", "welcome", "concern", "condemnation", "accusation", "warning", "ultimatum",
			"position", "no-reply", subDenial,
		}
	default:
		return nil
	}
}

// PhraseBook is what the bot says in one language: templates and words, as data that
// a speaker can mend without Go. A template is text with {placeholders}; a part in
// [brackets] is left out where one of its placeholders has no value. Where several
// templates stand in a list, the first one whose placeholders all have values is used.
//
// Templates must be neutral and true for everything their key covers (see [Subs]):
// whoever mends one keeps to the editorial rules of the project's domain notes §4.2.
// A PhraseBook is read-only after it is loaded.
type PhraseBook struct {
	Lang     string `yaml:"lang"`     // BCP 47 primary tag
	Name     string `yaml:"name"`     // of the language, in English
	Reviewed string `yaml:"reviewed"` // "by, date", or "no"
	RTL      bool   `yaml:"rtl"`
	// Quotes are the marks around a quotation, opening and closing; QuotesInner are
	// used around words that contain one of Quotes.
	Quotes      []string `yaml:"quotes"`
	QuotesInner []string `yaml:"quotes_inner"`
	// Weekdays start with Sunday, Months with January; both as short as a reader expects.
	Weekdays []string `yaml:"weekdays"`
	Months   []string `yaml:"months"`
	// Labels name the kinds as a headline does; the key "report" is for a development
	// whose kind the desk is not sure of.
	Labels     map[Kind]string         `yaml:"labels"`
	Severities []string                `yaml:"severities"` // critical, major, notable, background
	Statuses   map[Status]string       `yaml:"statuses"`
	Positions  map[Position]string     `yaml:"positions"` // "{party} backs it"
	Speakers   map[SpeakerClass]string `yaml:"speakers"`  // for one who may not be named
	// Sentences are the own sentences by kind and sub; the sub "-" is the kind alone.
	Sentences map[Kind]map[string][]string `yaml:"sentences"`
	// Amounts are figures by qualifier, "at least {n}"; the key "range" has {min} and
	// {max}, and "one_bound" is not needed: the qualifier says it.
	Amounts map[string]string `yaml:"amounts"`
	// Counts are figures by what is counted: "{amount} {who} killed".
	Counts map[string]string `yaml:"counts"`
	// Thousands separates groups of three digits from 10,000 on.
	Thousands string `yaml:"thousands"`
	// Groups are the people that figures speak of: the word to print, then the forms of
	// any language that mean the same. A group that is not listed is not printed.
	Groups map[string][]string `yaml:"groups"`
	// Units are those of durations and goods, as Groups.
	Units map[string][]string `yaml:"units"`
	// Singulars are the forms for one of the words that Groups and Units print.
	Singulars map[string]string `yaml:"singulars"`
	// Texts are all other templates by name.
	Texts map[string]string `yaml:"texts"`
	// TheNames take the definite article in a sentence ("the United Nations").
	TheNames []string `yaml:"the_names"`
	// LineNames end names of places that one is at rather than in ("corridor").
	LineNames []string `yaml:"line_names"`
	// Countries are further names of countries in items, by ISO 3166 code; the usual
	// name of each is known without.
	Countries map[string][]string `yaml:"countries"`
	// Languages name languages, for the mark beside a quotation in another one.
	Languages map[string]string `yaml:"languages"`
	Guard     GuardWords        `yaml:"guard"`
}

// GuardWords are the words of one language that keep people safe (design promise 9).
// A form with a trailing star is a stem; matching ignores case.
type GuardWords struct {
	Offices      []string `yaml:"offices"`      // make a named speaker one named with an office
	Institutions []string `yaml:"institutions"` // make a name that of a body, not of a person
	Unnamed      []string `yaml:"unnamed"`      // a speaker that the item leaves unnamed
	Finer        []string `yaml:"finer"`        // places finer than a town
	Graphic      []string `yaml:"graphic"`      // detail that is left out
	Victims      []string `yaml:"victims"`      // announce that a private person is named
	Harm         []string `yaml:"harm"`         // tell of harm or captivity: then no unknown person is named
	Loaded       []string `yaml:"loaded"`       // words that take sides
	Roles        []string `yaml:"roles"`        // what a private person is called; a name behind one is a private person's
	Given        []string `yaml:"given"`        // first names, where a script has no capitals to tell names by
	Things       []string `yaml:"things"`       // capitalised words that are no part of a person's name
	Harmless     []string `yaml:"harmless"`     // phrases that only look like finer, graphic, victims or positions
	Positions    []string `yaml:"positions"`    // tell where people or forces are at present
	Announced    []string `yaml:"announced"`    // say that somebody who answers for it made it public
}

// kindAlone is the key of a kind's templates where nothing finer is known.
const kindAlone = "-"

// labelReport is the label of a development whose kind the desk is not sure of.
const labelReport Kind = "report"

// Problems lists what is missing or wrong in the book, each naming the key; nil if
// the book can be used.
func (b PhraseBook) Problems() error {
	var all []error
	miss := func(format string, args ...any) { all = append(all, fmt.Errorf(format, args...)) }
	if b.Lang == "" {
		miss("phrases: lang is missing")
	}
	for name, list := range map[string]struct {
		got  []string
		want int
	}{
		"quotes": {b.Quotes, 2}, "quotes_inner": {b.QuotesInner, 2}, "weekdays": {b.Weekdays, 7},
		"months": {b.Months, 12}, "severities": {b.Severities, 4},
	} {
		if len(list.got) != list.want {
			miss("phrases %s: %s has %d entries, not %d", b.Lang, name, len(list.got), list.want)
		}
	}
	all = append(all, b.kindProblems()...)
	for _, s := range statuses() {
		if b.Statuses[s] == "" {
			miss("phrases %s: statuses.%s is missing", b.Lang, s)
		}
	}
	for _, name := range textNames() {
		if b.Texts[name] == "" {
			miss("phrases %s: texts.%s is missing", b.Lang, name)
		}
	}
	slices.SortFunc(all, func(x, y error) int { return strings.Compare(x.Error(), y.Error()) })
	return errors.Join(all...)
}

// kindProblems checks labels and sentences against the vocabulary.
func (b PhraseBook) kindProblems() []error {
	var all []error
	if b.Labels[labelReport] == "" {
		all = append(all, fmt.Errorf("phrases %s: labels.%s is missing", b.Lang, labelReport))
	}
	for _, k := range Kinds() {
		if b.Labels[k] == "" {
			all = append(all, fmt.Errorf("phrases %s: labels.%s is missing", b.Lang, k))
		}
		known := append(Subs(k), kindAlone)
		for _, sub := range known {
			if len(b.Sentences[k][sub]) == 0 {
				all = append(all, fmt.Errorf("phrases %s: sentences.%s.%s is missing", b.Lang, k, sub))
			}
		}
		for sub := range b.Sentences[k] {
			if !slices.Contains(known, sub) {
				all = append(all, fmt.Errorf("phrases %s: sentences.%s.%s is not in the vocabulary", b.Lang, k, sub))
			}
		}
	}
	return all
}

// statuses lists every status, so that a book that lacks a word for one is refused.
func statuses() []Status {
	return []Status{
		StatusNone, StatusProposed, StatusNegotiating, StatusAgreed, StatusInForce, StatusExtended,
		StatusExpired, StatusCollapsed, StatusSuperseded, StatusSettled,
	}
}
