package notify_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// step is a development of severity 2 that one item of source "wire" opened at noon.
func step() news.Development {
	return news.Development{
		ID: "dev", Ref: "7K3Q", Revision: 1, Conflict: "libya", Kinds: []news.Kind{news.TalksHeld, news.Casualties},
		Severity: news.Major, Main: true, OpenedAt: noon, ChangedAt: noon,
		Mentions: []news.Mention{mention("i1", "wire", news.First)},
	}
}

func mention(item news.ItemID, source news.SourceID, n news.Novelty) news.Mention {
	return news.Mention{Cite: news.Cite{Item: item, Source: source, At: noon}, Main: true, Novelty: n}
}

func update(reason news.Reason, revision int) news.Update {
	return news.Update{
		Development: "dev", Revision: revision, Reason: reason, Severity: news.Major, At: noon,
		Item: "i1", Source: "wire",
	}
}

func alerts(id notify.SubscriptionID, c guild.ChannelID) notify.Subscription {
	return notify.Subscription{ID: id, Guild: "1", Channel: c, CreatedAt: noon.Add(-time.Hour)}
}

// sent is the post of a channel as it stands some time after it went out.
func sent(m notify.Message) map[guild.ChannelID]notify.Message {
	m.State, m.Have, m.First, m.MessageID = notify.StateSent, m.Want, m.Want, "900"
	return map[guild.ChannelID]notify.Message{m.Channel: m}
}

// first plans the first post of channel 7.
func first(t *testing.T) notify.Message {
	t.Helper()
	got := notify.Plan(noon, step(), update(news.ReasonFirst, 1), []notify.Subscription{alerts(1, "7")}, nil, nil)
	if len(got) != 1 {
		t.Fatalf("planned %d messages, want 1", len(got))
	}
	return got[0]
}

func TestPlanOpensOnePost(t *testing.T) {
	want := notify.Message{
		Key: "post/7/dev", Guild: "1", Channel: "7", Form: notify.FormPost, Reason: news.ReasonFirst,
		Development: "dev", Subscription: 1, Severity: news.Major, Want: 1, Ref: "7K3Q", Silent: true,
		DueAt: noon.Add(3 * time.Minute), NotAfter: noon.Add(6 * time.Hour), OwedAt: noon, State: notify.StateOwed,
	}
	if diff := cmp.Diff(want, first(t)); diff != "" {
		t.Errorf("first post (-want +got):\n%s", diff)
	}
}

func TestPlanChoosesWhoIsOwed(t *testing.T) {
	with := func(change func(*notify.Subscription)) notify.Subscription {
		s := alerts(1, "7")
		change(&s)
		return s
	}
	tests := []struct {
		name string
		sub  notify.Subscription
		dev  func(*news.Development, *news.Update)
		want bool
	}{
		{name: "everything", sub: alerts(1, "7"), want: true},
		{name: "conflict asked for", sub: with(func(s *notify.Subscription) { s.Conflicts = []news.ConflictID{"sudan", "libya"} }), want: true},
		{name: "another conflict", sub: with(func(s *notify.Subscription) { s.Conflicts = []news.ConflictID{"sudan"} })},
		{name: "kind asked for, not the main one", sub: with(func(s *notify.Subscription) { s.Kinds = []news.Kind{news.Casualties} }), want: true},
		{name: "another kind", sub: with(func(s *notify.Subscription) { s.Kinds = []news.Kind{news.Agreement} })},
		{name: "too little severe", sub: with(func(s *notify.Subscription) { s.Severity = news.Critical })},
		{
			name: "notable by default", sub: alerts(1, "7"),
			dev: func(_ *news.Development, u *news.Update) { u.Severity = news.Notable },
		},
		{
			name: "notable where asked for", sub: with(func(s *notify.Subscription) { s.Severity = news.Notable }), want: true,
			dev: func(_ *news.Development, u *news.Update) { u.Severity = news.Notable },
		},
		{
			name: "background is for digests", sub: with(func(s *notify.Subscription) { s.Severity = news.Background }),
			dev: func(_ *news.Development, u *news.Update) { u.Severity = news.Background },
		},
		{
			name: "severity of the development where the update has none", sub: alerts(1, "7"),
			dev: func(d *news.Development, u *news.Update) { d.Severity, u.Severity = news.Notable, 0 },
		},
		{name: "paused", sub: with(func(s *notify.Subscription) { s.Paused = "no access" })},
		{name: "a digest", sub: with(func(s *notify.Subscription) { s.Schedule = "0 8 * * *" })},
		{
			name: "a minor development", sub: alerts(1, "7"),
			dev: func(d *news.Development, _ *news.Update) { d.Main = false },
		},
		{
			name: "an item that mentions it in passing", sub: alerts(1, "7"),
			dev: func(d *news.Development, _ *news.Update) { d.Mentions[0].Main = false },
		},
		{
			name: "an old item", sub: alerts(1, "7"),
			dev: func(_ *news.Development, u *news.Update) { u.At = noon.Add(-49 * time.Hour) },
		},
		{
			name: "a fact added to an old development", sub: alerts(1, "7"),
			dev: func(d *news.Development, u *news.Update) {
				u.Reason, d.OpenedAt = news.ReasonAdds, noon.Add(-25*time.Hour)
			},
		},
		{
			name: "an old development that becomes critical", sub: alerts(1, "7"), want: true,
			dev: func(d *news.Development, u *news.Update) {
				u.Reason, d.OpenedAt, u.Severity = news.ReasonAdds, noon.Add(-25*time.Hour), news.Critical
			},
		},
		{
			name: "a fact that adds where nothing was posted", sub: alerts(1, "7"), want: true,
			dev: func(_ *news.Development, u *news.Update) { u.Reason, u.Revision = news.ReasonAdds, 2 },
		},
		{
			name: "a repetition where nothing was posted", sub: alerts(1, "7"),
			dev: func(d *news.Development, u *news.Update) {
				d.Mentions = append(d.Mentions, mention("i2", "wire", news.Repeats))
				u.Item = "i2"
			},
		},
		{
			name: "a retraction where nothing was posted", sub: alerts(1, "7"),
			dev: func(_ *news.Development, u *news.Update) { u.Reason, u.Revision = news.ReasonRetracted, 2 },
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, u := step(), update(news.ReasonFirst, 1)
			if tt.dev != nil {
				tt.dev(&d, &u)
			}
			got := notify.Plan(noon, d, u, []notify.Subscription{tt.sub}, nil, nil)
			if (len(got) == 1) != tt.want {
				t.Fatalf("planned %+v, want a post: %v", got, tt.want)
			}
			if tt.want && (got[0].Reason != news.ReasonFirst || got[0].Form != notify.FormPost) {
				t.Errorf("got %s %s, want a first post", got[0].Form, got[0].Reason)
			}
		})
	}
}

func TestPlanSettlesBySeverity(t *testing.T) {
	tests := []struct {
		severity news.Severity
		settle   time.Duration
		silent   bool
	}{
		{news.Critical, 0, false},
		{news.Major, 3 * time.Minute, true},
		{news.Notable, 3 * time.Minute, true},
	}
	for _, tt := range tests {
		s, u := alerts(1, "7"), update(news.ReasonFirst, 1)
		s.Severity, u.Severity = news.Notable, tt.severity
		got := notify.Plan(noon, step(), u, []notify.Subscription{s}, nil, nil)
		if len(got) != 1 || got[0].DueAt.Sub(noon) != tt.settle || got[0].Silent != tt.silent {
			t.Errorf("severity %d: planned %+v, want due after %v, silent %v", tt.severity, got, tt.settle, tt.silent)
		}
	}
}

func TestPlanOwesAChannelOncePreferringTheWidest(t *testing.T) {
	narrow, wide, same, shallow := alerts(1, "7"), alerts(2, "7"), alerts(3, "7"), alerts(0, "7")
	narrow.Severity, narrow.Conflicts = news.Notable, []news.ConflictID{"libya"}
	wide.Severity, same.Severity = news.Notable, news.Notable
	other := alerts(4, "70")
	subs := []notify.Subscription{same, narrow, shallow, other, wide}
	got := notify.Plan(noon, step(), update(news.ReasonFirst, 1), subs, nil, nil)
	if len(got) != 2 || got[0].Channel != "7" || got[0].Subscription != 2 || got[1].Channel != "70" {
		t.Errorf("planned %+v, want one post a channel, channel 7 by subscription 2", got)
	}
}

func TestPlanShowsAServerOnlyWhatItsSourcesSay(t *testing.T) {
	mine, theirs := alerts(1, "7"), alerts(2, "8")
	theirs.Guild = "2"
	subs := []notify.Subscription{mine, theirs}
	view := func(g guild.ID) news.View {
		return func(s news.SourceID) bool { return s == "wire" && g == "1" || s == "radio" && g == "2" }
	}
	d, u := step(), update(news.ReasonFirst, 1)
	got := notify.Plan(noon, d, u, subs, nil, view)
	if len(got) != 1 || got[0].Guild != "1" {
		t.Fatalf("planned %+v, want server 1 only", got)
	}
	// The radio repeats: news to the server that reads nothing else.
	d.Revision = 2
	d.Mentions = append(d.Mentions, mention("i2", "radio", news.Repeats))
	u.Item, u.Source, u.Revision, u.Reason = "i2", "radio", 2, news.ReasonAdds
	got = notify.Plan(noon, d, u, subs, sent(got[0]), view)
	if len(got) != 1 || got[0].Guild != "2" || got[0].Reason != news.ReasonFirst || got[0].Want != 2 {
		t.Fatalf("planned %+v, want a first post for server 2", got)
	}
	// What no source says (a moderator's retraction) reaches everyone who was told.
	u.Source, u.Item, u.Reason, u.Revision = "", "", news.ReasonRetracted, 3
	if got = notify.Plan(noon, d, u, subs, sent(got[0]), view); len(got) != 2 {
		t.Errorf("planned %+v, want an edit and a reply for server 2", got)
	}
}

func TestPlanEditsSilentlyWhatAdds(t *testing.T) {
	post := sent(first(t))
	later := noon.Add(10 * time.Minute)
	got := notify.Plan(later, step(), update(news.ReasonAdds, 2), []notify.Subscription{alerts(1, "7")}, post, nil)
	want := post["7"]
	want.Want, want.Reason, want.State, want.DueAt = 2, news.ReasonAdds, notify.StateOwed, later.Add(time.Minute)
	if diff := cmp.Diff([]notify.Message{want}, got); diff != "" {
		t.Errorf("want one edit a minute later (-want +got):\n%s", diff)
	}
}

func TestPlanPacesEdits(t *testing.T) {
	post := sent(first(t))["7"]
	tests := []struct {
		name      string
		now, last time.Duration // after noon
		have      int
		want      time.Duration
	}{
		{"in the first hour a minute later", 30 * time.Minute, 29 * time.Minute, 1, 31 * time.Minute},
		{"after it half an hour after the last edit", 2 * time.Hour, 110 * time.Minute, 1, 140 * time.Minute},
		{"after it at once if nothing was edited lately", 2 * time.Hour, time.Minute, 1, 121 * time.Minute},
		{"a pending edit takes it in", 2 * time.Hour, 125 * time.Minute, 0, 125 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := post
			m.DueAt, m.Have = noon.Add(tt.last), tt.have
			told := map[guild.ChannelID]notify.Message{"7": m}
			got := notify.Plan(noon.Add(tt.now), step(), update(news.ReasonAdds, 2), []notify.Subscription{alerts(1, "7")}, told, nil)
			if len(got) != 1 || !got[0].DueAt.Equal(noon.Add(tt.want)) {
				t.Errorf("planned %+v, want it due at %v", got, noon.Add(tt.want))
			}
		})
	}
}

func TestPlanRepliesWhereAnEditReachesNobody(t *testing.T) {
	later := noon.Add(10 * time.Minute)
	for _, reason := range []news.Reason{news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected, news.ReasonRetracted} {
		t.Run(string(reason), func(t *testing.T) {
			post := sent(first(t))
			u := update(reason, 2)
			got := notify.Plan(later, step(), u, []notify.Subscription{alerts(1, "7")}, post, nil)
			if len(got) != 2 {
				t.Fatalf("planned %+v, want an edit and a reply", got)
			}
			if got[0].Key != post["7"].Key || got[0].Want != 2 || !got[0].DueAt.Equal(later) {
				t.Errorf("edit %+v, want it at once", got[0])
			}
			want := notify.Message{
				Key: "reply/7/dev/2", Guild: "1", Channel: "7", Form: notify.FormReply, Reason: reason,
				Development: "dev", Subscription: 1, Severity: news.Major, Update: &u, Want: 1, Ref: "7K3Q-2",
				Silent: true, DueAt: later, OwedAt: later, State: notify.StateOwed,
			}
			if diff := cmp.Diff(want, got[1]); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlanLetsAReplyPingAtMostAsItsPost(t *testing.T) {
	post := first(t)
	u := update(news.ReasonConfirmed, 2)
	u.Severity = news.Critical
	for _, silent := range []bool{true, false} {
		post.Silent = silent
		got := notify.Plan(noon, step(), u, []notify.Subscription{alerts(1, "7")}, sent(post), nil)
		if len(got) != 2 || got[1].Silent != silent {
			t.Errorf("post silent %v: planned %+v", silent, got)
		}
	}
}

func TestPlanLetsAReplyWaitForAPostThatSettles(t *testing.T) {
	post := first(t)
	told := map[guild.ChannelID]notify.Message{"7": post}
	got := notify.Plan(noon.Add(time.Minute), step(), update(news.ReasonDenied, 2), []notify.Subscription{alerts(1, "7")}, told, nil)
	if len(got) != 2 || !got[0].DueAt.Equal(post.DueAt) || !got[1].DueAt.Equal(post.DueAt) || got[0].Reason != news.ReasonFirst {
		t.Errorf("planned %+v, want both due when the post is", got)
	}
}

func TestPlanSendsAPostAtOnceWhenItBecomesCritical(t *testing.T) {
	u := update(news.ReasonAdds, 2)
	u.Severity = news.Critical
	now := noon.Add(time.Minute)
	told := map[guild.ChannelID]notify.Message{"7": first(t)}
	got := notify.Plan(now, step(), u, []notify.Subscription{alerts(1, "7")}, told, nil)
	if len(got) != 1 || !got[0].DueAt.Equal(now) || got[0].Silent {
		t.Errorf("planned %+v, want the post at once and not silent", got)
	}
}

func TestPlanLetsAPostLiveADay(t *testing.T) {
	tests := []struct {
		reason news.Reason
		age    time.Duration
		want   int
	}{
		{news.ReasonAdds, 24 * time.Hour, 1},
		{news.ReasonAdds, 25 * time.Hour, 0},
		{news.ReasonConfirmed, 25 * time.Hour, 0},
		{news.ReasonDenied, 25 * time.Hour, 2},
		{news.ReasonCorrected, 300 * time.Hour, 2},
		{news.ReasonRetracted, 300 * time.Hour, 2},
	}
	for _, tt := range tests {
		got := notify.Plan(noon.Add(tt.age), step(), update(tt.reason, 2), []notify.Subscription{alerts(1, "7")}, sent(first(t)), nil)
		if len(got) != tt.want {
			t.Errorf("%s after %v: planned %d messages, want %d", tt.reason, tt.age, len(got), tt.want)
		}
	}
}

func TestPlanKeepsRightWhatAFilterWouldNotLetInToday(t *testing.T) {
	s := alerts(1, "7")
	s.Conflicts = []news.ConflictID{"sudan"}
	if got := notify.Plan(noon, step(), update(news.ReasonCorrected, 2), []notify.Subscription{s}, sent(first(t)), nil); len(got) != 2 {
		t.Errorf("planned %+v, want an edit and a reply", got)
	}
}

func TestPlanLeavesDroppedPostsAndOldRevisions(t *testing.T) {
	subs := []notify.Subscription{alerts(1, "7")}
	dropped := first(t)
	dropped.State = notify.StateDropped
	told := map[guild.ChannelID]notify.Message{"7": dropped}
	if got := notify.Plan(noon, step(), update(news.ReasonCorrected, 2), subs, told, nil); len(got) != 0 {
		t.Errorf("planned %+v for a post that was dropped", got)
	}
	ahead := first(t)
	ahead.Want = 5
	if got := notify.Plan(noon, step(), update(news.ReasonCorrected, 4), subs, sent(ahead), nil); len(got) != 0 {
		t.Errorf("planned %+v for a revision that is behind", got)
	}
}

func TestPlanAllFoldsThePollIntoOnePost(t *testing.T) {
	d := step()
	d.Revision = 3
	adds, corrects := update(news.ReasonAdds, 2), update(news.ReasonCorrected, 3)
	changes := news.Changes{
		Developments: []news.Development{d},
		Updates:      []news.Update{update(news.ReasonFirst, 1), adds, corrects},
	}
	got := notify.PlanAll(noon, changes, []notify.Subscription{alerts(1, "7")}, nil, nil)
	if len(got) != 2 || got[0].Want != 3 || got[0].Reason != news.ReasonFirst || got[1].Key != "reply/7/dev/3" {
		t.Errorf("planned %+v, want one post of revision 3 and the correction", got)
	}
}

func TestPlanAllTellsARepetitionToAServerThatHearsItFirst(t *testing.T) {
	mine, theirs := alerts(1, "7"), alerts(2, "8")
	theirs.Guild = "2"
	view := func(g guild.ID) news.View {
		return func(s news.SourceID) bool { return g == "1" || s == "radio" }
	}
	d := step()
	d.Mentions = append(d.Mentions, mention("i2", "radio", news.Repeats), mention("i3", "radio", news.Repeats))
	changes := news.Changes{
		Developments: []news.Development{d},
		Filed: []news.Filing{
			{Item: "i2", Development: "dev", Novelty: news.Repeats},
			{Item: "i3", Development: "dev", Novelty: news.Repeats},
		},
	}
	told := []notify.Message{sent(first(t))["7"]}
	got := notify.PlanAll(noon, changes, []notify.Subscription{mine, theirs}, told, view)
	if len(got) != 1 || got[0].Channel != "8" || got[0].Reason != news.ReasonFirst {
		t.Errorf("planned %+v, want a first post in channel 8 only", got)
	}
}

func TestZeroRulesHoldNothingBack(t *testing.T) {
	s, u := alerts(1, "7"), update(news.ReasonFirst, 1)
	s.Severity, u.Severity, u.At = news.Background, news.Background, noon.Add(-999*time.Hour)
	d := step()
	d.OpenedAt = u.At
	got := notify.Rules{}.Plan(noon, d, u, []notify.Subscription{s}, nil, nil)
	if len(got) != 1 || !got[0].DueAt.Equal(noon) || !got[0].NotAfter.IsZero() {
		t.Fatalf("planned %+v, want a post now and for ever", got)
	}
	told := sent(got[0])
	got = notify.Rules{}.Plan(noon.Add(999*time.Hour), d, update(news.ReasonAdds, 2), []notify.Subscription{s}, told, nil)
	if len(got) != 1 || !got[0].DueAt.Equal(noon.Add(999*time.Hour)) {
		t.Errorf("planned %+v, want an edit now", got)
	}
}

func TestMergeKeepsProgressAndTakesWishes(t *testing.T) {
	kept := sent(first(t))["7"]
	planned := first(t) // from a copy that was not sent yet
	planned.Want, planned.DueAt = 2, noon.Add(time.Hour)
	got := notify.Merge(kept, planned)
	want := kept
	want.Want, want.DueAt, want.State, want.Reason = 2, planned.DueAt, notify.StateOwed, news.ReasonAdds
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merge (-want +got):\n%s", diff)
	}
	if again := notify.Merge(got, planned); !cmp.Equal(again, got) {
		t.Errorf("merging twice changed it: %+v", again)
	}
	if behind := notify.Merge(got, first(t)); !cmp.Equal(behind, got) {
		t.Errorf("a plan that is behind changed it: %+v", behind)
	}
	for _, s := range []notify.State{notify.StateDropped, notify.StatePaused, notify.StateUnknown} {
		kept.State = s
		if got := notify.Merge(kept, planned); got.State != s {
			t.Errorf("state %s became %s", s, got.State)
		}
	}
}
