package notify_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

// sim is a virtual day of planning, delivering, failing and dying, drawn from a seed.
type sim struct {
	*rand.Rand
	t       *testing.T
	memory  *notifytest.Memory
	room    *discord
	words   *renderer
	subs    []notify.Subscription
	devs    []news.Development
	outages [][2]time.Time
	calm    bool // no more faults
	deaths  int
}

const (
	simDay    = 24 * time.Hour
	simStep   = 20 * time.Second
	simRooms  = 5
	simSteady = 10 * time.Hour // without faults, for what waits
)

func TestSimLosesAndDoublesNothing(t *testing.T) {
	seeds := 10
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		seeds = 1000
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newSim(t, uint64(seed)).run() })
		})
	}
}

func newSim(t *testing.T, seed uint64) *sim {
	s := &sim{
		Rand: rand.New(rand.NewPCG(seed, 1)), t: t,
		memory: new(notifytest.Memory), room: newDiscord(), words: new(renderer),
	}
	s.room.fault = s.fault
	for i := range simRooms {
		c := guild.ChannelID(fmt.Sprint(100 + i))
		s.subscribe(notify.Subscription{Guild: guild.ID(fmt.Sprint(1 + i%2)), Channel: c, Severity: news.Notable})
		if i == 0 {
			s.subscribe(notify.Subscription{Guild: "1", Channel: c, Schedule: "0 */2 * * *"})
		}
	}
	for range 3 {
		from := time.Now().Add(time.Duration(s.Int64N(int64(simDay))))
		s.outages = append(s.outages, [2]time.Time{from, from.Add(time.Duration(s.Int64N(int64(2 * time.Hour))))})
	}
	return s
}

func (s *sim) subscribe(sub notify.Subscription) {
	sub.CreatedAt = time.Now()
	sub, err := s.memory.AddSubscription(s.t.Context(), sub, guild.AuditEntry{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.subs = append(s.subs, sub)
}

// fault draws what happens to a call.
func (s *sim) fault(string, int) fault {
	if s.calm {
		return fine
	}
	now := time.Now()
	for _, o := range s.outages {
		if now.After(o[0]) && now.Before(o[1]) {
			return []fault{lost, answerLost, late}[s.IntN(3)]
		}
	}
	switch n := s.IntN(100); {
	case n < 5:
		return lost
	case n < 10:
		return answerLost
	case n < 13:
		return late
	case n < 18:
		return refused
	}
	return fine
}

func (s *sim) run() {
	end := time.Now().Add(simDay)
	for time.Now().Before(end) {
		s.live(&life{endAt: 1 + s.IntN(300)}, end)
		s.deaths++
		time.Sleep(time.Duration(s.ExpFloat64() * float64(4*time.Minute)))
	}
	s.calm = true
	s.live(new(life), time.Now().Add(simSteady))
	s.judge()
}

// live runs one process until it dies or its time is over.
func (s *sim) live(l *life, end time.Time) {
	d := notify.NewDispatcher(&mortalOutbox{Outbox: s.memory, life: l}, &mortalPoster{s.room, l}, s.words, quiet())
	d.Workers = 1 // calls in an order that the seed decides
	d.Jitter = func(most time.Duration) time.Duration { return time.Duration(s.Int64N(int64(most) + 1)) }
	digests := notify.NewDigests(s.memory, quiet())
	for time.Now().Before(end) && !l.dead {
		if !s.calm && s.IntN(30) == 0 {
			s.poll()
		}
		if _, err := digests.Tick(s.t.Context(), time.Now()); err != nil {
			s.t.Fatal(err)
		}
		if _, err := d.Drain(s.t.Context()); err != nil && !errors.Is(err, errDead) {
			s.t.Fatal(err)
		}
		time.Sleep(simStep)
	}
}

// poll brings one item: of a new development, or of one of the last few.
func (s *sim) poll() {
	now := time.Now()
	i := len(s.devs) - 1 - s.IntN(4)
	reason := []news.Reason{news.ReasonAdds, news.ReasonAdds, news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected}[s.IntN(5)]
	if i < 0 || s.IntN(2) == 0 {
		i, reason = len(s.devs), news.ReasonFirst
		id := news.DevelopmentID(fmt.Sprint("d", i))
		s.devs = append(s.devs, news.Development{
			ID: id, Ref: fmt.Sprintf("R%03d", i), Conflict: "libya", Kinds: []news.Kind{news.TalksHeld}, Main: true,
			OpenedAt: now, Severity: news.Severity(1 + s.IntN(3)),
		})
	}
	d := &s.devs[i]
	d.Revision++
	item := news.ItemID(fmt.Sprintf("%s-%d", d.ID, d.Revision))
	d.Mentions = append(d.Mentions[:len(d.Mentions):len(d.Mentions)], news.Mention{
		Cite: news.Cite{Item: item, Source: "wire", At: now}, Main: true, Novelty: news.Adds,
	})
	u := news.Update{
		Development: d.ID, Revision: d.Revision, Reason: reason, Severity: d.Severity, At: now, Item: item, Source: "wire",
	}
	changes := news.Changes{Developments: []news.Development{*d}, Updates: []news.Update{u}}
	s.words.set(d.ID, d.Revision)
	if err := s.memory.Owe(s.t.Context(), notify.PlanAll(now, changes, s.subs, s.memory.Messages(), nil)...); err != nil {
		s.t.Fatal(err)
	}
}

// judge compares what the channels show with what was owed.
func (s *sim) judge() {
	shown := make(map[string][]message)
	for _, m := range s.room.messages {
		key, _, _ := strings.Cut(m.content, " ")
		shown[key] = append(shown[key], m)
	}
	count := make(map[notify.Form]int)
	for _, m := range s.memory.Messages() {
		posts := shown[m.Key]
		switch {
		case len(posts) > 1:
			s.t.Errorf("%s stands %d times", m.Key, len(posts))
		case m.State == notify.StateDropped && len(posts) > 0:
			s.t.Errorf("%s stands although it was dropped: %s", m.Key, m.Problem)
		case m.State == notify.StateDropped && !excused(m.Problem):
			s.t.Errorf("%s was lost: %s", m.Key, m.Problem)
		case m.State != notify.StateSent && m.State != notify.StateDropped:
			s.t.Errorf("%s ended as %s (%s)", m.Key, m.State, m.Problem)
		case m.State == notify.StateSent && len(posts) == 0:
			s.t.Errorf("%s counts as sent and is not there", m.Key)
		}
		if m.State != notify.StateSent || len(posts) != 1 {
			continue
		}
		count[m.Form]++
		switch m.Form {
		case notify.FormPost:
			want := fmt.Sprintf("%s revision %d ref %s", m.Key, m.Have, m.Ref)
			if posts[0].content != want || m.Have < m.Want {
				s.t.Errorf("post shows %q, want %q (revision %d is wanted)", posts[0].content, want, m.Want)
			}
		case notify.FormReply:
			post := shown[notify.PostKey(m.Channel, m.Development)]
			if len(post) != 1 || post[0].id != posts[0].replyTo || post[0].at.After(posts[0].at) {
				s.t.Errorf("%s does not answer its post", m.Key)
			}
		}
	}
	s.t.Logf("%d processes died; %d posts, %d replies, %d digests", s.deaths, count[notify.FormPost], count[notify.FormReply], count[notify.FormDigest])
	if count[notify.FormPost] < 20 || count[notify.FormReply] == 0 || count[notify.FormDigest] == 0 {
		s.t.Errorf("too little happened: %v", count)
	}
}

// excused reports whether a message was rightly left unsent.
func excused(problem string) bool {
	for _, p := range []string{"not sent in time", "its post told it from the start", "its post is not there: not sent in time"} {
		if strings.HasPrefix(problem, p) {
			return true
		}
	}
	return false
}
