package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/notify"
)

const (
	routeMessages = "/channels/{channel}/messages"
	routeMessage  = "/channels/{channel}/messages/{message}"
)

func (s *stage) post(content, nonce string) notify.Post {
	return notify.Post{Guild: guild.ID(s.guild), Channel: guild.ChannelID(s.news), Content: content, Nonce: nonce}
}

func TestCreateWorksWithoutTheGateway(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	check(t, s.SetBotPermissions(s.guild, localdiscord.DefaultBot|localdiscord.MentionEveryone))
	id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Truce holds. @everyone <@"+s.ann+"> ref 7K3Q", "n1")))
	all := s.Messages(s.news)
	if len(all) != 1 || all[0].ID != string(id) {
		t.Fatalf("messages %+v, want the one with id %s", all, id)
	}
	if !all[0].Pings.None() {
		t.Errorf("the post pinged %+v", all[0].Pings)
	}
	if want := 1 << 2; all[0].Flags != want {
		t.Errorf("flags %d, want %d (no link previews)", all[0].Flags, want)
	}
	s.clean(t)
}

func TestSilentPostIsSentWithoutNotification(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	p := s.post("Quietly", "n1")
	p.Silent = true
	must[guild.MessageID](t)(s.bot.Create(t.Context(), p))
	if got, want := s.Messages(s.news)[0].Flags, 1<<2|1<<12; got != want {
		t.Errorf("flags %d, want %d", got, want)
	}
	s.clean(t)
}

func TestReplyAnswersItsPostEvenIfThatIsGone(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	first := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Post", "n1")))
	p := s.post("Correction", "n2")
	p.ReplyTo = first
	must[guild.MessageID](t)(s.bot.Create(t.Context(), p))
	if got := s.Messages(s.news)[1].ReplyTo; got != string(first) {
		t.Errorf("reply to %q, want %q", got, first)
	}
	check(t, s.Delete(s.news, string(first)))
	p.Nonce, p.Content = "n3", "Second correction"
	if _, err := s.bot.Create(t.Context(), p); err != nil {
		t.Errorf("a reply to a removed post: %v", err)
	}
	s.clean(t)
}

// Discord refuses replies where the bot cannot read history.
func TestReplyWithoutHistoryIsPostedPlainly(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	first := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Post", "n1")))
	check(t, s.SetRole(s.guild, s.guild, localdiscord.ViewChannel|localdiscord.SendMessages))
	check(t, s.SetBotPermissions(s.guild, 0))
	p := s.post("Correction", "n2")
	p.ReplyTo = first
	must[guild.MessageID](t)(s.bot.Create(t.Context(), p))
	all := s.Messages(s.news)
	if len(all) != 2 || all[1].Content != "Correction" || all[1].ReplyTo != "" {
		t.Errorf("messages %+v", all)
	}
}

func TestEditOfAnotherAuthorsMessageIsNotAPermissionProblem(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	m := must[localdiscord.Message](t)(s.Say(s.news, s.ann, "mine"))
	if err := s.bot.Edit(t.Context(), guild.MessageID(m.ID), s.post("x", "")); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("error %v, want ErrNotFound", err)
	}
}

// A create whose answer is lost must be repeatable: the caller cannot know.
func TestCreateIsNotDoubledWhenItsAnswerIsLost(t *testing.T) {
	for name, kind := range map[string]localdiscord.FaultKind{
		"502 after commit":  localdiscord.CommitThen502,
		"drop after commit": localdiscord.CommitThenDrop,
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			s.Inject(localdiscord.Fault{Method: "POST", Path: routeMessages, Kind: kind})
			_, err := s.bot.Create(t.Context(), s.post("Once", "n1"))
			if err == nil || isKnown(err) {
				t.Fatalf("error %v, want one of unknown outcome", err)
			}
			if n := len(s.Messages(s.news)); n != 1 {
				t.Fatalf("%d messages after one call; discordgo must not repeat it", n)
			}
			id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Once", "n1")))
			if all := s.Messages(s.news); len(all) != 1 || all[0].ID != string(id) {
				t.Errorf("messages %+v, want one with id %s", all, id)
			}
			s.noSecret(t, err.Error())
		})
	}
}

// isKnown reports whether the dispatcher learns from the error what became of the call.
func isKnown(err error) bool {
	_, again := errors.AsType[*notify.RetryError](err)
	return again || errors.Is(err, notify.ErrGone) || errors.Is(err, notify.ErrRejected) || errors.Is(err, notify.ErrAlreadyDone) ||
		errors.Is(err, notify.ErrToken) || errors.Is(err, notify.ErrNotFound)
}

func TestCreateOfARemovedPostIsDone(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Removed", "n1")))
	check(t, s.Delete(s.news, string(id)))
	if _, err := s.bot.Create(t.Context(), s.post("Removed", "n1")); !errors.Is(err, notify.ErrAlreadyDone) {
		t.Errorf("error %v, want ErrAlreadyDone", err)
	}
}

func TestEditChangesThePostAndPingsNobody(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("One outlet", "n1")))
	check(t, s.bot.Edit(t.Context(), id, s.post("Two outlets @here", "")))
	if got := s.Messages(s.news)[0]; got.Content != "Two outlets @here" || got.Flags != 1<<2 {
		t.Errorf("content %q, flags %d", got.Content, got.Flags)
	}
	check(t, s.Delete(s.news, string(id)))
	if err := s.bot.Edit(t.Context(), id, s.post("Three", "")); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("edit of a removed post: %v, want ErrNotFound", err)
	}
	s.clean(t)
}

func TestFindSeesOnlyTheBotsOwnMessageWithTheReference(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	before := time.Now()
	// The bot is mentioned: of other messages it may not read the content anyway.
	must[localdiscord.Message](t)(s.Say(s.news, s.ann, "<@"+s.ApplicationID()+"> what is ref 7K3Q?"))
	must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("See https://x.example/a7K3Qb · ref 9ZZZ", "n0")))
	for name, c := range map[string]struct {
		ref  string
		want bool
	}{"absent": {"7K3Q", false}, "present": {"9ZZZ", true}, "as the tail of a word": {"ZZZ", false}} {
		_, found, err := s.bot.Find(t.Context(), guild.ChannelID(s.news), c.ref, before)
		if err != nil || found != c.want {
			t.Errorf("%s: found %v, err %v; want %v", name, found, err, c.want)
		}
	}
}

func TestFindReadsBeyondOnePage(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	before := time.Now()
	for i := range 250 {
		must[localdiscord.Message](t)(s.Say(s.news, s.ann, fmt.Sprintf("chatter %d", i)))
	}
	id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Post · ref 7K3Q", "n1")))
	got, found, err := s.bot.Find(t.Context(), guild.ChannelID(s.news), "7K3Q", before)
	if err != nil || !found || got != id {
		t.Errorf("found %v %q, err %v; want %q", found, got, err, id)
	}
}

func TestFindLooksOnlyAtWhatCameAfter(t *testing.T) {
	story := time.Date(2020, 6, 10, 12, 0, 0, 0, time.UTC)
	s := newStage(t, localdiscord.Options{Now: func() time.Time { return story }}, &desk{})
	must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("Old post · ref 7K3Q", "n1")))
	for after, want := range map[time.Time]bool{story: true, story.Add(50 * time.Second): true, story.Add(10 * time.Minute): false} {
		_, found, err := s.bot.Find(t.Context(), guild.ChannelID(s.news), "7K3Q", after)
		if err != nil || found != want {
			t.Errorf("after %s: found %v, err %v; want %v", after.Sub(story), found, err, want)
		}
	}
}

// Without Read Message History Discord answers with an empty list.
func TestFindIsBlindWithoutHistory(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	private := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "blind", Overwrites: []localdiscord.Overwrite{
		{User: s.ApplicationID(), Deny: localdiscord.ReadMessageHistory},
	}}))
	_, found, err := s.bot.Find(t.Context(), guild.ChannelID(private), "7K3Q", time.Now())
	if found || err != nil {
		t.Errorf("a channel without any message: found %v, err %v; want plainly absent", found, err)
	}
	p := s.post("Post · ref 7K3Q", "n1")
	p.Channel = guild.ChannelID(private)
	must[guild.MessageID](t)(s.bot.Create(t.Context(), p))
	if _, _, err := s.bot.Find(t.Context(), guild.ChannelID(private), "7K3Q", time.Now()); !errors.Is(err, notify.ErrBlind) {
		t.Errorf("error %v, want ErrBlind", err)
	}
}

func TestLackOfPermissionPausesTheChannel(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	check(t, s.SetBotPermissions(s.guild, localdiscord.ViewChannel))
	check(t, s.SetRole(s.guild, s.guild, localdiscord.ViewChannel))
	_, err := s.bot.Create(t.Context(), s.post("Post", "n1"))
	if !errors.Is(err, notify.ErrGone) {
		t.Fatalf("error %v, want ErrGone", err)
	}
	wantText(t, err.Error(), s.news)
}

func TestRateLimitIsReturnedWithItsWait(t *testing.T) {
	for name, c := range map[string]struct {
		kind localdiscord.FaultKind
		want time.Duration
	}{
		"user":   {localdiscord.RateLimitUser, 40700 * time.Millisecond},
		"shared": {localdiscord.RateLimitShared, 40700 * time.Millisecond},
		"global": {localdiscord.RateLimitGlobal, 40700 * time.Millisecond},
		"html":   {localdiscord.RateLimitHTML, 41 * time.Second}, // only the header, in whole seconds
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			in := s.Inject(localdiscord.Fault{Path: routeMessages, Kind: c.kind, RetryAfter: 40700 * time.Millisecond})
			_, err := s.bot.Create(t.Context(), s.post("Post", "n1"))
			again, ok := errors.AsType[*notify.RetryError](err)
			if !ok || again.After != c.want {
				t.Fatalf("error %v, want a RetryError after %s", err, c.want)
			}
			if in.Hits() != 1 {
				t.Errorf("%d requests, want 1: it is too long to wait for", in.Hits())
			}
		})
	}
}

// What Discord says of an old message reaches the dispatcher, through the real HTTP.
func TestTooManyEditsOfAnOldMessageWaitAsDiscordSays(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	id := must[guild.MessageID](t)(s.bot.Create(t.Context(), s.post("One outlet", "n1")))
	in := s.Inject(localdiscord.Fault{Method: "PATCH", Path: routeMessage, Kind: localdiscord.JSONError, Code: codeOldEdits, RetryAfter: 90 * time.Second})
	for range 2 {
		err := s.bot.Edit(t.Context(), id, s.post("Two outlets", ""))
		if again, ok := errors.AsType[*notify.RetryError](err); !ok || again.After > 90*time.Second || again.After < time.Minute {
			t.Errorf("error %v, want a wait of 90 s", err)
		}
	}
	if in.Hits() != 1 || s.Messages(s.news)[0].Content != "One outlet" {
		t.Errorf("%d requests: the second could know", in.Hits())
	}
}

// During a global limit every further request would count towards a ban.
func TestGlobalRateLimitHoldsEveryRequest(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.Inject(localdiscord.Fault{Path: routeMessages, Kind: localdiscord.RateLimitGlobal, RetryAfter: time.Hour})
	if _, err := s.bot.Create(t.Context(), s.post("Post", "n1")); err == nil {
		t.Fatal("want a rate limit")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	p := s.post("Other", "n2")
	p.Channel = "1"
	_, err := s.bot.Create(ctx, p)
	if again, ok := errors.AsType[*notify.RetryError](err); !ok || again == nil {
		t.Errorf("error %v, want a RetryError: nothing was sent", err)
	}
	if len(s.Messages(s.news)) != 0 {
		t.Error("a request passed during the global limit")
	}
}

func TestNothingListeningIsKnownToHaveNoEffect(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	check(t, s.Close())
	_, err := s.bot.Create(t.Context(), s.post("Post", "n1"))
	if _, ok := errors.AsType[*notify.RetryError](err); !ok {
		t.Errorf("error %v, want a RetryError", err)
	}
}

func TestCarriesOnlyWholeWords(t *testing.T) {
	for content, want := range map[string]bool{
		"x · ref 7K3Q": true, "ref 7K3Q": true, "7K3Q": true, "7K3Q.": true, "a7K3Q": false, "7K3Qé": false, "": false,
		"a7K3Q 7K3Q": true, "ref 7K3Q-2": false,
	} {
		if got := carries(content, "7K3Q"); got != want {
			t.Errorf("carries(%q) = %v, want %v", content, got, want)
		}
	}
	if carries("anything", "") {
		t.Error("an empty reference is carried by nothing")
	}
}

func TestSnowflakeOfAMoment(t *testing.T) {
	// An id and its creation time from Discord's documentation of snowflakes.
	at := time.UnixMilli(1462015105796)
	if got, id := snowflakeAt(at), uint64(175928847299117063); got > id || id-got >= 1<<22 {
		t.Errorf("snowflake %d, want the lowest of the millisecond of %d", got, id)
	}
	if got := snowflakeAt(time.Unix(0, 0)); got != 0 {
		t.Errorf("before Discord: %d, want 0", got)
	}
}

func TestRefusedTokenIsSaidToTheCaller(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	b := s.newBot(t, "wrong-"+canary)
	_, err := b.Create(t.Context(), s.post("Post", "n1"))
	if !errors.Is(err, notify.ErrToken) {
		t.Errorf("error %v, want ErrToken", err)
	}
	s.noSecret(t, fmt.Sprintf("%v %+v %#v", err, err, err))
}
