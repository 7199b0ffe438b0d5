package news

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"
)

// busy invents a stream as dense as a full window: 20,000 items in 14 days, of 40
// conflicts, steps told by about five items each in words of their own.
type busy struct {
	rng   *rand.Rand
	words []string
	steps []busyStep
	n     int
}

type busyStep struct {
	conflict ConflictID
	kind     Kind
	words    []string
}

const busyWindow = 20_000

func newBusy() *busy {
	b := &busy{rng: rand.New(rand.NewPCG(3, 9))}
	for i := range 12_000 {
		b.words = append(b.words, fmt.Sprintf("wo%xrd", i*2654435761%99991))
	}
	return b
}

// word draws common words far more often than rare ones, as texts do.
func (b *busy) word() string {
	x := b.rng.Float64()
	return b.words[int(x*x*x*float64(len(b.words)))]
}

func (b *busy) next() Reading {
	if len(b.steps) == 0 || b.rng.IntN(5) == 0 {
		s := busyStep{conflict: ConflictID(fmt.Sprint("conflict", b.rng.IntN(40))), kind: Kinds()[b.rng.IntN(len(Kinds()))]}
		for range 12 {
			s.words = append(s.words, b.word())
		}
		b.steps = append(b.steps, s)
	}
	step := b.steps[len(b.steps)-1-b.rng.IntN(min(len(b.steps), 40))]
	text := ""
	for range 26 {
		text += b.word() + " "
	}
	for _, w := range step.words {
		if b.rng.IntN(3) > 0 {
			text += w + " "
		}
	}
	at := time.Duration(b.n) * (WindowLength / busyWindow)
	r := toldBy(fmt.Sprint("outlet", b.rng.IntN(100)), at, step.kind, text[:50], text)
	r.Item = ItemID(fmt.Sprintf("busy-feed/%08d", b.n))
	r.URL = "https://outlet.example/world/" + string(r.Item)
	r.Conflict = step.conflict
	r = r.claiming(Claim{Kind: Casualties, Quote: text[60:160], Figures: []Figure{atLeast("killed", b.rng.IntN(40))}})
	b.n++
	return r
}

// BenchmarkDeskFile files one item at a full window. With -benchtime=100000x it also
// tells how the last items fare against the first.
func BenchmarkDeskFile(b *testing.B) {
	stream, desk := newBusy(), NewDesk(nil, nil)
	for range busyWindow {
		fileOne(b, desk, stream.next())
	}
	b.ReportAllocs()
	const part = 10_000
	var first, last time.Duration
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		r := stream.next()
		b.StartTimer()
		start := time.Now()
		fileOne(b, desk, r)
		took := time.Since(start)
		if i < part {
			first += took
		}
		if i >= b.N-part {
			last += took
		}
	}
	if b.N >= 2*part {
		b.ReportMetric(last.Seconds()/first.Seconds(), "last/first")
	}
}

// BenchmarkDeskGrowth files 100,000 items from an empty desk and compares the last
// 10,000 with the first 10,000.
func BenchmarkDeskGrowth(b *testing.B) {
	for b.Loop() {
		stream, desk := newBusy(), NewDesk(nil, nil)
		took := make([]time.Duration, 10)
		for i := range 100_000 {
			r := stream.next()
			start := time.Now()
			fileOne(b, desk, r)
			took[i/10_000] += time.Since(start)
		}
		b.ReportMetric(took[9].Seconds()/took[0].Seconds(), "last/first")
		b.ReportMetric(took[9].Seconds()*1e6/10_000, "µs/item")
	}
}

// A full window of 20,000 items may take 40 MB. The short form files a quarter of it,
// which what is at hand and the words weigh on more.
func TestWindowStaysWithinItsMemory(t *testing.T) {
	items, perItem := 5_000, int64(3_000)
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		items, perItem = busyWindow, 40<<20/busyWindow
	}
	stream, desk := newBusy(), NewDesk(nil, nil)
	before := liveHeap()
	for range items {
		fileOne(t, desk, stream.next())
	}
	took := (liveHeap() - before) / int64(items)
	t.Logf("%d bytes an item", took)
	if took > perItem {
		t.Errorf("the window takes %d bytes an item, want at most %d", took, perItem)
	}
	runtime.KeepAlive(desk)
}

func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
