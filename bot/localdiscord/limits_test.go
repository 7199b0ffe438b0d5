package localdiscord

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestWindowCountsAndOpensAgain(t *testing.T) {
	var w window
	start := time.Date(2020, 6, 10, 8, 0, 0, 0, time.UTC)
	for n := range 5 {
		if free, _ := w.take(start.Add(time.Duration(n)*time.Second), 5, 5*time.Second); !free {
			t.Fatalf("request %d is refused", n)
		}
	}
	if free, wait := w.take(start.Add(4*time.Second), 5, 5*time.Second); free || wait != time.Second {
		t.Errorf("the sixth: free %v, wait %s; want refused for 1s", free, wait)
	}
	if free, wait := w.take(start.Add(5*time.Second), 5, 5*time.Second); !free || wait != 5*time.Second {
		t.Errorf("in the next window: free %v, wait %s", free, wait)
	}
}

func TestRulesOfRoutes(t *testing.T) {
	tests := map[string]struct {
		most int
		per  time.Duration
	}{
		"POST /channels/{channel}/messages":                     {5, 5 * time.Second},
		"POST /channels/{channel}/messages/{message}/crosspost": {10, time.Hour},
		"POST /webhooks/{application}/{token}":                  {5, 2 * time.Second},
		"GET /users/@me":                                        {10, 10 * time.Second},
	}
	for route, want := range tests {
		if most, per := rule(route); most != want.most || per != want.per {
			t.Errorf("%s: %d per %s, want %d per %s", route, most, per, want.most, want.per)
		}
	}
}

func TestGlobalLimitSparesInteractions(t *testing.T) {
	s := New(Options{RateLimits: true})
	now := time.Now()
	for range globalRate {
		s.limits.global.take(now, globalRate, time.Second)
	}
	ask := func(open bool) (bool, http.Header) {
		rw := httptest.NewRecorder()
		r := &request{Request: httptest.NewRequest(http.MethodGet, "/", nil), route: "GET /users/@me", at: now}
		return s.limited(rw, r, endpoint{open: open}), rw.Header()
	}
	if limited, h := ask(false); !limited || h.Get("X-RateLimit-Global") != "true" || h.Get("X-RateLimit-Reset-After") != "" {
		t.Errorf("the 51st request of a second: limited %v, %v", limited, h)
	}
	if limited, _ := ask(true); limited {
		t.Error("an interaction is counted to the global limit")
	}
}
