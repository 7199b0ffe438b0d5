package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// plan is an arrangement agreed at noon, to begin in two days at noon and to end four days later,
// as item i1 of source "wire" tells.
func plan(status news.Status) news.Standing {
	begins := noon.AddDate(0, 0, 2)
	s := news.Standing{
		At: noon, Conflict: "libya", Arrangement: "plan", Status: status,
		Claims: []news.Claim{{Kind: news.Agreement, Main: true, Cite: news.Cite{Item: "i1", Source: "wire", At: noon}}},
	}
	return dated(dated(s, news.EdgeStart, begins), news.EdgeEnd, begins.AddDate(0, 0, 4))
}

// dated tells another date of an edge by the same claimant.
func dated(s news.Standing, edge news.Edge, at time.Time) news.Standing {
	var dates []news.DateTold
	for _, t := range s.Dates {
		if t.Edge != edge {
			dates = append(dates, t)
		}
	}
	s.Dates = append(dates, news.DateTold{Edge: edge, At: at, By: "the mission", Told: noon, Item: "i1", Source: "wire"})
	return s
}

func calendar(s ...news.Standing) notify.Calendar {
	return notify.Calendar{Standings: s, Homes: map[news.ItemID]news.DevelopmentID{"i1": "dev"}}
}

func reminded(id notify.SubscriptionID, c guild.ChannelID) notify.Subscription {
	s := alerts(id, c)
	s.Choices.Reminders = true
	return s
}

// dues lists key, state and due time of messages.
func dues(ms []notify.Message) []string {
	var out []string
	for _, m := range ms {
		out = append(out, m.Key+" "+string(m.State)+" "+m.DueAt.Format("02T15:04"))
	}
	return out
}

func planned(now time.Time, c notify.Calendar, pending []notify.Message, subs ...notify.Subscription) []string {
	return dues(notify.PlanDeadlines(now, c, subs, pending, nil))
}

func TestPlanDeadlinesOwesWhatWasAnnounced(t *testing.T) {
	got := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, "7")}, nil, nil)
	if len(got) != 1 {
		t.Fatalf("owed %v, want the start", dues(got))
	}
	d := got[0].Deadline()
	if d == nil || d.Stage != news.StageStart {
		t.Fatalf("deadline %+v", d)
	}
	due := noon.AddDate(0, 0, 2)
	want := notify.Message{
		Key: "deadline/7/start/start/libya/plan/2026-03-03", Guild: "1", Channel: "7", Form: notify.FormReply, Reason: news.ReasonDeadline,
		Development: "dev", Subscription: 1, Severity: news.Major, Want: 1, Ref: got[0].Ref, Silent: true,
		DueAt: due, NotAfter: due.Add(6 * time.Hour), OwedAt: noon, State: notify.StateOwed,
		Update: &news.Update{Development: "dev", Reason: news.ReasonDeadline, Severity: news.Major, At: due, Item: "i1", Source: "wire", Deadline: d},
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("message (-want +got):\n%s", diff)
	}
	if len(got[0].Ref) != 6 {
		t.Errorf("reference %q, want six characters", got[0].Ref)
	}
}

func TestPlanDeadlinesChoosesWhoIsOwed(t *testing.T) {
	with := func(change func(*notify.Subscription)) notify.Subscription {
		s := alerts(1, "7")
		change(&s)
		return s
	}
	start := "deadline/7/start/start/libya/plan/2026-03-03 owed 03T12:00"
	for _, tt := range []struct {
		name string
		s    news.Standing
		sub  notify.Subscription
		want []string
	}{
		{"alerts of everything", plan(news.StatusAgreed), alerts(1, "7"), []string{start}},
		{"reminders are asked for", plan(news.StatusAgreed), reminded(1, "7"), []string{
			"deadline/7/reminder/start/libya/plan/2026-03-03 owed 02T12:00", start, "deadline/7/reminder/end/libya/plan/2026-03-07 owed 06T12:00",
		}},
		{"in force: the lapse is critical", plan(news.StatusInForce), with(func(s *notify.Subscription) { s.Severity = news.Critical }), []string{
			"deadline/7/lapsed/end/libya/plan/2026-03-07 owed 07T18:00",
		}},
		{"critical only", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Severity = news.Critical }), nil},
		{"critical only, with reminders", plan(news.StatusInForce), with(func(s *notify.Subscription) { s.Severity, s.Choices.Reminders = news.Critical, true }), []string{
			"deadline/7/reminder/end/libya/plan/2026-03-07 owed 06T12:00", "deadline/7/lapsed/end/libya/plan/2026-03-07 owed 07T18:00",
		}},
		{"another conflict", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Conflicts = []news.ConflictID{"sudan"} }), nil},
		{"another kind", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Kinds = []news.Kind{news.Casualties} }), nil},
		{"its kind", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Kinds = []news.Kind{news.InEffect} }), []string{start}},
		{"a digest", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Schedule = "0 8 * * *" }), nil},
		{"paused", plan(news.StatusAgreed), with(func(s *notify.Subscription) { s.Paused = "no access" }), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, planned(noon, calendar(tt.s), nil, tt.sub)); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
		})
	}
	blind := func(guild.ID) news.View { return func(news.SourceID) bool { return false } }
	if got := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, "7")}, nil, blind); len(got) != 0 {
		t.Errorf("a server is told dates of a source that it has off: %v", dues(got))
	}
	if got := planned(noon.AddDate(0, 0, 2), calendar(plan(news.StatusAgreed)), nil, alerts(1, "7")); len(got) != 0 {
		t.Errorf("what is past is owed anew: %v", got)
	}
}

func TestPlanDeadlinesFollowsChanges(t *testing.T) {
	begins := noon.AddDate(0, 0, 2)
	start := "deadline/7/start/start/libya/plan/2026-03-03 "
	for _, tt := range []struct {
		name string
		now  time.Time
		s    news.Standing
		subs []notify.Subscription
		want []string
	}{
		{"nothing changed", noon, plan(news.StatusAgreed), nil, nil},
		{"nothing changed, and it is due", begins, plan(news.StatusAgreed), nil, nil},
		{"moved within its day", noon, dated(plan(news.StatusAgreed), news.EdgeStart, begins.Add(2*time.Hour)), nil, []string{start + "owed 03T14:00"}},
		{"moved to another day", noon, dated(plan(news.StatusAgreed), news.EdgeStart, begins.AddDate(0, 0, 1)), nil, []string{
			"deadline/7/start/start/libya/plan/2026-03-04 owed 04T12:00", start + "dropped 03T12:00",
		}},
		{"confirmed", noon, plan(news.StatusInForce), nil, []string{"deadline/7/lapsed/end/libya/plan/2026-03-07 owed 07T18:00", start + "dropped 03T12:00"}},
		{"cancelled", noon, plan(news.StatusNone), nil, []string{start + "dropped 03T12:00"}},
		{"not asked for any more", noon, plan(news.StatusAgreed), []notify.Subscription{}, []string{start + "dropped 03T12:00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			subs := []notify.Subscription{alerts(1, "7")}
			pending := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), subs, nil, nil)
			if tt.subs != nil {
				subs = tt.subs
			}
			got := dues(notify.PlanDeadlines(tt.now, calendar(tt.s), subs, pending, nil))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("owed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlanDeadlinesLeavesOtherConflictsAndPausedOnesAlone(t *testing.T) {
	pending := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, "7")}, nil, nil)
	of := notify.Calendar{Conflicts: []news.ConflictID{"sudan"}}
	if got := planned(noon, of, pending, alerts(1, "7")); len(got) != 0 {
		t.Errorf("a poll about Sudan moved %v", got)
	}
	pending[0].State = notify.StatePaused
	if got := planned(noon, calendar(), pending, alerts(1, "7")); len(got) != 0 {
		t.Errorf("what waits for its channel was withdrawn: %v", got)
	}
}

func TestADeadlineAnswersThePostOrStandsAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		owed := func(c guild.ChannelID) notify.Message {
			m := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, c)}, nil, nil)[0]
			m.DueAt, m.NotAfter = time.Now(), time.Time{}
			return m
		}
		gone := post("9", "dev")
		gone.State, gone.MessageID = notify.StateDropped, "5"
		s.owe(t, post("7", "dev"), gone)
		s.drain(t)
		s.owe(t, owed("7"), owed("8"), owed("9"))
		s.drain(t)
		for _, c := range []guild.ChannelID{"7", "8", "9"} {
			in := s.discord.in(c)
			last := in[len(in)-1]
			if !strings.HasPrefix(last.content, "deadline/") {
				t.Fatalf("channel %s: %v", c, s.shown(c))
			}
			if answers := last.replyTo != ""; answers != (c == "7") {
				t.Errorf("channel %s: it answers %q", c, last.replyTo)
			}
		}
	})
}

func TestADeadlineThatCannotBeToldYetWaits(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		m := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, "7")}, nil, nil)[0]
		m.DueAt, m.NotAfter = time.Now(), time.Time{}
		start, ready := time.Now(), time.Now().Add(150*time.Second)
		s.renderer.fail = func(m notify.Message) error {
			if m.Deadline() != nil && time.Now().Before(ready) {
				return &notify.RetryError{After: 100 * time.Second, Err: errors.New("not read yet")}
			}
			return nil
		}
		s.owe(t, m, post("7", "dev-2"))
		s.settle(t, 5*time.Minute)
		got := s.discord.in("7")
		if len(got) != 2 || len(s.troubles) != 0 {
			t.Fatalf("shown %v, troubles %v", s.shown("7"), s.troubles)
		}
		if after := got[1].at.Sub(start); after != 200*time.Second {
			t.Errorf("told after %v, want it tried again every 100 s", after)
		}
	})
}

// almanac is a town with one plan: a clock that may jump, a planner that ticks, and a
// dispatcher that may be started anew.
type almanac struct {
	*scene
	t        *testing.T
	standing news.Standing
	subs     []notify.Subscription
	jump     time.Duration // domain time is virtual time and this
	told     []string      // deadline and hour, as the channel read them
}

func newAlmanac(t *testing.T, s news.Standing) *almanac {
	a := &almanac{t: t, scene: newScene(), standing: s, subs: []notify.Subscription{reminded(1, "7")}}
	time.Sleep(time.Until(noon))
	a.restart()
	return a
}

func (a *almanac) now() time.Time { return time.Now().Add(a.jump) }

// restart starts a new dispatcher on what the old one left.
func (a *almanac) restart() {
	a.Dispatcher = notify.NewDispatcher(a.memory, a.discord, a, quiet())
	a.Dispatcher.Now = a.now
}

// Render tells a deadline only if it holds, as the writer does.
func (a *almanac) Render(_ context.Context, m notify.Message) (string, int, error) {
	for _, d := range news.Deadlines([]news.Standing{a.standing}, nil, nil) {
		if d.ID() == m.Deadline().ID() && d.Due.Equal(m.Deadline().Due) {
			a.told = append(a.told, string(d.Stage)+" "+string(d.Edge)+" "+a.now().Format("02T15:04"))
			return m.Key + " ref " + m.Ref, 1, nil
		}
	}
	return "", 0, nil
}

// live lets time pass, with a tick every half minute.
func (a *almanac) live(d time.Duration) {
	a.t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(30 * time.Second) {
		a.tick()
		a.drain(a.t)
	}
}

func (a *almanac) tick() {
	a.t.Helper()
	pending, err := a.memory.PendingDeadlines(a.t.Context())
	if err != nil {
		a.t.Fatal(err)
	}
	a.owe(a.t, notify.PlanDeadlines(a.now(), calendar(a.standing), a.subs, pending, nil)...)
}

func TestDeadlinesInTime(t *testing.T) {
	lapsed := func(s news.Standing) news.Standing {
		s.Status, s.Rule = news.StatusExpired, "expired.clock: lapsed by its terms, no party statement yet"
		return s
	}
	begins := noon.AddDate(0, 0, 2)
	all := []string{"reminder end 06T12:00", "lapsed end 07T18:00"}
	for _, tt := range []struct {
		name   string
		status news.Status
		run    func(a *almanac)
		want   []string
	}{
		{
			"nobody confirms the start", news.StatusAgreed, func(a *almanac) { a.live(8 * 24 * time.Hour) },
			[]string{"reminder start 02T12:00", "start start 03T12:00", "reminder end 06T12:00"},
		},
		{"confirmed a minute before", news.StatusAgreed, func(a *almanac) {
			a.live(48*time.Hour - time.Minute)
			a.standing = plan(news.StatusInForce)
			a.live(8 * 24 * time.Hour)
		}, append([]string{"reminder start 02T12:00"}, all...)},
		{"moved twice within a day, and told once", news.StatusAgreed, func(a *almanac) {
			a.live(24*time.Hour + time.Minute)
			a.standing = dated(a.standing, news.EdgeStart, begins.Add(time.Hour))
			a.live(time.Hour)
			a.standing = dated(a.standing, news.EdgeStart, begins.Add(3*time.Hour))
			a.live(3 * 24 * time.Hour)
		}, []string{"reminder start 02T12:00", "start start 03T15:00"}},
		{"an extension a minute before the lapse", news.StatusInForce, func(a *almanac) {
			a.live(6*24*time.Hour + 6*time.Hour - time.Minute)
			a.standing = dated(plan(news.StatusExtended), news.EdgeEnd, begins.AddDate(0, 0, 6))
			a.live(4 * 24 * time.Hour)
		}, []string{"reminder end 06T12:00", "reminder end 08T12:00", "lapsed end 09T18:00"}},
		{"an extension without an end", news.StatusInForce, func(a *almanac) {
			a.live(6*24*time.Hour + 6*time.Hour - time.Minute)
			a.standing.Status, a.standing.Dates = news.StatusExtended, a.standing.Dates[:1]
			a.live(24 * time.Hour)
		}, all[:1]},
		{"the clock moved the status a tick before", news.StatusInForce, func(a *almanac) {
			a.live(6*24*time.Hour + 6*time.Hour - time.Second)
			a.standing = lapsed(a.standing)
			a.live(24 * time.Hour)
		}, all},
		{"restarted over and over", news.StatusInForce, func(a *almanac) {
			for range 8 * 24 * 6 {
				a.live(10 * time.Minute)
				a.restart()
			}
		}, all},
		{"down over the reminder and the lapse: the lapse is told late, the reminder not", news.StatusInForce, func(a *almanac) {
			a.live(4 * 24 * time.Hour)
			time.Sleep(2*24*time.Hour + 8*time.Hour)
			a.restart()
			a.live(24 * time.Hour)
		}, []string{"lapsed end 07T20:00"}},
		{"suspended over all of it", news.StatusAgreed, func(a *almanac) {
			a.live(time.Hour)
			a.jump = 10 * 24 * time.Hour
			a.live(24 * time.Hour)
		}, nil},
		{"the clock jumps ahead and is set right", news.StatusInForce, func(a *almanac) {
			a.live(5*24*time.Hour - time.Hour)
			a.jump = 2 * time.Hour // the reminder comes an hour early
			a.live(30 * time.Minute)
			a.jump = 0
			a.live(3 * 24 * time.Hour)
		}, []string{"reminder end 06T13:00", "lapsed end 07T18:00"}},
		{"the clock is set back over what was told", news.StatusInForce, func(a *almanac) {
			a.live(5*24*time.Hour + time.Hour)
			a.jump = -3 * time.Hour
			a.live(3 * 24 * time.Hour)
		}, all},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAlmanac(t, plan(tt.status))
				tt.run(a)
				if diff := cmp.Diff(tt.want, a.told); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
				if n := len(a.discord.in("7")); n != len(tt.want) {
					t.Errorf("%d messages stand in the channel: %v", n, a.shown("7"))
				}
			})
		})
	}
}

// A withdrawal that comes between the reading of a message and its call still counts.
func TestAWithdrawnDeadlineIsNotSentByADispatcherThatReadItBefore(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		m := notify.PlanDeadlines(noon, calendar(plan(news.StatusAgreed)), []notify.Subscription{alerts(1, "7")}, nil, nil)[0]
		m.DueAt, m.NotAfter = time.Now(), time.Time{}
		s.renderer.fail = func(notify.Message) error {
			m.State, m.Problem = notify.StateDropped, "withdrawn"
			s.owe(t, m)
			return nil
		}
		s.owe(t, m)
		s.drain(t)
		if s.discord.creates != 0 {
			t.Errorf("sent all the same: %v", s.shown("7"))
		}
	})
}
