package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

// What an invented outlet told of a truce in Sudan in March 2026.
const (
	pledge    = "The Sudanese army and the Rapid Support Forces (RSF) signed a 72-hour ceasefire that begins at 06:00 GMT on Tuesday 3 March, the United Nations said."
	beginning = "The ceasefire between the Sudanese army and the Rapid Support Forces (RSF) has come into effect, the United Nations said on Tuesday."
	extension = "The United Nations said the ceasefire between the Sudanese army and the Rapid Support Forces (RSF) was extended until Tuesday 10 March."
)

func marchDay(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }

// told is a poll that brought one item at its time; without text it brought none.
func told(src sources.Source, at time.Time, title, text string) sources.Poll {
	p := sources.Poll{
		Source: src, At: at,
		State: sources.State{Source: src.ID, CheckedAt: at, OKAt: at, BaselineAt: marchDay(1, 0), NextCheckAt: at.Add(5 * time.Minute)},
	}
	if text != "" {
		id := fmt.Sprint("item-", at.Unix())
		p.Items = []news.Item{{
			ID: news.ItemID(id), Source: src.ID, Outlet: src.Outlet, URL: "https://gazette.example/" + id, Published: at, Dated: true, FirstSeen: at, Lang: "en",
			Title: title, Text: text,
		}}
	}
	return p
}

func (c *cycle) pending(t *testing.T) []notify.Message {
	t.Helper()
	got, err := c.store.PendingDeadlines(t.Context())
	must(t, err)
	return got
}

// onlyPending is the one deadline that waits.
func (c *cycle) onlyPending(t *testing.T, stage news.Stage) notify.Message {
	t.Helper()
	got := c.pending(t)
	if len(got) != 1 || got[0].Deadline() == nil || got[0].Deadline().Stage != stage {
		t.Fatalf("pending %+v, want one %s", got, stage)
	}
	return got[0]
}

func newRenderer(t *testing.T, c *cycle, now *time.Time) *renderer {
	t.Helper()
	catalogue, err := config.LoadCatalogue("")
	must(t, err)
	writer, err := news.NewWriter(catalogue.News)
	must(t, err)
	return &renderer{store: c.store, writer: writer, now: func() time.Time { return *now }}
}

func TestADateIsOwedWithThePollThatTellsItAndGoesWithTheNext(t *testing.T) {
	c, src := newCycle(t)
	poll := told(src, marchDay(1, 15), "Sudan army and RSF sign 72-hour truce, UN says", pledge)
	broken := poll
	broken.Source.ID, broken.State.Source = "unknown", "unknown"
	if err := c.FilePoll(t.Context(), broken); err == nil || len(c.pending(t)) != 0 {
		t.Fatalf("a commit that failed (%v) left %d deadlines", err, len(c.pending(t)))
	}
	must(t, c.FilePoll(t.Context(), poll))
	start := c.onlyPending(t, news.StageStart)
	if !start.DueAt.Equal(marchDay(4, 0)) || start.Development == "" {
		t.Errorf("due %v under %q, want the end of 3 March under the development", start.DueAt, start.Development)
	}
	must(t, c.tick(t.Context(), marchDay(2, 0)))
	c.onlyPending(t, news.StageStart)
	must(t, c.FilePoll(t.Context(), told(src, marchDay(3, 9), "Sudan truce has begun, UN says", beginning)))
	lapse := c.onlyPending(t, news.StageLapsed)
	must(t, c.FilePoll(t.Context(), told(src, lapse.DueAt.Add(-time.Minute), "Sudan truce extended until 10 March, UN says", extension)))
	later := c.onlyPending(t, news.StageLapsed)
	if !later.DueAt.After(lapse.DueAt) {
		t.Errorf("extended a minute before it lapses, and due %v as before (%v)", later.DueAt, lapse.DueAt)
	}
	old, err := c.store.Message(t.Context(), "100", lapse.Key)
	must(t, err)
	if old.State != notify.StateDropped {
		t.Errorf("the old lapse is %s", old.State)
	}
}

func TestAChannelThatAsksLaterIsToldToo(t *testing.T) {
	c, src := newCycle(t)
	must(t, c.FilePoll(t.Context(), told(src, marchDay(1, 15), "Sudan army and RSF sign 72-hour truce, UN says", pledge)))
	_, err := c.store.AddSubscription(t.Context(), notify.Subscription{Guild: "100", Channel: "300", Choices: notify.Choices{Reminders: true}}, guild.AuditEntry{Guild: "100"})
	must(t, err)
	must(t, c.tick(t.Context(), marchDay(1, 16)))
	must(t, c.tick(t.Context(), marchDay(1, 17)))
	of := make(map[guild.ChannelID]int)
	for _, m := range c.pending(t) {
		of[m.Channel]++
	}
	if of["200"] != 1 || of["300"] != 3 {
		t.Errorf("owed %v; want the start to both, and the reminders of start and end to who asked", of)
	}
}

func TestTheClockEndsATruceWithoutAPoll(t *testing.T) {
	c, src := newCycle(t)
	must(t, c.FilePoll(t.Context(), told(src, marchDay(1, 15), "Sudan army and RSF sign 72-hour truce, UN says", pledge)))
	must(t, c.FilePoll(t.Context(), told(src, marchDay(3, 9), "Sudan truce has begun, UN says", beginning)))
	lapse := c.onlyPending(t, news.StageLapsed)
	status := func() news.Status {
		s, err := c.store.Standings(t.Context(), "sudan", time.Time{})
		must(t, err)
		return s[0].Status
	}
	must(t, c.tick(t.Context(), lapse.DueAt.Add(-time.Second)))
	if got := status(); got != news.StatusInForce {
		t.Fatalf("%s before its grace is over", got)
	}
	must(t, c.tick(t.Context(), lapse.DueAt))
	if got := status(); got != news.StatusExpired {
		t.Errorf("%s when its grace is over", got)
	}
	c.onlyPending(t, news.StageLapsed) // the post is still owed
	replies := 0
	owed, err := c.store.OwedMessages(t.Context(), lapse.DueAt.Add(time.Hour), 100)
	must(t, err)
	for _, m := range owed {
		if m.Form == notify.FormReply {
			replies++
		}
	}
	if replies != 1 {
		t.Errorf("%d replies are owed for one lapse", replies)
	}
}

// After a pause of the bot the news that makes a lapse void may wait in a feed.
func TestALapseIsToldOnlyAfterTheFeedsWereRead(t *testing.T) {
	c, src := newCycle(t)
	must(t, c.FilePoll(t.Context(), told(src, marchDay(1, 15), "Sudan army and RSF sign 72-hour truce, UN says", pledge)))
	must(t, c.FilePoll(t.Context(), told(src, marchDay(3, 9), "Sudan truce has begun, UN says", beginning)))
	lapse := c.onlyPending(t, news.StageLapsed)
	now := lapse.DueAt.Add(time.Hour)
	r := newRenderer(t, c, &now)
	var retry *notify.RetryError
	if _, _, err := r.Render(t.Context(), lapse); !errors.As(err, &retry) || retry.After <= 0 {
		t.Fatalf("no source was read since, and it renders with %v", err)
	}
	must(t, c.FilePoll(t.Context(), told(src, now, "", "")))
	now = now.Add(time.Hour)
	if _, _, err := r.Render(t.Context(), lapse); !errors.As(err, &retry) {
		t.Fatalf("the source is behind again, and it renders with %v", err)
	}
	now = now.Add(-time.Hour)
	text, _, err := r.Render(t.Context(), lapse)
	must(t, err)
	if !strings.Contains(text, "**Sudan · Deadline**") || !strings.Contains(text, "lapsed by its terms, no statement found") || !strings.Contains(text, "gazette.example") {
		t.Errorf("told %s", text)
	}
	must(t, c.FilePoll(t.Context(), told(src, now.Add(time.Minute), "Sudan truce extended until 10 March, UN says", extension)))
	if text, _, err := r.Render(t.Context(), lapse); text != "" || err != nil {
		t.Errorf("extended since, and told %q, %v", text, err)
	}
}

func TestNextAnswersWithWhatIsAhead(t *testing.T) {
	c, src := newCycle(t)
	must(t, c.FilePoll(t.Context(), told(src, marchDay(1, 15), "Sudan army and RSF sign 72-hour truce, UN says", pledge)))
	now := marchDay(1, 16)
	r := newRenderer(t, c, &now)
	catalogue, err := config.LoadCatalogue("")
	must(t, err)
	a := &answers{store: c.store, writer: r.writer, catalogue: catalogue.News, now: r.now}
	text, err := a.Next(t.Context(), "100", 7)
	must(t, err)
	if !strings.Contains(text, "is due to begin on Tue 3 Mar") || !strings.Contains(text, "is due to end on Fri 6 Mar") {
		t.Errorf("answered %s", text)
	}
}

func TestEmptyDigestsAreSkippedOrSaid(t *testing.T) {
	c, _ := newCycle(t)
	now := marchDay(5, 8)
	r := newRenderer(t, c, &now)
	m := notify.Message{Key: "digest/9/x", Guild: "100", Channel: "200", Form: notify.FormDigest, From: marchDay(4, 8), To: now, Want: 1}
	for _, tt := range []struct {
		say    bool
		missed notify.Missed
		want   string
	}{
		{want: ""},
		{say: true, want: "No new development found in 1 source since Wed 4 Mar, 08:00 UTC."},
		{missed: notify.Missed{Count: 1, First: marchDay(4, 20), Last: marchDay(4, 20)}, want: "The digest of Wed 4 Mar, 20:00 UTC was not sent: the bot was down."},
		{missed: notify.Missed{Count: 3, First: marchDay(2, 8), Last: marchDay(4, 8)}, want: "3 digests from Mon 2 Mar, 08:00 UTC to Wed 4 Mar, 08:00 UTC were not sent: the bot was down."},
	} {
		sub, err := c.store.AddSubscription(t.Context(), notify.Subscription{Guild: "100", Channel: "200", Schedule: "0 8 * * *", Choices: notify.Choices{SayEmpty: tt.say}}, guild.AuditEntry{Guild: "100"})
		must(t, err)
		m.Subscription, m.Missed = sub.ID, tt.missed
		text, _, err := r.Render(t.Context(), m)
		must(t, err)
		if (text == "") != (tt.want == "") || !strings.Contains(text, tt.want) {
			t.Errorf("got %q, want %q", text, tt.want)
		}
	}
}

func TestReplayTellsDeadlinesAtTheirTime(t *testing.T) {
	line := func(id, at, title, text string) string {
		return fmt.Sprintf(`{"id":%q,"url":"https://gazette.example/%s","outlet":"gazette","published":%q,"title":%q,"text":%q,"lang":"en"}`+"\n", id, id, at, title, text)
	}
	agreed := line("a", "2026-03-01T15:00:00Z", "Sudan army and RSF sign 72-hour truce, UN says", pledge)
	began := line("b", "2026-03-03T09:00:00Z", "Sudan truce has begun, UN says", beginning)
	after := line("c", "2026-03-09T09:00:00Z", "Markets in Khartoum open", "Nothing of note.")
	for name, tt := range map[string]struct {
		in   string
		want []string
	}{
		"not confirmed":         {agreed + after, []string{"item a", "2026-03-04T00:00:00Z reply not yet confirmed", "item c"}},
		"confirmed, and lapsed": {agreed + began + after, []string{"item a", "item b", "2026-03-07T06:00:00Z status expired", "2026-03-07T06:00:00Z edit", "2026-03-07T06:00:00Z reply no statement found", "item c"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, tt.in, nil, "replay")
			seen := strings.Split(strings.TrimSpace(got.stdout), "\n")
			at := 0
			for _, want := range tt.want {
				words := strings.SplitN(want, " ", 3)
				holds := func(l string) bool {
					if words[0] == "item" {
						return strings.Contains(l, `"type":"item","id":"`+words[1]+`"`)
					}
					ok := strings.Contains(l, `"at":"`+words[0]+`"`) && strings.Contains(l, words[1])
					return ok && (len(words) < 3 || strings.Contains(l, words[2]))
				}
				for at < len(seen) && !holds(seen[at]) {
					at++
				}
				if at == len(seen) {
					t.Fatalf("no line %q after the ones before it in:\n%s", want, got.stdout)
				}
			}
			if n := strings.Count(got.stdout, `"form":"reply"`); n != 1 {
				t.Errorf("%d replies, want 1:\n%s", n, got.stdout)
			}
		})
	}
}
