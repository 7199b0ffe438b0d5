package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// alerts is where moderators subscribe channels.
type alerts struct {
	book      Alerts
	conflicts conflicts
}

func (a alerts) add(ctx context.Context, r Request) (Reply, error) {
	s, warning, err := a.subscription(r)
	if err != nil {
		return Reply{}, err
	}
	if given := r.Options["severity"]; given != "" {
		n, err := strconv.Atoi(given)
		if err != nil {
			return Reply{}, &UserError{Text: "I do not know that severity. Pick one from the list."}
		}
		s.Severity = news.Severity(n)
	}
	s.Choices.Reminders = r.Options["reminders"] == "true"
	s, err = a.book.AddAlert(ctx, r.Actor, s)
	if err != nil {
		return Reply{}, err
	}
	text := fmt.Sprintf("Done: <#%s> gets alerts about %s (%s). This is no. %d; `/alerts remove` stops it.",
		s.Channel, a.conflicts.names(s.Conflicts), severityWords(s.Severity), s.ID)
	return Reply{Text: text + warning}, nil
}

func (a alerts) addDigest(ctx context.Context, r Request) (Reply, error) {
	s, warning, err := a.subscription(r)
	if err != nil {
		return Reply{}, err
	}
	s.Schedule, s.Zone = strings.TrimSpace(r.Options["schedule"]), strings.TrimSpace(r.Options["zone"])
	s.Choices.SayEmpty = r.Options["say_empty"] == "true"
	s, err = a.book.AddDigest(ctx, r.Actor, s)
	if err != nil {
		return Reply{}, err
	}
	text := fmt.Sprintf("Done: <#%s> gets a digest about %s, %s. This is no. %d; `/digest now` sends it at once, `/digest remove` stops it.",
		s.Channel, a.conflicts.names(s.Conflicts), dueWords(s), s.ID)
	return Reply{Text: text + warning}, nil
}

// subscription reads what both sorts have in common and checks that the bot may post.
func (a alerts) subscription(r Request) (s notify.Subscription, warning string, err error) {
	c, err := a.conflicts.pick(r.Options["conflict"])
	if err != nil {
		return s, "", err
	}
	s = notify.Subscription{Guild: r.Actor.Guild, Channel: r.Channel}
	if c != "" {
		s.Conflicts = []news.ConflictID{c}
	}
	if given := r.Options["channel"]; given != "" {
		s.Channel = guild.ChannelID(given)
	}
	warning, err = mayPost(r, s.Channel)
	return s, warning, err
}

// mayPost refuses a channel that the bot could not post to, before anything is saved. A
// missing history permission is only a warning: without it a post whose fate is unknown
// cannot be looked for.
func mayPost(r Request, c guild.ChannelID) (warning string, err error) {
	mine, known := r.MayDo(c)
	if !known {
		return "", nil
	}
	var lacks []string
	if !mine.Has(guild.ViewChannel) {
		lacks = append(lacks, "**View Channel**")
	}
	if !mine.Has(guild.SendMessages) {
		lacks = append(lacks, "**Send Messages**")
	}
	if len(lacks) > 0 {
		return "", &UserError{Text: fmt.Sprintf("I cannot post in <#%s>: give me %s there, then try again.", c, strings.Join(lacks, " and "))}
	}
	if !mine.Has(guild.ReadMessageHistory) {
		return fmt.Sprintf("\nPlease also give me **Read Message History** in <#%s>: after an interruption I look there for what I posted.", c), nil
	}
	return "", nil
}

func (a alerts) remove(ctx context.Context, r Request) (Reply, error) {
	return a.removeAny(ctx, r, false)
}

func (a alerts) removeDigest(ctx context.Context, r Request) (Reply, error) {
	return a.removeAny(ctx, r, true)
}

func (a alerts) removeAny(ctx context.Context, r Request, digest bool) (Reply, error) {
	s, err := a.chosen(ctx, r, digest)
	if err != nil {
		return Reply{}, err
	}
	if err := a.book.Remove(ctx, r.Actor, s.ID); err != nil {
		return Reply{}, err
	}
	return Reply{Text: "Removed: " + a.line(s)}, nil
}

func (a alerts) digestNow(ctx context.Context, r Request) (Reply, error) {
	s, err := a.chosen(ctx, r, true)
	if err != nil {
		return Reply{}, err
	}
	if err := a.book.DigestNow(ctx, r.Actor, s.ID); err != nil {
		return Reply{}, err
	}
	return Reply{Text: fmt.Sprintf("The digest goes to <#%s> now. If there is nothing to tell, nothing is posted.", s.Channel)}, nil
}

// chosen is the subscription of this server that the option names, or the only one there is.
func (a alerts) chosen(ctx context.Context, r Request, digest bool) (notify.Subscription, error) {
	all, err := a.of(ctx, r.Actor.Guild, digest)
	if err != nil {
		return notify.Subscription{}, err
	}
	given := strings.TrimSpace(r.Options["number"])
	if given == "" && len(all) == 1 {
		return all[0], nil
	}
	for _, s := range all {
		if given == strconv.FormatInt(int64(s.ID), 10) {
			return s, nil
		}
	}
	root := "alerts"
	if digest {
		root = "digest"
	}
	return notify.Subscription{}, &UserError{Text: fmt.Sprintf("This server has no such number. `/%s list` shows them.", root)}
}

func (a alerts) of(ctx context.Context, g guild.ID, digest bool) ([]notify.Subscription, error) {
	all, err := a.book.List(ctx, g)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(all), func(s notify.Subscription) bool { return s.Digest() != digest }), nil
}

func (a alerts) list(ctx context.Context, r Request) (Reply, error) {
	all, err := a.of(ctx, r.Actor.Guild, false)
	if err != nil {
		return Reply{}, err
	}
	return a.lines(all, "No channel gets alerts yet. `/alerts add` starts them."), nil
}

func (a alerts) listDigests(ctx context.Context, r Request) (Reply, error) {
	all, err := a.of(ctx, r.Actor.Guild, true)
	if err != nil {
		return Reply{}, err
	}
	return a.lines(all, "No channel gets a digest yet. `/digest add` starts one."), nil
}

func (a alerts) lines(all []notify.Subscription, none string) Reply {
	if len(all) == 0 {
		return Reply{Text: none}
	}
	lines := make([]string, 0, len(all))
	for _, s := range all {
		lines = append(lines, a.line(s))
	}
	return Reply{Text: strings.Join(lines, "\n")}
}

// line is a subscription in one line.
func (a alerts) line(s notify.Subscription) string {
	what := severityWords(s.Severity)
	if s.Digest() {
		what = dueWords(s)
	}
	line := fmt.Sprintf("**%d** · <#%s> · %s · %s", s.ID, s.Channel, a.conflicts.names(s.Conflicts), what)
	if s.Choices.Reminders {
		line += " · with reminders"
	}
	if s.Choices.SayEmpty {
		line += " · also without news"
	}
	if s.Paused != "" {
		line += " · paused: " + escape(s.Paused)
	}
	return line
}

// numberOption chooses a subscription by its number.
func (a alerts) numberOption(digest bool) option {
	least := 1
	return option{
		Name: "number", Text: "Its number in the list", Type: optionInteger, Required: true, Min: &least,
		Complete: func(ctx context.Context, r Request, typed string) ([]choice, error) {
			all, err := a.of(ctx, r.Actor.Guild, digest)
			if err != nil {
				return nil, err
			}
			return a.numbers(all, typed), nil
		},
	}
}

func (a alerts) numbers(all []notify.Subscription, typed string) []choice {
	var found []choice
	for _, s := range all {
		what := severityWords(s.Severity)
		if s.Digest() {
			what = s.Schedule
		}
		name := fmt.Sprintf("%d: %s, %s", s.ID, a.conflicts.names(s.Conflicts), what)
		if match(name, typed) > matchNone {
			found = append(found, choice{Name: name, Value: int64(s.ID)})
		}
	}
	return found
}

func severityWords(s news.Severity) string {
	switch s {
	case news.Critical:
		return "critical only"
	case news.Notable:
		return "notable and up"
	case news.Background:
		return "everything"
	default:
		return "major and up"
	}
}

// dueWords tells when a digest comes, next time in the reader's own zone.
func dueWords(s notify.Subscription) string {
	words := fmt.Sprintf("at `%s` %s", escapeCode(s.Schedule), escape(orElse(s.Zone, "UTC")))
	if !s.NextAt.IsZero() {
		words += fmt.Sprintf(", next <t:%d:f>", s.NextAt.Unix())
	}
	return words
}

// ago words an instant for a reader, "never" if it is zero.
func ago(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return fmt.Sprintf("<t:%d:R>", t.Unix())
}
