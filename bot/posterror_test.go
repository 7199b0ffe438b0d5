package bot

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/notify"
)

// errAgain stands for a *notify.RetryError in tables.
var errAgain = errors.New("again")

// fateError is what postError made of a failure, as the dispatcher sees it.
func fateError(err error) error {
	if _, again := errors.AsType[*notify.RetryError](err); again {
		return errAgain
	}
	for _, known := range []error{notify.ErrGone, notify.ErrRejected, notify.ErrAlreadyDone, notify.ErrToken} {
		if errors.Is(err, known) {
			return known
		}
	}
	return nil
}

// The table of reference.md §10, line by line, with the status that Discord sends beside
// the code.
func TestEveryErrorOfDiscordHasItsFate(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		codes  []int
		want   error // nil: the outcome is unknown
	}{
		{"token bad or reset", 401, []int{0, 50014, 40001}, notify.ErrToken},
		{"unknown channel, unknown guild", 404, []int{10003, 10004}, notify.ErrGone},
		{"sent, then deleted", 404, []int{10008}, notify.ErrAlreadyDone},
		{"webhook or interaction gone", 404, []int{10015, 10062}, notify.ErrRejected},
		{"bad webhook token is not a bad bot token", 401, []int{50027}, notify.ErrRejected},
		{"cannot see, may not send", 403, []int{50001, 50013}, notify.ErrGone},
		{"direct messages closed", 403, []int{50007, 50278}, notify.ErrGone},
		{"our payload is wrong", 400, []int{50035, 50006}, notify.ErrRejected},
		{"filters of the server", 400, []int{200000, 240000}, notify.ErrRejected},
		{"wrong channel type", 400, []int{50008, 50024, 40058, 40067}, notify.ErrGone},
		{"locked, archived, too many threads", 400, []int{160005, 50083, 160006}, notify.ErrGone},
		{"temporary", 400, []int{20016, 20028, 20029, 40004, 130000}, errAgain},
		{"too many edits", 429, []int{30046, 20022}, errAgain},
		{"any other 429", 429, []int{0, 31001}, errAgain},
		{"done already", 400, []int{40060, 40033}, notify.ErrAlreadyDone},
		{"a limit of the day", 400, []int{30032, 30034}, errAgain},
		{"blocked by the front", 403, []int{40333}, errAgain},
		{"unknown codes go by their status", 403, []int{0, 999999}, notify.ErrGone},
		{"unknown 404", 404, []int{0}, notify.ErrGone},
		{"unknown 400", 400, []int{0, 999999}, notify.ErrRejected},
		{"server errors", 500, []int{0}, nil},
		{"502", 502, []int{0}, nil},
		{"504", 504, []int{0}, nil},
	} {
		for _, code := range c.codes {
			if got := fateError(postError(&apiError{Status: c.status, Code: code})); !errors.Is(got, c.want) || (got == nil) != (c.want == nil) {
				t.Errorf("%s (%d, code %d): %v, want %v", c.name, c.status, code, got, c.want)
			}
		}
	}
	for _, e := range []*apiError{{Status: 403, HTML: true}, {Status: 429, HTML: true}, {Status: 404, HTML: true}} {
		if got := fateError(postError(e)); !errors.Is(got, errAgain) {
			t.Errorf("HTML with status %d: %v, want again", e.Status, got)
		}
	}
	if got := fateError(postError(&apiError{Status: 502, HTML: true})); got != nil {
		t.Errorf("HTML with status 502: %v, want an unknown outcome", got)
	}
}

// A moderator reads why a channel was paused, and what to do.
func TestWhatPausesAChannelSaysWhatToDo(t *testing.T) {
	for code := range 300000 {
		f, mend := fateOf(code)
		if (f == fateGone) != (mend != "") {
			t.Errorf("code %d: fate %d says %q", code, f, mend)
		}
		if f == fateGone && !strings.Contains(postError(&apiError{Status: 403, Code: code}).Error(), mend) {
			t.Errorf("code %d: the words %q are lost", code, mend)
		}
	}
}

func TestDailyLimitWaitsForTomorrow(t *testing.T) {
	err := postError(&apiError{Status: 400, Code: codeDailyCommands})
	if again, ok := errors.AsType[*notify.RetryError](err); !ok || again.After != tomorrow {
		t.Errorf("error %v, want a day to wait", err)
	}
}

// A message older than an hour may be edited only so often (30046): its time is waited for,
// and after that it is edited once an hour. No request is wasted meanwhile.
func TestOldMessageIsEditedOnceAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n == 0 {
				return response(http.StatusTooManyRequests, nil, `{"code":30046,"retry_after":600.0}`)
			}
			return response(http.StatusOK, nil, `{"id":"7"}`)
		}
		start := time.Now()
		var edited []time.Duration
		for time.Since(start) < 4*time.Hour {
			err := b.Edit(t.Context(), "7", postTo("200", ""))
			if err == nil {
				edited = append(edited, time.Since(start).Round(time.Minute))
			} else if again, ok := errors.AsType[*notify.RetryError](err); !ok || again.After <= 0 {
				t.Fatalf("error %v, want a time to wait", err)
			}
			time.Sleep(time.Minute)
		}
		want := "[10m0s 1h10m0s 2h10m0s 3h10m0s]"
		if got := fmt.Sprint(edited); got != want {
			t.Errorf("edited at %s, want %s", got, want)
		}
		if e.sent != len(edited)+1 {
			t.Errorf("%d requests for %d edits and one refusal", e.sent, len(edited))
		}
	})
}

// A published message may be edited three times an hour (20022); after that once an hour,
// with the newest text.
func TestPublishedMessageKeepsItsLastEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n == 0 {
				return response(http.StatusTooManyRequests, nil, `{"code":20022,"retry_after":2.0}`)
			}
			return response(http.StatusOK, nil, `{"id":"7"}`)
		}
		for i := range 120 {
			p := postTo("200", "")
			p.Content = fmt.Sprint("revision ", i)
			err := b.Edit(t.Context(), "7", p)
			if again, ok := errors.AsType[*notify.RetryError](err); err != nil && (!ok || again.After > slowEdit) {
				t.Fatal(err)
			}
			time.Sleep(time.Minute)
		}
		if len(e.bodies) != 2 || !strings.Contains(e.bodies[1], "revision 60") {
			t.Errorf("sent %q, want the first and, after an hour, the newest", e.bodies)
		}
	})
}

func TestSlowEditsAreForgotten(t *testing.T) {
	var s slowEdits
	now := time.Unix(1_800_000_000, 0)
	for i := range 1000 {
		now = now.Add(time.Hour)
		_ = s.note(guild.MessageID(fmt.Sprint(i)), &apiError{Status: 429, Code: codeOldEdits, After: time.Minute}, now)
	}
	if n := len(s.next); n > 30 {
		t.Errorf("%d messages are remembered after 1,000 hours", n)
	}
}

func TestRefusedWordsAreMendedOnce(t *testing.T) {
	for name, c := range map[string]struct {
		code          int
		content, want string
	}{
		"a filter of links": {
			codeHarmfulLink, "Truce · [The Post · post.example](<https://post.example/a?b=1>) and https://x.example/y\n-# ref 7K3Q",
			"Truce · The Post · post.example and x.example\n-# ref 7K3Q",
		},
		"automod":  {codeAutoMod, "See <https://x.example/y>. ref 7K3Q", "See x.example. ref 7K3Q"},
		"too long": {codeInvalidForm, strings.Repeat("word ", 500) + "\n-# ref 7K3Q\n<@&1>", "-# ref 7K3Q\n<@&1>"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStageThatChecks(t, localdiscord.Options{}, &desk{}, nil)
			in := s.Inject(localdiscord.Fault{Method: "POST", Path: routeMessages, Kind: localdiscord.JSONError, Code: c.code})
			must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post(c.content, "n1")))
			got := s.Messages(s.news)
			if len(got) != 1 || !strings.HasSuffix(got[0].Content, c.want) || size(got[0].Content) > maxContent || in.Hits() != 1 {
				t.Errorf("messages %+v, want one that ends in %q", got, c.want)
			}
		})
	}
}

// What Discord still refuses then is refused for good: no loop.
func TestWhatCannotBeMendedIsRejected(t *testing.T) {
	for _, code := range []int{codeHarmfulLink, codeAutoMod, codeInvalidForm, codeArchivedThread} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			s := newStageThatChecks(t, localdiscord.Options{}, &desk{}, nil)
			in := s.Inject(localdiscord.Fault{Path: routeMessages, Kind: localdiscord.JSONError, Code: code, Times: -1})
			_, err := s.bot.Create(t.Context(), s.post("See https://x.example/y ref 7K3Q", "n1"))
			want := notify.ErrRejected
			if code == codeArchivedThread {
				want = notify.ErrGone
			}
			if !errors.Is(err, want) || in.Hits() > mendTries {
				t.Errorf("%v after %d requests, want %v", err, in.Hits(), want)
			}
		})
	}
}

func TestAnArchivedThreadIsReopened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		archived := true
		e.answer = func(_ int, r *http.Request) *http.Response {
			switch {
			case strings.HasSuffix(r.URL.Path, "/channels/200"):
				archived = r.Method != http.MethodPatch
			case archived:
				return response(http.StatusBadRequest, nil, `{"code":50083,"message":"Thread is archived"}`)
			}
			return response(http.StatusOK, nil, `{"id":"9"}`)
		}
		must[guild.MessageID](t)(b.Create(t.Context(), postTo("200", "n1")))
		archived = true
		check(t, b.Edit(t.Context(), "9", postTo("200", "")))
		if want := `{"archived":false}`; e.sent != 6 || e.bodies[1] != want || e.bodies[0] != e.bodies[2] {
			t.Errorf("requests %q", e.bodies)
		}
	})
}

// Discord takes so many new commands a day; what it refuses for that is no mistake of ours.
func TestCommandsOverTheDailyLimitAreRegisteredTomorrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		b.deps.Marks = &desk{}
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n == 0 {
				return response(http.StatusBadRequest, nil, `{"code":30034,"message":"daily application command creates"}`)
			}
			return response(http.StatusOK, nil, `[]`)
		}
		start := time.Now()
		b.registerFor(t.Context(), "7")
		if took := time.Since(start); e.sent != 2 || took != tomorrow {
			t.Errorf("%d requests within %s, want 2 within a day", e.sent, took)
		}
	})
}
