package bot

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
)

func TestStatusCanBeShownInTheChannel(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	r := s.invoke(t, s.ann, "/status libya")
	shown := s.click(t, r.Message, "Show in channel", s.ann)
	if shown.Message.Ephemeral() || shown.Message.Content != r.Message.Content {
		t.Errorf("shown %+v, want the same text for everyone", shown.Message)
	}
	if len(shown.Message.Components) != 0 {
		t.Error("the public message has buttons that anyone could press")
	}
	s.clean(t)
}

// click presses the button with the label.
func (s *stage) click(t testing.TB, m localdiscord.Message, label, user string) localdiscord.Response {
	t.Helper()
	for _, row := range m.Components {
		for _, b := range row.Components {
			if b.Label == label {
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				return must[localdiscord.Response](t)(s.Click(ctx, m, b.CustomID, user))
			}
		}
	}
	t.Fatalf("no button %q on %+v", label, m)
	return localdiscord.Response{}
}

func labels(m localdiscord.Message) string {
	var all []string
	for _, row := range m.Components {
		for _, b := range row.Components {
			all = append(all, b.Label)
		}
	}
	return strings.Join(all, ",")
}

func TestLongAnswersHavePages(t *testing.T) {
	long := strings.Repeat("A line about the harbour talks.\n", 150)
	s := newStage(t, localdiscord.Options{}, &desk{latest: func(context.Context, guild.ID, LatestQuery) (string, error) { return long, nil }})
	s.run(t)
	first := s.invoke(t, s.ann, "/latest")
	if got := labels(first.Message); got != "More" {
		t.Fatalf("buttons %q", got)
	}
	second := s.click(t, first.Message, "More", s.ann)
	if second.Message.ID != first.Message.ID || labels(second.Message) != "Back,More" {
		t.Errorf("page 2: id %s, buttons %q; want the same message turned", second.Message.ID, labels(second.Message))
	}
	third := s.click(t, second.Message, "More", s.ann)
	if got := labels(third.Message); got != "Back" {
		t.Errorf("page 3: buttons %q", got)
	}
	joined := first.Message.Content + "\n" + second.Message.Content + "\n" + third.Message.Content
	if joined != strings.TrimSpace(long) {
		t.Errorf("the pages lose text: %d of %d bytes", len(joined), len(long))
	}
	back := s.click(t, third.Message, "Back", s.ann)
	if back.Message.Content != second.Message.Content {
		t.Error("back does not lead back")
	}
	s.clean(t)
}

// A page that cannot be had must not wipe out the one that is there.
func TestFailedPageTurnLeavesThePage(t *testing.T) {
	fail := false
	s := newStage(t, localdiscord.Options{}, &desk{latest: func(context.Context, guild.ID, LatestQuery) (string, error) {
		if fail {
			return "", errBoom
		}
		return strings.Repeat("word ", 900), nil
	}})
	s.run(t)
	first := s.invoke(t, s.ann, "/latest")
	fail = true
	r := s.click(t, first.Message, "More", s.ann)
	if r.Message.Content != unknownText || r.Message.ID == first.Message.ID || !r.Message.Ephemeral() {
		t.Errorf("answer %+v", r.Message)
	}
}

// The same when the turn was promised already: the apology comes beside the page.
func TestFailedSlowPageTurnLeavesThePage(t *testing.T) {
	var turning atomic.Bool
	promised := make(chan struct{})
	observe := func(r localdiscord.Request) {
		if turning.Load() && strings.HasSuffix(r.Path, "/callback") {
			close(promised)
		}
	}
	s := newStage(t, localdiscord.Options{Observe: observe}, &desk{latest: func(ctx context.Context, _ guild.ID, _ LatestQuery) (string, error) {
		if !turning.Load() {
			return strings.Repeat("word ", 900), nil
		}
		select {
		case <-promised:
		case <-ctx.Done():
		}
		return "", errBoom
	}})
	s.bot.app.ack = time.Nanosecond
	s.run(t)
	first := s.invoke(t, s.ann, "/latest")
	turning.Store(true)
	r := s.click(t, first.Message, "More", s.ann)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r = must[localdiscord.Response](t)(s.Await(ctx, r, 1))
	if len(r.FollowUps) != 1 || r.FollowUps[0].Content != unknownText || !r.FollowUps[0].Ephemeral() {
		t.Errorf("follow-ups %+v", r.FollowUps)
	}
	for _, m := range s.MessagesFor(s.news, s.ann) {
		if m.ID == first.Message.ID && m.Content != first.Message.Content {
			t.Errorf("the page became %q", m.Content)
		}
	}
	s.clean(t)
}

func TestButtonsOfAnotherVersionSayThatTheyExpired(t *testing.T) {
	d := &desk{}
	s := newStage(t, localdiscord.Options{}, d)
	s.run(t)
	for _, id := range []string{
		"0/page/1/latest", "1/page/1/nothing", "1/page/x/latest", "1/show/0/latest", "1/page/0/alerts/add", "1/page/0/source/add?url=x", "", "1/page/-1/latest",
		"1/other/1/latest", "1/page/0/latest?%zz",
	} {
		raw := fmt.Sprintf(`{"id":"1","application_id":"7","token":"t-%s","type":3,"guild_id":"9","channel_id":"5","member":{"user":{"id":"3"},"permissions":"32"},"data":{"custom_id":%q}}`, "x", id)
		got := s.answerTo(t, raw)
		if got.Data.Content != expiredText {
			t.Errorf("custom id %q answered with %q", id, got.Data.Content)
		}
	}
	if n := d.changes(); n != 0 {
		t.Errorf("%d changes were made by buttons", n)
	}
}

func TestMembersWhoMayNotPostDoNotPostThroughTheBot(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	got := s.answerTo(t, `{"id":"1","application_id":"7","token":"t","type":3,"guild_id":"9","channel_id":"5","member":{"user":{"id":"3"},"permissions":"1024"},"data":{"custom_id":"1/show/0/status"}}`)
	wantText(t, got.Data.Content, "may not post")
}
