package notify_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

var errDead = errors.New("the process is dead")

// life counts the steps of one process and ends it at one of them. Before and after the
// effect of each call is a step.
type life struct {
	mu    sync.Mutex
	steps int
	endAt int // 0: it lives on
	dead  bool
}

// step takes a step, and reports whether the process still lives after it.
func (l *life) step() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.dead {
		return false
	}
	l.steps++
	l.dead = l.steps == l.endAt
	return !l.dead
}

// do runs a call between two steps.
func (l *life) do(call func() error) error {
	if !l.step() {
		return errDead
	}
	err := call()
	if !l.step() {
		return errDead
	}
	return err
}

// mortalOutbox is an outbox that a process can die in front of or behind.
type mortalOutbox struct {
	notify.Outbox
	life *life
	// noIntent loses intents, as a dispatcher without them would; markFirst takes the
	// intent for the receipt.
	noIntent, markFirst bool
}

func (o *mortalOutbox) OwedMessages(ctx context.Context, now time.Time, limit int) (out []notify.Message, err error) {
	err = o.life.do(func() error { out, err = o.Outbox.OwedMessages(ctx, now, limit); return err })
	return out, err
}

func (o *mortalOutbox) Intend(ctx context.Context, key string, at time.Time) error {
	return o.life.do(func() error {
		switch {
		case o.noIntent:
			return nil
		case o.markFirst:
			return o.Outbox.Settle(ctx, key, notify.StateSent, at, "")
		}
		return o.Outbox.Intend(ctx, key, at)
	})
}

func (o *mortalOutbox) Doubt(ctx context.Context, key string, at time.Time, looks int, looked time.Time) error {
	return o.life.do(func() error { return o.Outbox.Doubt(ctx, key, at, looks, looked) })
}

func (o *mortalOutbox) Receipt(ctx context.Context, key string, id guild.MessageID, revision int, at time.Time) error {
	return o.life.do(func() error { return o.Outbox.Receipt(ctx, key, id, revision, at) })
}

func (o *mortalOutbox) Settle(ctx context.Context, key string, s notify.State, due time.Time, problem string) error {
	return o.life.do(func() error { return o.Outbox.Settle(ctx, key, s, due, problem) })
}

func (o *mortalOutbox) PostOf(ctx context.Context, c guild.ChannelID, d news.DevelopmentID) (m notify.Message, err error) {
	err = o.life.do(func() error { m, err = o.Outbox.PostOf(ctx, c, d); return err })
	return m, err
}

// mortalPoster is a poster that a process can die in front of or behind.
type mortalPoster struct {
	*discord
	life *life
}

func (p *mortalPoster) Create(ctx context.Context, post notify.Post) (id guild.MessageID, err error) {
	err = p.life.do(func() error { id, err = p.discord.Create(ctx, post); return err })
	return id, err
}

func (p *mortalPoster) Edit(ctx context.Context, id guild.MessageID, post notify.Post) error {
	return p.life.do(func() error { return p.discord.Edit(ctx, id, post) })
}

func (p *mortalPoster) Find(ctx context.Context, c guild.ChannelID, ref string, after time.Time) (id guild.MessageID, ok bool, err error) {
	err = p.life.do(func() error { id, ok, err = p.discord.Find(ctx, c, ref, after); return err })
	return id, ok, err
}

// drama is one run: two processes that die at given steps, and a third that lives.
type drama struct {
	endFirst, endSecond int
	down                time.Duration // between one and the next
	trouble             fault         // of the first create
	outbox              mortalOutbox  // the variant played
	neverFinds          bool
	forgetNonces        bool
}

func (d drama) String() string {
	return fmt.Sprintf("ends %d and %d, down %v, fault %d", d.endFirst, d.endSecond, d.down, d.trouble)
}

// outcome is what a drama left behind.
type outcome struct {
	steps         [2]int // of the first two processes
	lost, doubled int
	problem       string // anything else that is wrong
}

// play runs the drama in a bubble of its own.
func (d drama) play(t *testing.T) (out outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		memory, room, words := new(notifytest.Memory), newDiscord(), new(renderer)
		room.fault = only("create", 1, d.trouble)
		room.neverFinds, room.forgetNonces = d.neverFinds, d.forgetNonces
		owe := func(ms ...notify.Message) {
			if err := memory.Owe(t.Context(), ms...); err != nil {
				t.Fatal(err)
			}
		}
		p := post("7", "a")
		owe(p, digest("7", "x"))
		out.steps[0] = d.live(t, memory, room, words, d.endFirst)
		time.Sleep(d.down)
		words.set("a", 2)
		p.Want, p.DueAt = 2, time.Now()
		owe(p, reply("7", "a", 2))
		out.steps[1] = d.live(t, memory, room, words, d.endSecond)
		time.Sleep(d.down)
		d.live(t, memory, room, words, 0)
		time.Sleep(time.Hour) // what is late has appeared by now
		out.judge(memory, room)
	})
	return out
}

// live runs one process until it dies or has nothing left to do, and returns how many
// steps it took.
func (d drama) live(t *testing.T, memory *notifytest.Memory, room *discord, words *renderer, end int) int {
	l := &life{endAt: end}
	outbox := d.outbox
	outbox.Outbox, outbox.life = memory, l
	dispatcher := notify.NewDispatcher(&outbox, &mortalPoster{room, l}, words, quiet())
	dispatcher.Workers = 1
	dispatcher.Jitter = func(most time.Duration) time.Duration { return most }
	for range 600 {
		_, err := dispatcher.Drain(t.Context())
		if err != nil && !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		if l.dead || finished(memory) {
			break
		}
		time.Sleep(time.Second)
	}
	return l.steps
}

func finished(memory *notifytest.Memory) bool {
	for _, m := range memory.Messages() {
		if m.State == notify.StateOwed {
			return false
		}
	}
	return true
}

// judge counts what the channel shows against what was owed.
func (o *outcome) judge(memory *notifytest.Memory, room *discord) {
	shown := make(map[string]int)
	place := make(map[string]int)
	for i, m := range room.in("7") {
		var key string
		if _, err := fmt.Sscan(m.content, &key); err != nil {
			o.problem = err.Error()
		}
		shown[key]++
		place[key] = i
	}
	for _, m := range memory.Messages() {
		toldAnyway := m.Form == notify.FormReply && m.Problem == "its post told it from the start"
		switch n := shown[m.Key]; {
		case n == 0 && !toldAnyway:
			o.lost++
		case n > 1:
			o.doubled++
		}
		if m.State == notify.StateOwed {
			o.problem = m.Key + " is still owed"
		}
	}
	r, p := notify.ReplyKey("7", "a", 2), notify.PostKey("7", "a")
	if shown[r] > 0 && place[r] < place[p] {
		o.problem = "the reply stands before its post"
	}
	for _, m := range room.in("7") {
		if m.content == p+" revision 1 ref Ra" {
			o.problem = "the post still shows revision 1"
		}
	}
}

// crashes runs the variant through every pair of steps, some downtimes and faults, and adds
// up what was lost and doubled.
func crashes(t *testing.T, variant drama, downs []time.Duration, faults []fault) (total outcome, runs int) {
	t.Helper()
	for _, down := range downs {
		for _, f := range faults {
			variant.down, variant.trouble = down, f
			for first := 1; ; first++ {
				var out outcome
				for second := 1; ; second++ {
					variant.endFirst, variant.endSecond = first, second
					out = variant.play(t)
					runs++
					total.lost += out.lost
					total.doubled += out.doubled
					if out.problem != "" || out.lost+out.doubled > 0 {
						total.problem = fmt.Sprintf("%v: lost %d, doubled %d, %s", variant, out.lost, out.doubled, out.problem)
					}
					if out.steps[1] < second {
						break // the second process came to its end alive
					}
				}
				if out.steps[0] < first {
					break
				}
			}
		}
	}
	return total, runs
}

func TestCrashBetweenAnyTwoStepsLosesAndDoublesNothing(t *testing.T) {
	downs := []time.Duration{time.Second, 100 * time.Second, time.Hour}
	faults := []fault{answerLost, late}
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		faults = []fault{fine, lost, answerLost, late, refused}
	}
	got, runs := crashes(t, drama{}, downs, faults)
	t.Logf("%d runs", runs)
	if got.lost != 0 || got.doubled != 0 || got.problem != "" {
		t.Errorf("lost %d, doubled %d; the last: %s", got.lost, got.doubled, got.problem)
	}
}

// The harness must be able to see loss and doubles: each variant leaves out one part of
// the algorithm.

func TestNegativeWithoutNonceDoubles(t *testing.T) {
	got, runs := crashes(t, drama{forgetNonces: true}, []time.Duration{time.Second}, []fault{answerLost})
	t.Logf("%d runs: lost %d, doubled %d", runs, got.lost, got.doubled)
	if got.doubled == 0 {
		t.Error("nothing doubled: the harness does not see what the nonce is for")
	}
}

func TestNegativeWithoutIntentDoubles(t *testing.T) {
	got, runs := crashes(t, drama{outbox: mortalOutbox{noIntent: true}}, []time.Duration{time.Hour}, []fault{fine})
	t.Logf("%d runs: lost %d, doubled %d", runs, got.lost, got.doubled)
	if got.doubled == 0 {
		t.Error("nothing doubled: the harness does not see what the intent is for")
	}
}

func TestNegativeWithoutReadBackDoubles(t *testing.T) {
	got, runs := crashes(t, drama{neverFinds: true}, []time.Duration{time.Hour}, []fault{fine})
	t.Logf("%d runs: lost %d, doubled %d", runs, got.lost, got.doubled)
	if got.doubled == 0 {
		t.Error("nothing doubled: the harness does not see what the search is for")
	}
}

func TestNegativeMarkThenPostLoses(t *testing.T) {
	got, runs := crashes(t, drama{outbox: mortalOutbox{markFirst: true}}, []time.Duration{time.Hour}, []fault{fine})
	t.Logf("%d runs: lost %d, doubled %d", runs, got.lost, got.doubled)
	if got.lost == 0 {
		t.Error("nothing lost: the harness does not see what the receipt is for")
	}
}
