package sources

import "time"

// What a tested answer may wait for the first poll, and how many do.
const (
	warmFor = 10 * time.Minute
	maxWarm = 16
	// maxWarmBody keeps the whole below 16 MiB; a larger feed is asked for again.
	maxWarmBody = 1 << 20
)

// warmAnswer is the answer to the test of a new source.
type warmAnswer struct {
	res Response
	at  time.Time
}

// keepWarm remembers the answer of a test, so that the first poll of a new source,
// moments later, does not ask the publisher the same thing again.
func (f *Fetcher) keepWarm(url string, res Response, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropCold(now)
	if len(f.warm) < maxWarm && len(res.Body) <= maxWarmBody {
		f.warm[url] = warmAnswer{res: res, at: now}
	}
}

// takeWarm hands a kept answer out, once.
func (f *Fetcher) takeWarm(url string, now time.Time) (Response, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropCold(now)
	w, ok := f.warm[url]
	delete(f.warm, url)
	return w.res, ok
}

func (f *Fetcher) dropCold(now time.Time) {
	for url, w := range f.warm {
		if now.Sub(w.at) > warmFor {
			delete(f.warm, url)
		}
	}
}
