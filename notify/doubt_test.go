package notify_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/notify"
)

func TestDrainSearchesWhenTheClockWasSetBack(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		ahead := notify.NewDispatcher(s.memory, s.discord, s.renderer, quiet())
		ahead.Clock = func() time.Time { return time.Now().Add(3 * time.Hour) }
		s.discord.fault = only("create", 1, answerLost)
		s.owe(t, post("7", "a"))
		if _, err := ahead.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour) // the nonce is forgotten, and the attempt still lies ahead
		s.settle(t, 10*time.Minute)
		if got := s.discord.in("7"); len(got) != 1 || s.discord.finds == 0 {
			t.Errorf("channel shows %d posts after %d searches, want the one found", len(got), s.discord.finds)
		}
	})
}

// cancelling ends the context in the middle of the call that takes effect.
type cancelling struct {
	*discord
	cancel context.CancelFunc
}

func (c cancelling) Create(ctx context.Context, p notify.Post) (guild.MessageID, error) {
	id, err := c.discord.Create(ctx, p)
	c.cancel()
	return id, err
}

func TestDrainWritesTheReceiptWhileStopping(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		ctx, cancel := context.WithCancel(t.Context())
		d := notify.NewDispatcher(s.memory, cancelling{s.discord, cancel}, s.renderer, quiet())
		s.owe(t, post("7", "a"), post("7", "b"))
		if _, err := d.Drain(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want the end of the context", err)
		}
		if row := s.row(t, notify.PostKey("7", "a")); row.State != notify.StateSent || row.MessageID == "" {
			t.Errorf("state %q id %q, want the receipt written", row.State, row.MessageID)
		}
		if s.discord.creates != 1 {
			t.Errorf("%d creates, want none after the end", s.discord.creates)
		}
	})
}

func TestDrainDoesNotLetAnEditHoldItsChannel(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		s.drain(t)
		s.discord.fault = only("edit", 1, refused)
		s.renderer.set("a", 2)
		p.Want = 2
		s.owe(t, p, post("7", "b"))
		s.drain(t)
		if diff := cmp.Diff([]string{p.Key, notify.PostKey("7", "b")}, s.shown("7")); diff != "" {
			t.Errorf("news waits for an edit (-want +got):\n%s", diff)
		}
		s.settle(t, time.Minute)
		if got := s.discord.in("7")[0]; !strings.Contains(got.content, "revision 2") {
			t.Errorf("post shows %q, want revision 2", got.content)
		}
	})
}

func TestDrainSendsARepeatedEditUntilItArrives(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		s.drain(t)
		s.discord.fault = func(call string, n int) fault {
			if call == "edit" && n <= 3 {
				return []fault{lost, answerLost, refused}[n-1]
			}
			return fine
		}
		s.renderer.set("a", 2)
		p.Want = 2
		s.owe(t, p)
		s.settle(t, 5*time.Minute)
		if row := s.row(t, p.Key); row.State != notify.StateSent || row.Have != 2 || s.discord.edits != 4 {
			t.Errorf("state %q have %d after %d edits", row.State, row.Have, s.discord.edits)
		}
	})
}

func TestDrainTellsACorrectionOfAPostWhoseFateIsUnknown(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		if err := s.memory.Settle(t.Context(), p.Key, notify.StateUnknown, p.DueAt, "not known"); err != nil {
			t.Fatal(err)
		}
		s.owe(t, reply("7", "a", 2))
		s.drain(t)
		got := s.discord.in("7")
		if len(got) != 1 || got[0].replyTo != "" {
			t.Errorf("channel shows %+v, want the correction by itself", got)
		}
	})
}

func TestDrainPausesAReplyWithItsPost(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		p := post("7", "a")
		s.owe(t, p)
		if err := s.memory.PauseChannel(t.Context(), "1", "7", "no access", time.Now()); err != nil {
			t.Fatal(err)
		}
		r := reply("7", "a", 2)
		s.owe(t, r)
		s.drain(t)
		if row := s.row(t, r.Key); row.State != notify.StatePaused {
			t.Errorf("state %q, want paused", row.State)
		}
	})
}

func TestDrainDropsAReplyWithoutAPost(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		r := reply("7", "a", 2)
		s.owe(t, r)
		s.drain(t)
		if row := s.row(t, r.Key); row.State != notify.StateDropped || row.Problem == "" {
			t.Errorf("state %q problem %q, want dropped with the reason", row.State, row.Problem)
		}
	})
}

func TestDrainWaitsLongerAfterEachFailure(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		var at []time.Time
		s.discord.fault = func(call string, _ int) fault {
			if call == "find" {
				at = append(at, time.Now())
				return lost
			}
			return answerLost
		}
		s.owe(t, post("7", "a"))
		s.drain(t)
		time.Sleep(time.Hour)
		s.settle(t, time.Hour)
		if n := len(at); n < 2 || n > 25 {
			t.Fatalf("%d searches in an hour, want fewer and fewer", n)
		}
		if row := s.row(t, notify.PostKey("7", "a")); row.Problem != errLost.Error() || row.State != notify.StateOwed {
			t.Errorf("state %q problem %q, want it owed with the last problem", row.State, row.Problem)
		}
	})
}

// slow is a Discord that takes a while for each create.
type slow struct {
	*discord
	took time.Duration
}

func (s slow) Create(ctx context.Context, p notify.Post) (guild.MessageID, error) {
	time.Sleep(s.took)
	return s.discord.Create(ctx, p)
}

func TestDrainServesAThousandChannelsInParallelAndEachInOrder(t *testing.T) {
	inBubble(t, func(t *testing.T, s *scene) {
		const channels = 1000
		d := notify.NewDispatcher(s.memory, slow{s.discord, 300 * time.Millisecond}, s.renderer, quiet())
		for i := range channels {
			c := guild.ChannelID(fmt.Sprint(i))
			s.owe(t, post(c, "a"))
			if i%100 == 0 {
				s.owe(t, post(c, "b"))
			}
		}
		began := time.Now()
		sent, err := d.Drain(t.Context())
		if err != nil || sent != channels+channels/100 {
			t.Fatalf("sent %d, %v", sent, err)
		}
		for i := range channels {
			c := guild.ChannelID(fmt.Sprint(i))
			want := []string{notify.PostKey(c, "a")}
			if i%100 == 0 {
				want = append(want, notify.PostKey(c, "b"))
			}
			if diff := cmp.Diff(want, s.shown(c)); diff != "" {
				t.Errorf("channel %s (-want +got):\n%s", c, diff)
			}
		}
		if took := time.Since(began); took > 22*time.Second {
			t.Errorf("a thousand channels took %v, want at most 22 s (design.md §9)", took)
		}
	})
}
