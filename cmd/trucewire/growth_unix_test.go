package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"trucewire/config"
)

// generated is a feed of invented items as dense as the desk's window may be: 20,000 in
// 14 days, of all conflicts of the catalogue, each step told by about five items in
// words of their own. It notes the CPU time at which each tenth part of it was read.
type generated struct {
	rng      *rand.Rand
	sides    [][2]string // the names of two parties of a conflict
	words    []string
	steps    []generatedStep
	n, most  int
	read     []time.Duration
	leftover bytes.Buffer
}

type generatedStep struct {
	sides         [2]string
	act           string
	about         []string
	killed, hours int
}

func newGenerated(tb testing.TB, most int) *generated {
	cat, err := config.LoadCatalogue("")
	must(tb, err)
	g := &generated{rng: rand.New(rand.NewPCG(7, 11)), most: most}
	for _, c := range cat.News.Conflicts {
		if len(c.Parties) > 1 {
			g.sides = append(g.sides, [2]string{c.Parties[0].Short, c.Parties[1].Short})
		}
	}
	for i := range 8_000 {
		g.words = append(g.words, fmt.Sprintf("wo%xrd", i*2654435761%99991))
	}
	return g
}

// word draws common words far more often than rare ones, as texts do.
func (g *generated) word() string {
	x := g.rng.Float64()
	return g.words[int(x*x*x*float64(len(g.words)))]
}

func (g *generated) step() generatedStep {
	if len(g.steps) == 0 || g.rng.IntN(5) == 0 {
		acts := []string{
			"agree to a truce", "hold new ceasefire talks", "exchange prisoners under the truce", "trade blame for breach of the ceasefire",
			"prolong their ceasefire", "reject a ceasefire proposal", "let an aid convoy through under the truce",
		}
		s := generatedStep{
			sides: g.sides[g.rng.IntN(len(g.sides))], act: acts[g.rng.IntN(len(acts))], killed: 2 + g.rng.IntN(60), hours: 12 * (1 + g.rng.IntN(8)),
		}
		for range 8 {
			s.about = append(s.about, g.word())
		}
		g.steps = append(g.steps, s)
	}
	return g.steps[len(g.steps)-1-g.rng.IntN(min(len(g.steps), 40))]
}

func (g *generated) next() inputItem {
	s := g.step()
	var loose strings.Builder
	for range 12 {
		loose.WriteString(g.word() + " ")
	}
	for _, w := range s.about {
		if g.rng.IntN(3) > 0 {
			loose.WriteString(w + " ")
		}
	}
	at := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(g.n) * (14 * 24 * time.Hour / 20_000))
	return inputItem{
		ID: fmt.Sprintf("growth-%06d", g.n), URL: fmt.Sprintf("https://outlet%d.example/%d", g.n%100, g.n), Outlet: fmt.Sprintf("outlet%d.example", g.n%100),
		Published: at.Format(time.RFC3339), Lang: "en",
		Title: fmt.Sprintf("%s and %s %s", s.sides[0], s.sides[1], s.act),
		Text:  fmt.Sprintf("At least %d people were killed before the %d-hour pause, a UN spokesman said on %s. %s.", s.killed, s.hours, at.Weekday(), strings.TrimSpace(loose.String())),
	}
}

func (g *generated) Read(p []byte) (int, error) {
	if g.leftover.Len() == 0 {
		if g.n == g.most {
			g.read = append(g.read, cpuTime())
			return 0, io.EOF
		}
		if g.n%(g.most/10) == 0 {
			g.read = append(g.read, cpuTime())
		}
		if err := json.NewEncoder(&g.leftover).Encode(g.next()); err != nil {
			return 0, err
		}
		g.n++
	}
	return g.leftover.Read(p)
}

// cpuTime is what the process has used of all cores.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkReplayGrowth replays 100,000 items and compares the CPU time of the last
// 10,000 with that of the first.
func BenchmarkReplayGrowth(b *testing.B) {
	for b.Loop() {
		g := newGenerated(b, 100_000)
		var stderr bytes.Buffer
		if err := run(b.Context(), []string{"replay", "-"}, func(string) string { return "" }, g, io.Discard, &stderr); err != nil {
			b.Fatal(err, stderr.String())
		}
		part := func(i int) float64 { return (g.read[i+1] - g.read[i]).Seconds() }
		b.ReportMetric(part(9)/part(0), "last/first")
		b.ReportMetric(part(9)*1000/10_000, "cpu-ms/item")
	}
}
