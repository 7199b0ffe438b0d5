package bot

import (
	"context"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/news"
)

func TestStatusIsAnsweredToTheMemberAlone(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	r := s.invoke(t, s.ann, "/status libya")
	wantText(t, r.Message.Content, "Status of libya in "+s.guild)
	if !r.Message.Ephemeral() || r.Deferred {
		t.Errorf("ephemeral %v, deferred %v; want a prompt ephemeral answer", r.Message.Ephemeral(), r.Deferred)
	}
	s.clean(t)
}

func TestHandlerThatPanicsIsAnsweredAndLogged(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{status: func(context.Context, guild.ID, news.ConflictID) (string, error) { panic("kaboom") }})
	s.run(t)
	wantText(t, s.invoke(t, s.ann, "/status").Message.Content, unknownText)
	wantText(t, s.log.String(), "panic: kaboom")
	wantText(t, s.log.String(), "router_test.go")
	wantText(t, s.invoke(t, s.ann, "/latest").Message.Content, "Latest")
}

func TestSlowHandlerIsDeferredInTime(t *testing.T) {
	release := make(chan struct{})
	s := newStage(t, localdiscord.Options{}, &desk{status: func(ctx context.Context, _ guild.ID, _ news.ConflictID) (string, error) {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return "at last", ctx.Err()
	}})
	s.bot.app.ack = 50 * time.Millisecond
	s.OnMessage(func(e localdiscord.Event) {
		if e.Message.Loading && e.Kind == localdiscord.Created {
			close(release)
		}
	})
	s.run(t)
	r := s.invoke(t, s.ann, "/status")
	if !r.Deferred || r.Message.Content != "at last" || !r.Message.Ephemeral() {
		t.Errorf("deferred %v, ephemeral %v, content %q", r.Deferred, r.Message.Ephemeral(), r.Message.Content)
	}
	s.clean(t)
}
