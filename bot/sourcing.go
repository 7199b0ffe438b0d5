package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"trucewire/sources"
)

// sourcing is where moderators keep feeds of their own.
type sourcing struct{ book SourceBook }

func (s sourcing) add(ctx context.Context, r Request) (Reply, error) {
	t, err := s.book.Add(ctx, r.Actor, strings.TrimSpace(r.Options["url"]))
	if err != nil {
		return Reply{}, err
	}
	text := fmt.Sprintf("Added **%s** (%s%s), newest item %s. What is in it now is not posted; what comes next is read.",
		escape(t.Source.Name), escape(orElse(t.Feed.Format, "feed")), languageWords(t.Source.Lang), ago(t.NewestAt))
	if t.Feed.Repaired != "" {
		text += "\nThe feed is not quite in order: " + escape(t.Feed.Repaired) + "."
	}
	return Reply{Text: text}, nil
}

func languageWords(lang string) string {
	if lang == "" {
		return ""
	}
	return ", language " + escape(lang)
}

func (s sourcing) remove(ctx context.Context, r Request) (Reply, error) {
	src, err := s.book.Remove(ctx, r.Actor, r.Options["source"])
	if err != nil {
		return Reply{}, err
	}
	return Reply{Text: "Removed **" + escape(src.Name) + "**. What was posted stays."}, nil
}

func (s sourcing) list(ctx context.Context, r Request) (Reply, error) {
	own, err := s.own(ctx, r)
	if err != nil {
		return Reply{}, err
	}
	if len(own) == 0 {
		return Reply{Text: "This server has no sources of its own. `/source add` adds one; `/sources` shows what I read anyway."}, nil
	}
	lines := make([]string, 0, len(own))
	for _, c := range own {
		lines = append(lines, sourceLine(c))
	}
	return Reply{Text: strings.Join(lines, "\n")}, nil
}

// sourceLine is a source and how it does, in one line.
func sourceLine(c sources.Check) string {
	line := fmt.Sprintf("**%s** · newest item %s · read %s", escape(c.Source.Name), ago(c.State.NewestAt), ago(c.State.OKAt))
	if c.State.Problem != "" {
		line += " · ⚠ " + escape(c.State.Problem)
	}
	return line
}

// own are the sources that the server added.
func (s sourcing) own(ctx context.Context, r Request) ([]sources.Check, error) {
	all, err := s.book.List(ctx, r.Actor)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(c sources.Check) bool { return !c.Source.Own }), nil
}

func (s sourcing) complete(ctx context.Context, r Request, typed string) ([]choice, error) {
	own, err := s.own(ctx, r)
	if err != nil {
		return nil, err
	}
	var found []choice
	for _, c := range own {
		if match(c.Source.Name, strings.TrimSpace(typed)) > matchNone {
			found = append(found, choice{Name: c.Source.Name, Value: string(c.Source.ID)})
		}
	}
	return found, nil
}
