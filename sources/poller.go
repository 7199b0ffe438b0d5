package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Defaults of a [Poller].
const (
	defaultWorkers   = 16
	defaultHostGap   = time.Second
	defaultSpread    = 5 * time.Minute
	defaultRetention = 180 * 24 * time.Hour // as long as item texts are kept, design.md §9
	// maxDue is how many sources one tick takes; the rest is due at the next.
	maxDue = 500
	// tickBudget is how long a tick starts new fetches, so that a slow host cannot hold
	// up the next tick; what was not started stays due.
	tickBudget = 45 * time.Second
	// maxParses bounds the memory of parsing: this many bodies at a time.
	maxParses = 2
)

// Poller looks at the sources that are due and hands what they brought to the filer.
// The exported fields are knobs; set them before the first call.
type Poller struct {
	Workers   int           // fetches at a time; zero: 16
	Every     time.Duration // between looks at a source that sets none; zero: 5 min
	Floor     time.Duration // shortest interval; zero: 2 min
	Ceiling   time.Duration // longest that a publisher's headers count for; zero: 24 h
	HostGap   time.Duration // between requests to one host; zero: 1 s; negative: none
	Spread    time.Duration // most that is added to a wait so that feeds drift apart; zero: 5 min; negative: none
	Retention time.Duration // entries published longer ago are skipped; zero: 180 days
	// Now tells domain time when an answer has come. Nil: the tick's own time.
	Now func() time.Time

	ledger  Ledger
	filer   Filer
	fetcher *Fetcher
	log     *slog.Logger
	parses  chan struct{}

	mu     sync.Mutex
	paused map[string]time.Time // hosts that asked to be left alone, until when
	asked  map[string]time.Time // addresses asked lately, when next
}

// NewPoller returns a Poller that starts nothing: call [Poller.Tick].
func NewPoller(l Ledger, f Filer, fetcher *Fetcher, log *slog.Logger) *Poller {
	return &Poller{
		ledger:  l,
		filer:   f,
		fetcher: fetcher,
		log:     log,
		parses:  make(chan struct{}, maxParses),
		paused:  map[string]time.Time{},
		asked:   map[string]time.Time{},
	}
}

// Tick looks at every source that is due at now and returns when all it brought is
// filed. The filer is called from this goroutine only, one poll at a time. Sources
// that share an address are fetched once. A failing source is not an error of the
// tick: its state says so. The error is what the ledger or the filer refused, joined;
// those polls are made again. Ticks must not overlap.
func (p *Poller) Tick(ctx context.Context, now time.Time) error {
	due, err := p.ledger.DueChecks(ctx, now, maxDue)
	if err != nil {
		return fmt.Errorf("take due sources: %w", err)
	}
	if len(due) == 0 {
		return nil
	}
	due, deferred := p.deferPaused(due, now)
	var errs []error
	for _, poll := range deferred {
		errs = append(errs, p.file(ctx, poll))
	}
	for look := range p.lookAll(ctx, groupByHost(due), now) {
		for _, c := range look.checks {
			errs = append(errs, p.settle(ctx, c, look))
		}
	}
	return errors.Join(errs...)
}

// settle files what one source has of a look.
func (p *Poller) settle(ctx context.Context, c Check, l look) error {
	poll, err := p.pollOf(ctx, c, l)
	if err != nil {
		return fmt.Errorf("poll %s: %w", c.Source.ID, err)
	}
	if err := p.file(ctx, poll); err != nil {
		return err
	}
	p.report(c, poll)
	return nil
}

func (p *Poller) file(ctx context.Context, poll Poll) error {
	if err := p.filer.FilePoll(ctx, poll); err != nil {
		return fmt.Errorf("file poll of %s: %w", poll.Source.ID, err)
	}
	return nil
}

// report logs what changed in a source's health, once.
func (p *Poller) report(c Check, poll Poll) {
	id := string(c.Source.ID)
	switch {
	case poll.State.Problem != "" && poll.State.Problem != c.State.Problem:
		p.log.Warn("source fails", "source", id, "err", poll.State.Problem, "next", poll.State.NextCheckAt)
	case poll.State.Problem == "" && c.State.Problem != "":
		p.log.Info("source works again", "source", id)
	}
	if len(poll.Items) > 0 {
		p.log.Info("source polled", "source", id, "items", len(poll.Items), "baseline", poll.Baseline)
	}
}

// look is one fetch and what came of it, for all sources that share the address.
type look struct {
	url    string
	checks []Check
	at     time.Time
	res    Response
	hash   string // of the body
	feed   Feed   // of the body; empty if no source needs it read
	full   bool   // asked without validators
	err    error
}

// lookAll fetches and parses in parallel. The channel is closed when all is done; it
// must be read to its end.
func (p *Poller) lookAll(ctx context.Context, hosts []hostJobs, now time.Time) <-chan look {
	out := make(chan look)
	slots := make(chan struct{}, orDefault(p.Workers, defaultWorkers))
	started := time.Now()
	var wg sync.WaitGroup
	for _, h := range hosts {
		wg.Go(func() {
			for i, job := range h.jobs {
				if i > 0 && !pause(ctx, p.hostGap()) || time.Since(started) > tickBudget {
					return
				}
				slots <- struct{}{}
				if ctx.Err() == nil && !p.isPaused(h.host, now) {
					if l := p.look(ctx, job, now); ctx.Err() == nil {
						out <- l
					}
				}
				<-slots
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// look asks for one address and reads the answer if any of its sources needs it.
func (p *Poller) look(ctx context.Context, j job, now time.Time) look {
	l := look{url: j.url, checks: j.checks, at: now}
	req := j.request(now)
	l.full = !req.conditional()
	res, warm := p.fetcher.takeWarm(j.url, now)
	if !warm || !l.full {
		res, l.err = p.fetcher.Fetch(ctx, req)
	}
	if p.Now != nil {
		l.at = p.Now()
	}
	l.res = res
	if l.err == nil && !res.NotModified {
		p.read(&l)
	}
	p.remember(l)
	return l
}

// read parses the body, unless every source has seen the same one.
func (p *Poller) read(l *look) {
	sum := sha256.Sum256(l.res.Body)
	l.hash = hex.EncodeToString(sum[:])
	if l.seenByAll() {
		return
	}
	p.parses <- struct{}{}
	defer func() { <-p.parses }()
	feed, err := Parse(l.res.Body, l.res.ContentType, l.res.URL)
	if err != nil {
		l.err = &FetchError{URL: MaskURL(l.url), Err: err}
	}
	l.feed = feed
	l.res.Body = nil
}

func (l look) seenByAll() bool {
	for _, c := range l.checks {
		if c.State.BodyHash != l.hash {
			return false
		}
	}
	return true
}

func (p *Poller) hostGap() time.Duration { return max(0, orDefault(p.HostGap, defaultHostGap)) }

// pause waits for d unless ctx ends first; it reports whether to go on.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// orDefault returns v, or d for the zero value.
func orDefault[T int | time.Duration](v, d T) T {
	if v == 0 {
		return d
	}
	return v
}

func (p *Poller) pace() pace {
	return pace{
		every:   orDefault(p.Every, defaultEvery),
		floor:   orDefault(p.Floor, defaultFloor),
		ceiling: orDefault(p.Ceiling, defaultCeiling),
		spread:  max(0, orDefault(p.Spread, defaultSpread)),
	}
}
