package sources

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
)

// validatorsFor is how long validators are trusted: a broken server may answer 304
// for ever (NetNewsWire drops them every 8 days).
const validatorsFor = 8 * 24 * time.Hour

// job is one address and the sources that share it.
type job struct {
	url    string
	checks []Check
}

// hostJobs are the jobs of one host, asked one after the other.
type hostJobs struct {
	host   string // with port
	failed int    // the fewest failures in a row of its sources
	jobs   []job
}

// groupByHost makes one job of each address and puts hosts that answered last time
// first, so that dead ones wait behind them.
func groupByHost(due []Check) []hostJobs {
	byURL := map[string]*job{}
	byHost := map[string]*hostJobs{}
	var order []*job
	for _, c := range due {
		u := askedURL(c)
		j, ok := byURL[u]
		if !ok {
			j = &job{url: u}
			byURL[u] = j
			order = append(order, j)
		}
		j.checks = append(j.checks, c)
	}
	for _, j := range order {
		host := hostPort(j.url)
		failed := j.checks[0].State.Failures
		h, ok := byHost[host]
		if !ok {
			h = &hostJobs{host: host, failed: failed}
			byHost[host] = h
		}
		h.failed = min(h.failed, failed)
		h.jobs = append(h.jobs, *j)
	}
	hosts := make([]hostJobs, 0, len(byHost))
	for _, name := range slices.Sorted(maps.Keys(byHost)) {
		hosts = append(hosts, *byHost[name])
	}
	slices.SortStableFunc(hosts, func(a, b hostJobs) int { return cmp.Compare(a.failed, b.failed) })
	return hosts
}

// askedURL is where a source is asked: where it has provably moved to, else where it
// was added.
func askedURL(c Check) string {
	if m := readMemory(c.State.Memory).Moved; m != nil && m.proven(c.State.CheckedAt) && c.State.Failures == 0 {
		return m.To
	}
	return c.Source.URL
}

// A move is believed after this many answers over at least this time: captive portals
// and maintenance pages redirect "permanently" too.
const (
	provenMoves = 3
	provenOver  = 24 * time.Hour
)

func (m *move) proven(now time.Time) bool {
	return m.Count >= provenMoves && now.Sub(time.Unix(m.Since, 0)) >= provenOver
}

func hostPort(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return strings.ToLower(u.Host)
}

// request asks conditionally if all sources of the job hold the same validators and
// those are not too old.
func (j job) request(now time.Time) Request {
	req := Request{URL: j.url}
	for _, c := range j.checks {
		req.MaxBody = max(req.MaxBody, c.Source.MaxBody)
	}
	first := j.checks[0].State
	for _, c := range j.checks {
		st := c.State
		if st.ETag != first.ETag || st.LastModified != first.LastModified || st.BodyHash != first.BodyHash || st.BaselineAt.IsZero() {
			return req
		}
	}
	if full := readMemory(first.Memory).FullAt; full != 0 && now.Sub(time.Unix(full, 0)) > validatorsFor {
		return req
	}
	req.ETag, req.LastModified = first.ETag, first.LastModified
	return req
}

// deferPaused splits off the sources whose host asked to be left alone, whose address
// was just asked for another source, or whose publisher named this hour as quiet: they
// get the end of that as their next check.
// A source that was never read is asked in any case.
func (p *Poller) deferPaused(due []Check, now time.Time) (ready []Check, deferred []Poll) {
	p.mu.Lock()
	defer p.mu.Unlock()
	dropPast(p.paused, now)
	dropPast(p.asked, now)
	for _, c := range due {
		u := askedURL(c)
		until, ok := p.paused[hostPort(u)]
		if t, asked := p.asked[u]; asked && !ok && !c.State.BaselineAt.IsZero() {
			until, ok = t, true
		}
		if !ok { // due before a quiet hour, taken in it
			m := readMemory(c.State.Memory)
			until = skipQuiet(now, m.SkipHours, m.SkipDays)
			ok = until.After(now)
		}
		if !ok {
			ready = append(ready, c)
			continue
		}
		st := c.State
		st.Source, st.NextCheckAt = c.Source.ID, until
		deferred = append(deferred, Poll{Source: c.Source, State: st, At: now})
	}
	return ready, deferred
}

func dropPast(m map[string]time.Time, now time.Time) {
	for k, t := range m {
		if !t.After(now) {
			delete(m, k)
		}
	}
}

// isPaused reports whether the host asked to be left alone since the tick began.
func (p *Poller) isPaused(host string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.paused[host].After(now)
}
