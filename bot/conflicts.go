package bot

import (
	"context"
	"slices"
	"strings"

	"trucewire/news"
)

// conflicts finds catalogue entries by what a member types.
type conflicts struct{ all []news.Conflict }

// pick resolves an option: an id as autocompletion sends it, or a name typed by hand.
// Empty picks none.
func (c conflicts) pick(typed string) (news.ConflictID, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	for _, x := range c.all {
		if strings.EqualFold(typed, string(x.ID)) || matches(x, typed) == matchExact {
			return x.ID, nil
		}
	}
	return "", &UserError{Text: "I do not know that conflict. Type a few letters and pick one from the list."}
}

// name is how a conflict is called in a sentence.
func (c conflicts) name(id news.ConflictID) string {
	for _, x := range c.all {
		if x.ID == id {
			return label(x)
		}
	}
	return string(id)
}

// names words the conflicts of a subscription.
func (c conflicts) names(ids []news.ConflictID) string {
	if len(ids) == 0 {
		return "all conflicts"
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = c.name(id)
	}
	return strings.Join(words, ", ")
}

func label(x news.Conflict) string { return orElse(x.Short, x.Name) }

// complete suggests conflicts, those that begin with what was typed first.
func (c conflicts) complete(_ context.Context, _ Request, typed string) ([]choice, error) {
	type hit struct {
		choice choice
		rank   int
	}
	var hits []hit
	for _, x := range c.all {
		if rank := matches(x, strings.TrimSpace(typed)); rank > matchNone {
			hits = append(hits, hit{choice{Name: label(x), Value: string(x.ID)}, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.rank - a.rank })
	found := make([]choice, 0, len(hits))
	for _, h := range hits {
		found = append(found, h.choice)
	}
	return found, nil
}

// How well a conflict fits what was typed.
const (
	matchNone = iota
	matchInside
	matchPrefix
	matchExact
)

func matches(x news.Conflict, typed string) int {
	best := matchNone
	consider := func(name string) { best = max(best, match(name, typed)) }
	consider(string(x.ID))
	consider(x.Name)
	consider(x.Short)
	for _, names := range x.Aliases {
		for _, name := range names {
			consider(name)
		}
	}
	return best
}

func match(name, typed string) int {
	name, typed = strings.ToLower(name), strings.ToLower(typed)
	switch {
	case name == "":
		return matchNone
	case name == typed:
		return matchExact
	case strings.HasPrefix(name, typed):
		return matchPrefix
	case strings.Contains(name, typed):
		return matchInside
	default:
		return matchNone
	}
}
