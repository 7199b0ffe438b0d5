package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
)

const stageChannel = "ceasefires"

// stagePatience is how long the stage waits for an answer. Discord waits 3 s; a
// newcomer's machine may be busy compiling.
const stagePatience = 30 * time.Second

// stage is the small Discord that `try` plays on: one server, one channel, and the
// person at the terminal as its moderator.
type stage struct {
	discord *localdiscord.Server
	guild   string
	channel string
	user    string

	mu  sync.Mutex
	out io.Writer
}

// newStage opens a Discord on loopback. now stamps its messages.
func newStage(out io.Writer, log *slog.Logger, now func() time.Time) (*stage, error) {
	s := &stage{discord: localdiscord.New(localdiscord.Options{Log: log, Now: now, AnswerWithin: stagePatience}), out: out}
	if err := s.discord.Start(); err != nil {
		return nil, err
	}
	if err := s.furnish(); err != nil {
		_ = s.discord.Close()
		return nil, fmt.Errorf("stage: %w", err)
	}
	s.discord.OnMessage(s.show)
	return s, nil
}

func (s *stage) furnish() (err error) {
	if s.guild, err = s.discord.AddGuild(localdiscord.Guild{Name: "Your server"}); err != nil {
		return err
	}
	if s.channel, err = s.discord.AddChannel(localdiscord.Channel{Guild: s.guild, Name: stageChannel}); err != nil {
		return err
	}
	if s.user, err = s.discord.AddUser(localdiscord.User{Name: "you"}); err != nil {
		return err
	}
	moderator := guild.ManageServer | guild.ViewChannel | guild.SendMessages | guild.ReadMessageHistory
	return s.discord.AddMember(s.guild, s.user, uint64(moderator))
}

func (s *stage) close() error { return s.discord.Close() }

// show prints what the channel sees. Answers to commands are printed where they were
// typed.
func (s *stage) show(e localdiscord.Event) {
	if e.Message.Command != "" || e.Message.Loading || !e.Message.Bot {
		return
	}
	what, at := "new post", e.Message.Created
	switch {
	case e.Kind == localdiscord.Deleted:
		return
	case e.Kind == localdiscord.Edited:
		what, at = "edited, silently", e.Message.Edited
	case e.Message.ReplyTo != "":
		what = "reply"
	}
	s.block(fmt.Sprintf("#%s · %s · %s", stageChannel, at.UTC().Format("Mon 2 Jan 2006 15:04 UTC"), what), e.Message.Content)
}

// block prints a heading and a text indented under it.
func (s *stage) block(heading, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.out, "\n%s\n", heading)
	for line := range strings.SplitSeq(strings.TrimRight(s.plain(text), "\n"), "\n") {
		fmt.Fprintf(s.out, "    %s\n", line)
	}
}

// instant is how Discord is told to show a moment in the reader's own zone.
var instant = regexp.MustCompile(`<t:(\d+)(:[a-zA-Z])?>`)

// plain shows what a Discord client would show for moments and channels. All else stays
// as it was sent.
func (s *stage) plain(text string) string {
	text = strings.ReplaceAll(text, "<#"+s.channel+">", "#"+stageChannel)
	return instant.ReplaceAllStringFunc(text, func(mark string) string {
		seconds, err := strconv.ParseInt(instant.FindStringSubmatch(mark)[1], 10, 64)
		if err != nil {
			return mark
		}
		return time.Unix(seconds, 0).UTC().Format("2 Jan 2006 15:04 UTC")
	})
}

// say prints a line of the program itself.
func (s *stage) say(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.out, format+"\n", args...)
}

// typed gives a command as the person at the terminal and prints the answer.
func (s *stage) typed(ctx context.Context, line string) error {
	answer, err := s.discord.Type(ctx, s.guild, s.channel, s.user, line)
	if err != nil {
		return err
	}
	who := "answer"
	if answer.Message.Ephemeral() {
		who = "answer, only you see it"
	}
	s.block(who, answer.Message.Text())
	for _, m := range answer.FollowUps {
		s.block(who, m.Text())
	}
	return nil
}
