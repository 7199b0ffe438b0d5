package notify_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

// post is a message owed now to a channel of server 1.
func post(c guild.ChannelID, d news.DevelopmentID) notify.Message {
	now := time.Now()
	return notify.Message{
		Key: notify.PostKey(c, d), Guild: "1", Channel: c, Form: notify.FormPost, Reason: news.ReasonFirst,
		Development: d, Severity: 2, Want: 1, Ref: "R" + string(d), DueAt: now, OwedAt: now,
		NotAfter: now.Add(6 * time.Hour), State: notify.StateOwed,
	}
}

func reply(c guild.ChannelID, d news.DevelopmentID, revision int) notify.Message {
	m := post(c, d)
	m.Key, m.Form, m.Reason = notify.ReplyKey(c, d, revision), notify.FormReply, news.ReasonCorrected
	m.Ref, m.NotAfter = fmt.Sprintf("R%s-%d", d, revision), time.Time{}
	m.Update = &news.Update{Development: d, Revision: revision, Reason: news.ReasonCorrected}
	return m
}

func digest(c guild.ChannelID, slot string) notify.Message {
	m := post(c, "")
	m.Key, m.Form, m.Reason, m.NotAfter = notify.DigestKey(1, slot), notify.FormDigest, news.ReasonDigest, time.Time{}
	m.Ref = "D" + slot
	return m
}

// scene is a dispatcher among fakes.
type scene struct {
	*notify.Dispatcher
	memory   *notifytest.Memory
	discord  *discord
	renderer *renderer
	troubles []notify.Trouble
}

func newScene() *scene {
	s := &scene{memory: new(notifytest.Memory), discord: newDiscord(), renderer: new(renderer)}
	s.Dispatcher = notify.NewDispatcher(s.memory, s.discord, s.renderer, quiet())
	s.Tell = func(_ context.Context, t notify.Trouble) { s.troubles = append(s.troubles, t) }
	s.Jitter = func(most time.Duration) time.Duration { return most }
	s.Workers = 1 // so that the order of calls is the order of messages
	return s
}

func (s *scene) owe(t *testing.T, ms ...notify.Message) {
	t.Helper()
	if err := s.memory.Owe(t.Context(), ms...); err != nil {
		t.Fatal(err)
	}
}

func (s *scene) drain(t *testing.T) int {
	t.Helper()
	n, err := s.Drain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// settle drains over and over while virtual time passes.
func (s *scene) settle(t *testing.T, d time.Duration) {
	t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Second) {
		s.drain(t)
	}
}

func (s *scene) row(t *testing.T, key string) notify.Message {
	t.Helper()
	for _, m := range s.memory.Messages() {
		if m.Key == key {
			return m
		}
	}
	t.Fatalf("no message %s", key)
	return notify.Message{}
}

// shown is the first words of what a channel shows: the keys.
func (s *scene) shown(c guild.ChannelID) []string {
	var out []string
	for _, m := range s.discord.in(c) {
		out = append(out, strings.Fields(m.content)[0])
	}
	return out
}

// only gives a fault to the nth call of one sort.
func only(call string, n int, f fault) func(string, int) fault {
	return func(c string, i int) fault {
		if c == call && i == n {
			return f
		}
		return fine
	}
}

func inBubble(t *testing.T, fn func(t *testing.T, s *scene)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { fn(t, newScene()) })
}

func TestDrainSendsPostThenEditThenReply(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		if n := s.drain(t); n != 1 {
			t.Fatalf("sent %d, want 1", n)
		}
		s.renderer.set("a", 2)
		p.Want = 2
		s.owe(t, p, reply("7", "a", 2))
		if n := s.drain(t); n != 2 {
			t.Fatalf("sent %d, want an edit and a reply", n)
		}
		got := s.discord.in("7")
		if len(got) != 2 || got[0].edited != 1 || got[1].replyTo != got[0].id {
			t.Fatalf("channel shows %+v", got)
		}
		if !strings.Contains(got[0].content, "revision 2") {
			t.Errorf("post shows %q, want revision 2", got[0].content)
		}
		row := s.row(t, p.Key)
		if row.State != notify.StateSent || row.Have != 2 || row.First != 1 {
			t.Errorf("row: state %q have %d first %d", row.State, row.Have, row.First)
		}
		if n := s.drain(t); n != 0 {
			t.Errorf("a second drain sent %d", n)
		}
	})
}

func TestDrainRendersTheNewestAndOnlyWhenDue(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		p.DueAt = time.Now().Add(3 * time.Minute)
		s.owe(t, p)
		s.settle(t, 2*time.Minute)
		if len(s.renderer.rendered) != 0 {
			t.Fatalf("rendered %v before it was due", s.renderer.rendered)
		}
		s.renderer.set("a", 4)
		s.settle(t, 2*time.Minute)
		if got := s.discord.in("7"); len(got) != 1 || !strings.Contains(got[0].content, "revision 4") {
			t.Errorf("channel shows %+v, want one post of revision 4", got)
		}
	})
}

func TestDrainUsesTheSameNonceAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, answerLost)
		s.owe(t, post("7", "a"))
		s.settle(t, 30*time.Second)
		if got := s.discord.in("7"); len(got) != 1 {
			t.Fatalf("channel shows %d posts, want 1", len(got))
		}
		if s.discord.creates < 2 || s.discord.finds != 0 {
			t.Errorf("%d creates and %d searches, want a repeated create and no search", s.discord.creates, s.discord.finds)
		}
		row := s.row(t, notify.PostKey("7", "a"))
		if row.State != notify.StateSent || row.First != 0 {
			t.Errorf("state %q first %d, want sent and the first revision not known", row.State, row.First)
		}
	})
}

func TestDrainShowsTheNewestAfterAnAnswerWasLost(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, answerLost)
		p := post("7", "a")
		s.owe(t, p)
		s.drain(t)
		s.renderer.set("a", 2)
		p.Want = 2
		s.owe(t, p)
		s.settle(t, time.Minute)
		got := s.discord.in("7")
		if len(got) != 1 || !strings.Contains(got[0].content, "revision 2") {
			t.Errorf("channel shows %+v, want one post of revision 2", got)
		}
	})
}

func TestDrainSearchesTheChannelAfterTheNonceWindow(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, answerLost)
		s.owe(t, post("7", "a"))
		s.drain(t)
		time.Sleep(time.Hour) // the process was down; the nonce is forgotten
		s.settle(t, time.Minute)
		if got := s.discord.in("7"); len(got) != 1 {
			t.Fatalf("channel shows %d posts, want 1", len(got))
		}
		if s.discord.creates != 1 || s.discord.finds != 1 {
			t.Errorf("%d creates and %d searches, want one of each", s.discord.creates, s.discord.finds)
		}
	})
}

func TestDrainCreatesAnewOnlyAfterTwoSearches(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, lost)
		s.owe(t, post("7", "a"))
		attempted := time.Now()
		s.drain(t)
		time.Sleep(notify.DefaultNonceWindow + time.Second)
		began := time.Now()
		s.drain(t)
		if s.discord.finds != 1 || s.discord.creates != 1 {
			t.Fatalf("%d searches and %d creates after one look", s.discord.finds, s.discord.creates)
		}
		for s.discord.creates == 1 {
			time.Sleep(time.Second)
			s.drain(t)
		}
		if s.discord.finds != 2 {
			t.Errorf("%d searches before the new attempt, want 2", s.discord.finds)
		}
		if waited := time.Since(began); waited < 30*time.Second {
			t.Errorf("the searches lie %v apart, want at least 30 s", waited)
		}
		if waited := time.Since(attempted); waited < notify.DefaultNonceWindow+time.Minute {
			t.Errorf("sent anew after %v, when the first could still appear", waited)
		}
		if got := s.discord.in("7"); len(got) != 1 {
			t.Errorf("channel shows %d posts, want 1", len(got))
		}
	})
}

func TestDrainFindsAMessageThatAppearsLate(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		// Every create fails and the first appears late, so that only the search can tell.
		s.discord.fault = func(call string, n int) fault {
			switch {
			case call == "create" && n == 1:
				return late
			case call == "create" && n < 20:
				return lost
			}
			return fine
		}
		s.owe(t, post("7", "a"))
		s.settle(t, 10*time.Minute)
		if got := s.discord.in("7"); len(got) != 1 {
			t.Errorf("channel shows %d posts, want 1", len(got))
		}
		if row := s.row(t, notify.PostKey("7", "a")); row.State != notify.StateSent {
			t.Errorf("state %q, want sent", row.State)
		}
	})
}

func TestDrainKeepsNoDoubtAfterARefusal(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, refused)
		s.owe(t, post("7", "a"))
		s.drain(t)
		if row := s.row(t, notify.PostKey("7", "a")); !row.AttemptAt.IsZero() {
			t.Error("the row is in doubt although the call had no effect")
		}
		time.Sleep(4 * time.Second)
		s.drain(t)
		if s.discord.creates != 1 {
			t.Error("tried again before Discord's time was over")
		}
		time.Sleep(time.Hour)
		s.drain(t)
		if s.discord.finds != 0 || len(s.discord.in("7")) != 1 {
			t.Errorf("%d searches, %d posts; want none and one", s.discord.finds, len(s.discord.in("7")))
		}
	})
}

func TestDrainNamesAPostWhoseFateCannotBeLearnt(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = func(call string, n int) fault {
			if call == "create" {
				return answerLost
			}
			return blindSearch
		}
		s.owe(t, post("7", "a"))
		s.settle(t, time.Hour)
		if got := s.discord.in("7"); len(got) != 1 {
			t.Errorf("channel shows %d posts, want 1", len(got))
		}
		if row := s.row(t, notify.PostKey("7", "a")); row.State != notify.StateUnknown {
			t.Errorf("state %q, want unknown", row.State)
		}
		if len(s.troubles) != 1 || s.troubles[0].State != notify.StateUnknown {
			t.Errorf("told %+v, want it told once", s.troubles)
		}
	})
}

func TestDrainPausesAChannelThatIsGoneAndTellsOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = func(call string, _ int) fault {
			if call == "create" {
				return noAccess
			}
			return fine
		}
		s.owe(t, post("7", "a"), post("7", "b"), digest("7", "x"))
		s.settle(t, time.Hour)
		if s.discord.creates != 1 {
			t.Errorf("%d calls to a channel that is gone, want 1", s.discord.creates)
		}
		for _, m := range s.memory.Messages() {
			if m.State != notify.StatePaused {
				t.Errorf("%s: state %q, want paused", m.Key, m.State)
			}
		}
		if len(s.troubles) != 1 || s.troubles[0].Channel != "7" || s.troubles[0].State != notify.StatePaused {
			t.Errorf("told %+v, want it told once", s.troubles)
		}
	})
}

func TestDrainDropsWhatDiscordRejects(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, badPayload)
		s.owe(t, post("7", "a"), post("7", "b"))
		s.settle(t, time.Hour)
		row := s.row(t, notify.PostKey("7", "a"))
		if row.State != notify.StateDropped || !strings.Contains(row.Problem, "too long") {
			t.Errorf("state %q problem %q, want dropped with the reason", row.State, row.Problem)
		}
		if diff := cmp.Diff([]string{notify.PostKey("7", "b")}, s.shown("7")); diff != "" {
			t.Errorf("the next message did not go out (-want +got):\n%s", diff)
		}
	})
}

func TestDrainCountsADeletedMessageAsDelivered(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, wasDeleted)
		p := post("7", "a")
		s.owe(t, p)
		if n := s.drain(t); n != 1 {
			t.Errorf("sent %d, want 1", n)
		}
		p.Want = 2
		s.owe(t, p, reply("7", "a", 2))
		s.settle(t, time.Hour)
		if got := s.discord.in("7"); len(got) != 0 {
			t.Errorf("posted again what a moderator deleted: %+v", got)
		}
	})
}

func TestDrainLeavesADeletedPostAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		s.drain(t)
		s.discord.fault = only("edit", 1, wasDeleted)
		for want := 2; want <= 3; want++ {
			p.Want = want
			s.owe(t, p)
			s.settle(t, time.Minute)
		}
		if s.discord.edits != 1 || s.discord.creates != 1 {
			t.Errorf("%d edits, %d creates; want one of each", s.discord.edits, s.discord.creates)
		}
	})
}

func TestDrainGivesUpARejectedEditButNotTheNext(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		s.drain(t)
		s.discord.fault = only("edit", 1, badPayload)
		p.Want = 2
		s.owe(t, p)
		s.settle(t, time.Hour)
		if s.discord.edits != 1 {
			t.Fatalf("%d edits, want the rejected one only", s.discord.edits)
		}
		s.renderer.set("a", 3)
		p.Want = 3
		s.owe(t, p)
		s.drain(t)
		if got := s.discord.in("7"); !strings.Contains(got[0].content, "revision 3") {
			t.Errorf("post shows %q, want revision 3", got[0].content)
		}
	})
}

func TestDrainDropsAFirstPostThatIsTooLate(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p, reply("7", "a", 2))
		time.Sleep(6*time.Hour + time.Second)
		s.drain(t)
		if got := s.discord.in("7"); len(got) != 0 {
			t.Fatalf("posted %+v", got)
		}
		for _, m := range s.memory.Messages() {
			if m.State != notify.StateDropped || m.Problem == "" {
				t.Errorf("%s: state %q problem %q, want dropped with the reason", m.Key, m.State, m.Problem)
			}
		}
	})
}

func TestDrainLooksBeforeItDropsWhatIsTooLate(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, answerLost)
		s.owe(t, post("7", "a"))
		s.drain(t)
		time.Sleep(7 * time.Hour)
		s.settle(t, time.Minute)
		if row := s.row(t, notify.PostKey("7", "a")); row.State != notify.StateSent || row.MessageID == "" {
			t.Errorf("state %q id %q, want it found", row.State, row.MessageID)
		}
	})
}

func TestDrainDoesNotDropWhatMayBeThere(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = only("create", 1, answerLost)
		p := post("7", "a")
		p.NotAfter = time.Now().Add(time.Second)
		s.owe(t, p)
		s.drain(t)
		time.Sleep(20 * time.Second)
		s.settle(t, time.Minute)
		if row := s.row(t, p.Key); row.State != notify.StateSent || len(s.discord.in("7")) != 1 {
			t.Errorf("state %q (%s), want the post that stands there counted", row.State, row.Problem)
		}
	})
}

func TestDrainKeepsTheOrderOfAChannel(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = func(call string, n int) fault {
			if call != "create" {
				return fine
			}
			return map[int]fault{1: refused, 3: lost, 4: answerLost}[n] // the 2nd is of channel 8
		}
		var want []string
		for i := range 6 {
			m := post("7", news.DevelopmentID(fmt.Sprint(i)))
			want = append(want, m.Key)
			s.owe(t, m)
		}
		s.owe(t, digest("7", "x"), post("8", "elsewhere"))
		want = append(want, notify.DigestKey(1, "x"))
		s.drain(t)
		if len(s.discord.in("8")) != 1 {
			t.Error("a channel waits for another")
		}
		s.settle(t, time.Hour)
		if diff := cmp.Diff(want, s.shown("7")); diff != "" {
			t.Errorf("order (-want +got):\n%s", diff)
		}
	})
}

func TestDrainSendsAlertsOfAllChannelsBeforeDigests(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		dig := digest("7", "x")
		dig.DueAt = time.Now().Add(-time.Hour)
		s.owe(t, dig, post("7", "a"), post("8", "a"), post("9", "a"))
		s.drain(t)
		all := s.discord.messages
		if len(all) != 4 || !strings.HasPrefix(all[3].content, "digest/") {
			t.Errorf("sent %+v, want the digest last", all)
		}
	})
}

func TestDrainLetsServersTakeTurns(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		for i := range 10 {
			s.owe(t, post(guild.ChannelID(fmt.Sprint("big", i)), "a"))
		}
		small := post("small", "a")
		small.Guild = "2"
		s.owe(t, small)
		s.drain(t)
		for i, m := range s.discord.messages {
			if m.channel == "small" && i > 1 {
				t.Errorf("the small server came %dth", i+1)
			}
		}
	})
}

func TestDrainReadsPastHeldChannels(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.Batch = 3
		s.discord.fault = only("create", 1, refused)
		for i := range 10 {
			s.owe(t, post("7", news.DevelopmentID(fmt.Sprint(i))))
		}
		s.owe(t, post("8", "a"))
		s.drain(t)
		if len(s.discord.in("8")) != 1 {
			t.Error("a held channel filled the batch and kept another waiting")
		}
	})
}

func TestDrainDropsAReplyThatItsPostToldFromTheStart(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.renderer.set("a", 2)
		p := post("7", "a")
		p.Want = 2
		s.owe(t, p, reply("7", "a", 2), reply("7", "a", 3))
		s.drain(t)
		if diff := cmp.Diff([]string{p.Key, notify.ReplyKey("7", "a", 3)}, s.shown("7")); diff != "" {
			t.Errorf("channel (-want +got):\n%s", diff)
		}
	})
}

func TestDrainLetsAReplyWaitForItsPost(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		p.DueAt = time.Now().Add(3 * time.Minute)
		s.owe(t, p, reply("7", "a", 2))
		s.settle(t, 2*time.Minute)
		if got := s.shown("7"); len(got) != 0 {
			t.Fatalf("shown before the post: %v", got)
		}
		s.settle(t, 2*time.Minute)
		got := s.discord.in("7")
		if len(got) != 2 || got[1].replyTo != got[0].id {
			t.Errorf("channel shows %+v, want the post and its reply", got)
		}
	})
}

func TestDrainAddsAMissingReference(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		d := notify.NewDispatcher(s.memory, s.discord, plain{}, quiet())
		s.owe(t, post("7", "a"))
		if _, err := d.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := s.discord.in("7"); len(got) != 1 || !strings.HasSuffix(got[0].content, "ref Ra") {
			t.Errorf("channel shows %+v, want the reference on it", got)
		}
	})
}

// plain renders without a reference.
type plain struct{}

func (plain) Render(context.Context, notify.Message) (string, int, error) {
	return "talks go on", 1, nil
}

func TestDrainSetsAsideWhatCannotBeRendered(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		broken := true
		s.renderer.fail = func(m notify.Message) error {
			if broken && m.Development == "a" {
				return errors.New("no words")
			}
			return nil
		}
		s.owe(t, post("7", "a"), post("7", "b"))
		s.drain(t)
		if diff := cmp.Diff([]string{notify.PostKey("7", "b")}, s.shown("7")); diff != "" {
			t.Fatalf("one message blocked its channel (-want +got):\n%s", diff)
		}
		broken = false
		s.settle(t, 2*time.Minute)
		if got := len(s.discord.in("7")); got != 2 {
			t.Errorf("channel shows %d, want 2", got)
		}
	})
}

func TestDrainSkipsAnEmptyDigest(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.renderer.silent = true
		s.owe(t, digest("7", "x"))
		s.drain(t)
		if row := s.row(t, notify.DigestKey(1, "x")); row.State != notify.StateDropped || s.discord.creates != 0 {
			t.Errorf("state %q, %d creates; want it dropped unsent", row.State, s.discord.creates)
		}
	})
}

func TestRunEndsWhenTheTokenIsRefused(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.discord.fault = func(string, int) fault { return badToken }
		s.owe(t, post("7", "a"), post("8", "a"))
		if _, err := s.Drain(t.Context()); !errors.Is(err, notify.ErrToken) {
			t.Errorf("drain: got %v, want ErrToken", err)
		}
		if s.discord.creates != 1 {
			t.Errorf("%d calls with a refused token, want 1", s.discord.creates)
		}
		if err := s.Run(t.Context()); !errors.Is(err, notify.ErrToken) {
			t.Errorf("run: got %v, want ErrToken", err)
		}
	})
}

func TestRunSendsWhenWokenAndStopsWithItsContext(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		s.Tick = time.Hour
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx) }()
		synctest.Wait()
		s.owe(t, post("7", "a"))
		s.Wake()
		s.Wake()
		synctest.Wait()
		if got := len(s.discord.in("7")); got != 1 {
			t.Errorf("channel shows %d after waking, want 1", got)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run ended with %v, want nil", err)
		}
	})
}
