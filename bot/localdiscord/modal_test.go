package localdiscord_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

func TestMessageCommandOpensAFormAndTakesItBack(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	register(t, s, dg, &discordgo.ApplicationCommand{Name: "Correct", Type: discordgo.MessageApplicationCommand})
	dg.AddHandler(func(dg *discordgo.Session, i *discordgo.InteractionCreate) {
		switch i.Type {
		case discordgo.InteractionApplicationCommand:
			d := i.ApplicationCommandData()
			if m := d.Resolved.Messages[d.TargetID]; m == nil || m.Content != "twelve killed" {
				t.Errorf("the command is used on %+v", m)
			}
			reply(t, dg, i, discordgo.InteractionResponseModal, &discordgo.InteractionResponseData{CustomID: "/correct", Title: "What is wrong?", Components: []discordgo.MessageComponent{
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "right", Label: "Right value", Style: discordgo.TextInputShort, Required: true, MaxLength: 20}}},
				discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.TextInput{CustomID: "link", Label: "Link", Style: discordgo.TextInputShort, Value: "https://example.org/"}}},
			}})
		case discordgo.InteractionModalSubmit:
			d := i.ModalSubmitData()
			right := d.Components[0].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput)
			link := d.Components[1].(*discordgo.ActionsRow).Components[0].(*discordgo.TextInput)
			reply(t, dg, i, discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{
				Content: d.CustomID + " " + right.Value + " " + link.Value, Flags: discordgo.MessageFlagsEphemeral,
			})
		}
	})
	s.open(t, dg)
	said, err := s.Say(s.news, s.ann, "twelve killed")
	check(t, err)

	opened, err := s.Invoke(withPatience(t), localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.mod, Command: "Correct", Target: said.ID})
	check(t, err)
	want := &localdiscord.Modal{CustomID: "/correct", Title: "What is wrong?", Fields: []localdiscord.Field{
		{CustomID: "right", Type: 4, Label: "Right value", Required: true, MaxLength: 20, InRow: true},
		{CustomID: "link", Type: 4, Label: "Link", Value: "https://example.org/", InRow: true},
	}}
	if diff := cmp.Diff(want, opened.Modal); diff != "" {
		t.Errorf("modal (-want +got):\n%s", diff)
	}
	for name, values := range map[string]map[string][]string{
		"required field empty": {},
		"too long":             {"right": {"a value of more than twenty characters"}},
		"no such field":        {"right": {"19"}, "wrong": {"x"}},
	} {
		if _, err := s.Submit(t.Context(), opened, values); !errors.Is(err, localdiscord.ErrBadOption) {
			t.Errorf("%s: got %v, want ErrBadOption", name, err)
		}
	}
	done, err := s.Submit(withPatience(t), opened, map[string][]string{"right": {"19"}})
	check(t, err)
	if done.Message.Content != "/correct 19 https://example.org/" || done.Message.Viewer != s.mod {
		t.Errorf("the moderator sees %+v", done.Message)
	}
	if _, err := s.Submit(t.Context(), done, nil); !errors.Is(err, localdiscord.ErrNotFound) {
		t.Errorf("submit without a modal: %v", err)
	}
	s.clean(t)
}

func TestLabelledSelectsOfAModal(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	w := s.dial(t, "v=10") // discordgo v0.29.0 cannot read labels
	register(t, s, s.client(t), statusCommand())
	w.send(s.identify(1, ""))
	w.upTo("GUILD_CREATE")
	done := typed(t, s, s.mod, "/status")
	i := w.interaction()
	a := s.call(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", `{"type":9,"data":{"custom_id":"m","title":"Where?","components":[
		{"type":10,"content":"Choose."},
		{"type":18,"label":"Channel","component":{"type":8,"custom_id":"where"}},
		{"type":18,"label":"Why","component":{"type":4,"custom_id":"why","style":2,"required":false}}]}}`)
	if a.status != 204 {
		t.Fatalf("modal: %s", a.text)
	}
	opened := receive(t, done)
	check(t, opened.err)
	ctx, submitted := withPatience(t), make(chan outcome, 1)
	go func() {
		r, err := s.Submit(ctx, opened.r, map[string][]string{"where": {s.news}})
		submitted <- outcome{r, err}
	}()
	i = w.interaction()
	parts := i.Data.Components
	if i.Type != 5 || len(parts) != 2 || parts[0].Type != 18 || parts[0].Component.Values[0] != s.news || parts[1].Component.Value != "" {
		t.Errorf("submitted %+v", i)
	}
	want := map[string]string{
		"permissions":     strconv.FormatUint(s.Permissions(s.news, s.mod), 10),
		"app_permissions": strconv.FormatUint(s.Permissions(s.news, s.ApplicationID()), 10),
	}
	for key, bits := range want {
		if got := i.Data.Resolved.Channels[s.news][key]; got != bits {
			t.Errorf("the resolved channel has %s %v, want %s", key, got, bits)
		}
	}
	s.call(t, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", `{"type":4,"data":{"content":"thanks"}}`)
	if o := receive(t, submitted); o.err != nil || o.r.Message.Content != "thanks" {
		t.Errorf("the member sees %+v, %v", o.r, o.err)
	}
	s.clean(t)
}

func TestDuplicatedInteractionsComeTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	_, got := handTo(t, s, statusCommand())
	s.Duplicate(1)
	done := typed(t, s, s.ann, "/status")
	first, second := receive(t, got), receive(t, got)
	if first.ID != second.ID {
		t.Errorf("interactions %s and %s", first.ID, second.ID)
	}
	s.call(t, "POST", callbackPath(first), `{"type":4,"data":{"content":"a"}}`)
	if a := s.call(t, "POST", callbackPath(second), `{"type":4,"data":{"content":"a"}}`); a.code() != 40060 {
		t.Errorf("the duplicate's answer gives %s", a.text)
	}
	check(t, receive(t, done).err)
}
