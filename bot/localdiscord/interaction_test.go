package localdiscord_test

import (
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

func statusCommand() *discordgo.ApplicationCommand {
	return &discordgo.ApplicationCommand{Name: "status", Description: "Is the truce holding?", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "conflict", Description: "Which conflict"},
	}}
}

func alertsCommand() *discordgo.ApplicationCommand {
	manage := int64(localdiscord.ManageGuild)
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	return &discordgo.ApplicationCommand{
		Name: "alerts", Description: "Alerts of a channel", DefaultMemberPermissions: &manage, Contexts: &contexts,
		Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "add", Description: "Follow a conflict", Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionChannel, Name: "channel", Description: "Where to", Required: true, ChannelTypes: []discordgo.ChannelType{discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews}},
				{Type: discordgo.ApplicationCommandOptionString, Name: "conflict", Description: "Which", Required: true, Autocomplete: true},
				{Type: discordgo.ApplicationCommandOptionInteger, Name: "severity", Description: "From which severity", Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "critical", Value: 1}, {Name: "notable", Value: 2}}},
			}},
			{Type: discordgo.ApplicationCommandOptionSubCommand, Name: "list", Description: "What this server follows"},
		},
	}
}

func register(t *testing.T, s stage, dg *discordgo.Session, list ...*discordgo.ApplicationCommand) {
	t.Helper()
	made, err := dg.ApplicationCommandBulkOverwrite(s.ApplicationID(), "", list)
	check(t, err)
	if len(made) != len(list) || made[0].ID == "" {
		t.Fatalf("registered %d commands, want %d with ids", len(made), len(list))
	}
}

func reply(t testing.TB, dg *discordgo.Session, i *discordgo.InteractionCreate, kind discordgo.InteractionResponseType, d *discordgo.InteractionResponseData) {
	t.Helper()
	if err := dg.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: kind, Data: d}); err != nil {
		t.Errorf("respond: %v", err)
	}
}

func TestCommandReachesTheBotAndTheMemberSeesItsReply(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	register(t, s, dg, statusCommand(), alertsCommand())
	got := make(chan *discordgo.InteractionCreate, 1)
	dg.AddHandler(func(dg *discordgo.Session, i *discordgo.InteractionCreate) {
		got <- i
		reply(t, dg, i, discordgo.InteractionResponseChannelMessageWithSource, &discordgo.InteractionResponseData{
			Content: "Added.", Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
		})
	})
	s.open(t, dg)

	r, err := s.Type(withPatience(t), s.guild, s.news, s.mod, "/alerts add channel:#news conflict:libya severity:notable")
	check(t, err)

	i := <-got
	sub := i.ApplicationCommandData().Options[0]
	if i.Member.User.ID != s.mod || i.Member.Permissions&int64(localdiscord.ManageGuild) == 0 || i.Locale != "fr" || *i.GuildLocale != "en-GB" {
		t.Errorf("member %+v locale %s guild locale %s", i.Member, i.Locale, *i.GuildLocale)
	}
	if uint64(i.AppPermissions) != s.Permissions(s.news, s.ApplicationID()) || i.AppPermissions == 0 {
		t.Errorf("app permissions %d", i.AppPermissions)
	}
	if sub.Name != "add" || sub.Options[0].ChannelValue(nil).ID != s.news || sub.Options[1].StringValue() != "libya" || sub.Options[2].IntValue() != 2 {
		t.Errorf("options %+v", sub.Options)
	}
	if c := i.ApplicationCommandData().Resolved.Channels[s.news]; c == nil || c.Name != "news" {
		t.Errorf("the channel option is not resolved")
	}
	if r.Message.Content != "Added." || r.Message.Viewer != s.mod || r.Callback != 4 {
		t.Errorf("the member sees %+v", r)
	}
	if public := s.Messages(s.news); len(public) != 0 {
		t.Errorf("an ephemeral reply is public: %+v", public)
	}
	if mine, others := s.MessagesFor(s.news, s.mod), s.MessagesFor(s.news, s.ann); len(mine) != 1 || len(others) != 0 {
		t.Errorf("moderator sees %d messages, the other member %d; want 1 and 0", len(mine), len(others))
	}
	s.clean(t)
}

func TestDeferredAnswerIsWaitedForAndFollowUpsAreSeen(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	register(t, s, dg, statusCommand())
	dg.AddHandler(func(dg *discordgo.Session, i *discordgo.InteractionCreate) {
		reply(t, dg, i, discordgo.InteractionResponseDeferredChannelMessageWithSource, &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral})
		text := "Holding."
		if _, err := dg.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text}); err != nil {
			t.Errorf("edit: %v", err)
		}
		if _, err := dg.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{Content: "More."}); err != nil {
			t.Errorf("follow up: %v", err)
		}
	})
	var seen []string
	s.OnMessage(func(e localdiscord.Event) {
		seen = append(seen, e.Kind.String()+" "+e.Message.Content)
	})
	s.open(t, dg)

	r, err := s.Type(withPatience(t), s.guild, s.news, s.ann, "/status libya")
	check(t, err)
	if r.Message.Content != "Holding." || !r.Deferred || !r.Message.Ephemeral() || r.Message.Loading {
		t.Errorf("the member sees %+v", r)
	}
	r, err = s.Await(withPatience(t), r, 2)
	check(t, err)
	if len(r.FollowUps) != 1 || r.FollowUps[0].Content != "More." || r.FollowUps[0].Ephemeral() {
		t.Errorf("follow-ups %+v", r.FollowUps)
	}
	want := []string{"created ", "edited Holding.", "created More."}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	s.clean(t)
}

func TestButtonEditsItsMessage(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	dg.AddHandler(func(dg *discordgo.Session, i *discordgo.InteractionCreate) {
		if i.MessageComponentData().CustomID != "/page/2" || i.Message.Content != "page 1" {
			t.Errorf("component %+v on %q", i.MessageComponentData(), i.Message.Content)
		}
		reply(t, dg, i, discordgo.InteractionResponseUpdateMessage, &discordgo.InteractionResponseData{Content: "page 2"})
	})
	s.open(t, dg)
	m, err := dg.ChannelMessageSendComplex(s.news, &discordgo.MessageSend{Content: "page 1", Components: []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Next", Style: discordgo.PrimaryButton, CustomID: "/page/2"}}},
	}})
	check(t, err)
	r, err := s.Click(withPatience(t), s.Messages(s.news)[0], "/page/2", s.ann)
	check(t, err)
	if r.Message.ID != m.ID || r.Message.Content != "page 2" || len(r.Message.Components) != 0 {
		t.Errorf("the member sees %+v", r.Message)
	}
	s.clean(t)
}

func TestAutocompleteListsTheBotsChoices(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	register(t, s, dg, alertsCommand())
	dg.AddHandler(func(dg *discordgo.Session, i *discordgo.InteractionCreate) {
		o := i.ApplicationCommandData().Options[0].Options[0]
		if i.Type != discordgo.InteractionApplicationCommandAutocomplete || !o.Focused || o.StringValue() != "lib" {
			t.Errorf("autocomplete %v of %+v", i.Type, o)
		}
		reply(t, dg, i, discordgo.InteractionApplicationCommandAutocompleteResult, &discordgo.InteractionResponseData{
			Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "Libya", Value: "libya"}},
		})
	})
	s.open(t, dg)
	list, err := s.Autocomplete(withPatience(t), localdiscord.Invocation{
		Guild: s.guild, Channel: s.news, User: s.mod, Command: "alerts add", Options: map[string]any{"conflict": "lib"}, Focused: "conflict",
	})
	check(t, err)
	if len(list) != 1 || list[0].Name != "Libya" || string(list[0].Value) != `"libya"` {
		t.Errorf("choices %+v", list)
	}
	s.clean(t)
}
