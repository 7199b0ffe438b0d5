package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"trucewire/config"
	"trucewire/news"
	"trucewire/store"
)

// maxReplayLine bounds one line of input: a full article with room to spare.
const maxReplayLine = 8 << 20

// replayOptions are the flags of `trucewire replay`.
type replayOptions struct {
	groupOnly bool
	explain   bool
	digest    string
	until     string
	catalogue string
	restart   int
}

func newReplay(e *env) *cobra.Command {
	var o replayOptions
	cmd := &cobra.Command{
		Use:   "replay [FILE|-]",
		Short: "Read items as JSON lines and print what the bot makes of them",
		Long: "Reads one item a line (id, url, outlet, published, title, text, lang), oldest first, and prints what the desk decides and\n" +
			"what one virtual channel would see: item, status and post lines. No network, no Discord. The clock is the published\n" +
			"time of the item being read; the same input gives the same bytes.\n\n" +
			"--explain adds to every item line an object \"explain\":\n" +
			"  lang        the language pack the item was read with\n" +
			"  relevance   probability of a development, the threshold, and the features that weighed most (feature, value, weight, adds)\n" +
			"  conflicts   score of each conflict named, the part from the title, names, sides, and the threshold\n" +
			"  kinds       candidates with probability and threshold, the phrases of the grammar found (frame, modality, byte span) and weights\n" +
			"  days        days named, resolved against the publication in the outlet's zone, with the rule\n" +
			"  certainty   high, fair or low\n" +
			"  filing      score of the development joined or come closest to, its best rival, signals, rules of novelty, origin\n" +
			"  one_sided   the party whose side alone tells the development; empty: others do too\n" +
			"  standings   status changes that rest on the item, with their rule\n" +
			"  process     the conflict's process after the item: none, talks or arrangement\n" +
			"and to every status line its \"rule\". How to read them: docs/reading.md.",
		Args: arguments(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return e.replay(cmd.Context(), args, o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.groupOnly, "group-only", false, "skip the relevance gate and group every item")
	f.BoolVar(&o.explain, "explain", false, "add what decided: features, weights, thresholds, phrases, rules (see above)")
	f.StringVar(&o.digest, "digest", "", "print digests as they fall due: daily (08:00 UTC) or hourly")
	f.StringVar(&o.until, "until", "", "go on to this time (RFC 3339) after the last item, firing what falls due")
	f.StringVar(&o.catalogue, "catalogue", "", "YAML file that overrides or adds to the catalogue")
	f.IntVar(&o.restart, "restart", 0, "stop the desk after every N items and load it again from a database, to show that nothing changes")
	return cmd
}

func (e *env) replay(ctx context.Context, args []string, o replayOptions) error {
	until, every, err := o.times()
	if err != nil {
		return &usageError{err}
	}
	in, closeInput, err := e.replayInput(args)
	if err != nil {
		return err
	}
	defer closeInput()
	catalogue, err := config.LoadCatalogue(o.catalogue)
	if err != nil {
		return err
	}
	r, err := newReplayer(catalogue.News, e.stdout)
	if err != nil {
		return err
	}
	r.explain, r.digestEvery, r.desk.GroupOnly = o.explain, every, o.groupOnly
	if o.restart > 0 {
		memory, forget, err := openMemory(ctx)
		if err != nil {
			return err
		}
		defer forget()
		r.memory, r.restartEvery = memory, o.restart
	}
	if err := r.readAll(ctx, in); err != nil {
		return err
	}
	return r.advance(ctx, until)
}

func (o replayOptions) times() (until time.Time, digestEvery time.Duration, err error) {
	if o.until != "" {
		if until, err = time.Parse(time.RFC3339, o.until); err != nil {
			return until, 0, fmt.Errorf("--until %q is no RFC 3339 time such as 2023-04-18T16:00:00Z", o.until)
		}
	}
	switch o.digest {
	case "":
	case "daily":
		digestEvery = 24 * time.Hour
	case "hourly":
		digestEvery = time.Hour
	default:
		return until, 0, fmt.Errorf("--digest %q is neither daily nor hourly", o.digest)
	}
	if o.restart < 0 {
		return until, 0, fmt.Errorf("--restart %d is not a number of items", o.restart)
	}
	return until, digestEvery, nil
}

func (e *env) replayInput(args []string) (io.Reader, func(), error) {
	if len(args) == 0 || args[0] == "-" {
		return e.stdin, func() {}, nil
	}
	f, err := os.Open(args[0])
	if err != nil {
		return nil, nil, fmt.Errorf("replay: %w", err)
	}
	return f, func() { _ = f.Close() }, nil
}

// openMemory is a database that lives as long as the replay.
func openMemory(ctx context.Context) (*store.Store, func(), error) {
	dir, err := os.MkdirTemp("", "trucewire-replay-")
	if err != nil {
		return nil, nil, fmt.Errorf("replay: %w", err)
	}
	db, err := store.Open(ctx, dir)
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return db, func() { _ = db.Close(); _ = os.RemoveAll(dir) }, nil
}

func (r *replayer) readAll(ctx context.Context, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxReplayLine)
	for n := 1; lines.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(lines.Bytes()) == 0 {
			continue
		}
		it, err := r.decode(lines.Bytes())
		if err != nil {
			return fmt.Errorf("replay: line %d: %w", n, err)
		}
		if err := r.read(ctx, it); err != nil {
			return fmt.Errorf("replay: line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("replay: read input: %w", err)
	}
	return nil
}

// newestStandings keeps, per arrangement, the last standing of a sequence.
type newestStandings map[news.ConflictID]map[news.ArrangementID]news.Standing

func (n newestStandings) add(all []news.Standing) {
	for _, s := range all {
		if n[s.Conflict] == nil {
			n[s.Conflict] = make(map[news.ArrangementID]news.Standing)
		}
		n[s.Conflict][s.Arrangement] = s
	}
}
