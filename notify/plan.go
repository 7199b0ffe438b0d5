package notify

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// Rules are the delays and limits that planning follows. The zero value holds nothing
// back: everything is due at once, for ever, background news too, as a replay needs it.
type Rules struct {
	// Settle is how long a first post of severity 2 to 4 waits for more facts. Critical
	// ones never wait.
	Settle time.Duration
	// DigestOnly keeps developments of severity 4, or of none, out of alerts.
	DigestOnly bool
	// NotAfter is how late a first post may still go out; zero: for ever.
	NotAfter time.Duration
	// Fresh is how old an update may be to open a post; zero: any age.
	Fresh time.Duration
	// Life is how long a post takes in facts that only add; zero: for ever.
	Life time.Duration
	// Coalesce is how long an edit waits for the next fact.
	Coalesce time.Duration
	// Busy is how long after its planning a post is edited as often as Coalesce lets;
	// after that edits are Pace apart.
	Busy, Pace time.Duration
}

// DefaultRules are those of the service. Source: design.md §9.
func DefaultRules() Rules {
	return Rules{
		Settle:     3 * time.Minute,
		DigestOnly: true,
		NotAfter:   6 * time.Hour,
		Fresh:      48 * time.Hour,
		Life:       24 * time.Hour,
		Coalesce:   time.Minute,
		Busy:       time.Hour,
		Pace:       30 * time.Minute,
	}
}

// Plan decides what an update of a development owes to whom, by the default rules. See
// [Rules.Plan].
func Plan(now time.Time, d news.Development, u news.Update, subs []Subscription,
	told map[guild.ChannelID]Message, view func(guild.ID) news.View,
) []Message {
	return DefaultRules().Plan(now, d, u, subs, told, view)
}

// Plan decides what an update of a development owes to whom. told holds the post of this
// development in each channel that has one, in whatever state. view gives what a server
// sees; nil: every server sees everything.
//
// Each message returned is new (its key was never owed) or is the post of told with a
// higher Want. A channel is owed one first post, however many of its subscriptions match.
// The result is ordered by channel, an edit before its reply; it is the caller's.
func (r Rules) Plan(now time.Time, d news.Development, u news.Update, subs []Subscription,
	told map[guild.ChannelID]Message, view func(guild.ID) news.View,
) []Message {
	if !d.Main {
		return nil
	}
	var owed []Message
	lanes := alertsByChannel(subs)
	for _, c := range slices.Sorted(maps.Keys(lanes)) {
		seen := viewOf(view, lanes[c][0].Guild)
		if u.Source != "" && !seen.Sees(u.Source) || !d.Owes(seen, u) {
			continue
		}
		if post, ok := told[c]; ok {
			owed = append(owed, r.follow(now, d, u, lanes[c], post)...)
			continue
		}
		if m, ok := r.open(now, d, u, lanes[c], seen); ok {
			owed = append(owed, m)
		}
	}
	return owed
}

// open plans the first post of a channel.
func (r Rules) open(now time.Time, d news.Development, u news.Update, subs []Subscription, seen news.View) (Message, bool) {
	severity := severityOf(d, u)
	sub, ok := widest(subs, func(s Subscription) bool { return matches(s, d, severity) })
	switch {
	case !ok,
		r.DigestOnly && severity >= news.Background,
		u.Reason == news.ReasonRetracted, // nothing was said here that could be taken back
		r.Fresh > 0 && now.Sub(u.At) > r.Fresh,
		r.outlived(now, d.OpenedAt) && severity != news.Critical,
		!opens(d, u, seen):
		return Message{}, false
	}
	m := Message{
		Key: PostKey(sub.Channel, d.ID), Guild: sub.Guild, Channel: sub.Channel, Form: FormPost,
		Reason: news.ReasonFirst, Development: d.ID, Subscription: sub.ID, Severity: severity,
		Want: u.Revision, Ref: d.Ref, Silent: severity != news.Critical,
		DueAt: now, OwedAt: now, State: StateOwed,
	}
	if severity != news.Critical {
		m.DueAt = now.Add(r.Settle)
	}
	if r.NotAfter > 0 {
		m.NotAfter = now.Add(r.NotAfter)
	}
	return m, true
}

// follow plans what an update brings to a channel that has a post. What a channel once
// read is kept right even if its filters would not let it through today.
func (r Rules) follow(now time.Time, d news.Development, u news.Update, subs []Subscription, post Message) []Message {
	replies := u.Reason.Replies() && u.Reason != news.ReasonDeadline // PlanDeadlines owes those
	if u.Revision < post.Want || post.State == StateDropped {
		return nil
	}
	if !replies && repeats(d, u) {
		return nil
	}
	// Facts that add and confirmations have a time; what was wrong is put right at any age.
	mends := replies && u.Reason != news.ReasonConfirmed
	if !mends && r.outlived(now, post.OwedAt) {
		return nil
	}
	var owed []Message
	if u.Revision > max(post.Want, post.Have) {
		owed = append(owed, r.raise(now, d, u, post))
	}
	if replies {
		owed = append(owed, reply(now, d, u, subs, post))
	}
	return owed
}

// raise is the post with the update's revision wanted.
func (r Rules) raise(now time.Time, d news.Development, u news.Update, post Message) Message {
	m := post
	m.Want = u.Revision
	m.Severity = severityOf(d, u)
	pending := post.Have < post.Want
	unsent := post.Have == 0 && post.MessageID == ""
	switch {
	case unsent && m.Severity == news.Critical, u.Reason.Replies() && !unsent:
		m.DueAt = earlier(now, post.DueAt, pending)
	case !pending:
		m.DueAt = r.editAt(now, post)
	}
	if unsent {
		m.Silent = m.Severity != news.Critical
	} else {
		m.Reason = u.Reason
	}
	if m.State == StateSent {
		m.State = StateOwed
	}
	return m
}

// editAt is when a post that shows what it should is edited again.
func (r Rules) editAt(now time.Time, post Message) time.Time {
	at := now.Add(r.Coalesce)
	if r.Busy == 0 || now.Sub(post.OwedAt) <= r.Busy {
		return at
	}
	// DueAt of a sent post is when its last edit was due.
	if paced := post.DueAt.Add(r.Pace); paced.After(at) {
		return paced
	}
	return at
}

// reply plans the message that tells what an edit cannot, because edits reach nobody.
func reply(now time.Time, d news.Development, u news.Update, subs []Subscription, post Message) Message {
	due := now
	if post.MessageID == "" && post.DueAt.After(now) {
		due = post.DueAt // it waits for its post
	}
	sub := post.Subscription
	if !slices.ContainsFunc(subs, func(s Subscription) bool { return s.ID == sub }) {
		s, _ := widest(subs, func(Subscription) bool { return true })
		sub = s.ID
	}
	return Message{
		Key: ReplyKey(post.Channel, d.ID, u.Revision), Guild: post.Guild, Channel: post.Channel, Form: FormReply,
		Reason: u.Reason, Development: d.ID, Subscription: sub, Severity: severityOf(d, u), Update: &u,
		Want: 1, Ref: replyRef(d, u.Revision),
		Silent: post.Silent, // it pings at most what its post pinged
		DueAt:  due, OwedAt: now, State: StateOwed,
	}
}

// outlived reports whether what began at a time is past its life.
func (r Rules) outlived(now, from time.Time) bool {
	return r.Life > 0 && !from.IsZero() && now.Sub(from) > r.Life
}

// opens reports whether the update is news to a channel without a post: its item tells the
// development in the first place, and it is not a repetition, or it is the first item of
// the development that the server sees.
func opens(d news.Development, u news.Update, seen news.View) bool {
	for i, m := range d.Mentions {
		if m.Item != u.Item {
			continue
		}
		return m.Main && (m.Novelty != news.Repeats || !toldBefore(d.Mentions[:i], seen))
	}
	return true
}

// toldBefore reports whether one of the mentions told the development to this view.
func toldBefore(before []news.Mention, seen news.View) bool {
	return slices.ContainsFunc(before, func(m news.Mention) bool { return m.Main && seen.Sees(m.Source) })
}

// repeats reports whether the update's item brought nothing new.
func repeats(d news.Development, u news.Update) bool {
	return slices.ContainsFunc(d.Mentions, func(m news.Mention) bool {
		return m.Item == u.Item && m.Novelty == news.Repeats
	})
}

// alertsByChannel groups the subscriptions that may be sent alerts.
func alertsByChannel(subs []Subscription) map[guild.ChannelID][]Subscription {
	lanes := make(map[guild.ChannelID][]Subscription)
	for _, s := range subs {
		if !s.Digest() && s.Paused == "" {
			lanes[s.Channel] = append(lanes[s.Channel], s)
		}
	}
	return lanes
}

// matches reports whether a subscription asks for this development.
func matches(s Subscription, d news.Development, severity news.Severity) bool {
	if len(s.Conflicts) > 0 && !slices.Contains(s.Conflicts, d.Conflict) {
		return false
	}
	asked := func(k news.Kind) bool { return slices.Contains(s.Kinds, k) }
	if len(s.Kinds) > 0 && !slices.ContainsFunc(d.Kinds, asked) {
		return false
	}
	return severity <= reach(s)
}

// widest returns the most permissive of the subscriptions that ok accepts: the least
// severe limit, then the fewest filters, then the oldest.
func widest(subs []Subscription, ok func(Subscription) bool) (Subscription, bool) {
	var best Subscription
	found := false
	for _, s := range subs {
		if ok(s) && (!found || wider(s, best) < 0) {
			best, found = s, true
		}
	}
	return best, found
}

func wider(a, b Subscription) int {
	return cmp.Or(
		-cmp.Compare(reach(a), reach(b)),
		cmp.Compare(breadth(len(a.Conflicts)), breadth(len(b.Conflicts))),
		cmp.Compare(breadth(len(a.Kinds)), breadth(len(b.Kinds))),
		cmp.Compare(a.ID, b.ID),
	)
}

// breadth ranks a filter by its length: none lets everything through, then the more the wider.
func breadth(n int) int {
	if n == 0 {
		return -1 << 30
	}
	return -n
}

// DefaultSeverity is the least severe an alert may be unless a moderator chose. Source:
// design.md §9.
const DefaultSeverity = news.Major

// reach is the least severe that a subscription lets through.
func reach(s Subscription) news.Severity {
	if s.Severity == 0 {
		return DefaultSeverity
	}
	return s.Severity
}

// severityOf ranks the update; what was never ranked is background.
func severityOf(d news.Development, u news.Update) news.Severity {
	return cmp.Or(u.Severity, d.Severity, news.Background)
}

func viewOf(view func(guild.ID) news.View, g guild.ID) news.View {
	if view == nil {
		return nil
	}
	return view(g)
}

// earlier is now, or what was due before it if that is still pending.
func earlier(now, due time.Time, pending bool) time.Time {
	if pending && due.Before(now) {
		return due
	}
	return now
}
