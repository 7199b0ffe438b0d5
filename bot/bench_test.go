package bot

import (
	"slices"
	"sync"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
)

// BenchmarkFiftyInteractions gives 50 commands at once through the real gateway and REST
// and reports the slowest first answer of each round, 99th percentile.
func BenchmarkFiftyInteractions(b *testing.B) {
	s := newStageThatChecks(b, localdiscord.Options{}, &desk{}, nil)
	s.run(b)
	var mu sync.Mutex
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				r := s.invoke(b, s.ann, "/status libya")
				mu.Lock()
				took = append(took, r.Took)
				mu.Unlock()
			})
		}
		wg.Wait()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100])/float64(time.Millisecond), "p99-ms")
}
