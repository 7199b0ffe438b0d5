package localdiscord_test

import (
	"errors"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

func TestTheBotReadsItsSurroundings(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{Application: localdiscord.Application{ID: "42", Name: "Harbour"}})
	dg := s.client(t)
	role := must[string](t)(s.AddRole(localdiscord.Role{Guild: s.guild, Name: "truce", Permissions: localdiscord.ManageGuild, Mentionable: true}))
	check(t, s.AddMember(s.guild, s.ann, 0, role))

	me, err := dg.User("@me")
	check(t, err)
	app, err := dg.Application("@me")
	check(t, err)
	if me.ID != "42" || !me.Bot || app.ID != "42" || app.Name != "Harbour" {
		t.Errorf("user %+v, application %+v", me, app)
	}
	g, err := dg.Guild(s.guild)
	check(t, err)
	if g.Name != "Tripoli desk" || g.PreferredLocale != "en-GB" || len(g.Roles) != 2 {
		t.Errorf("guild %+v", g)
	}
	channels, err := dg.GuildChannels(s.guild)
	check(t, err)
	ch, err := dg.Channel(s.news)
	check(t, err)
	if len(channels) != 1 || channels[0].ID != s.news || ch.Name != "news" || ch.GuildID != s.guild {
		t.Errorf("channels %+v, channel %+v", channels, ch)
	}
	roles, err := dg.GuildRoles(s.guild)
	check(t, err)
	if len(roles) != 2 || roles[0].ID != s.guild || roles[1].Permissions != int64(localdiscord.ManageGuild) || !roles[1].Mentionable {
		t.Errorf("roles %+v %+v", roles[0], roles[1])
	}
	member, err := dg.GuildMember(s.guild, s.ann)
	check(t, err)
	if diff := cmp.Diff([]string{role}, member.Roles); diff != "" {
		t.Errorf("roles of the member (-want +got):\n%s", diff)
	}
	guilds, err := dg.UserGuilds(10, "", "", false)
	check(t, err)
	if len(guilds) != 1 || guilds[0].ID != s.guild {
		t.Errorf("guilds %+v", guilds)
	}
	check(t, dg.GuildLeave(s.guild))
	if guilds, err = dg.UserGuilds(10, "", "", false); err != nil || len(guilds) != 0 {
		t.Errorf("after leaving: %+v, %v", guilds, err)
	}
	s.clean(t)
}

func TestPermissionsFollowTheirChanges(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	moderates := func(user string) bool { return s.Permissions(s.news, user)&localdiscord.ManageGuild != 0 }
	role := must[string](t)(s.AddRole(localdiscord.Role{Guild: s.guild, Name: "moderators"}))
	check(t, s.AddMember(s.guild, s.ann, 0, role))
	if moderates(s.ann) {
		t.Error("a member moderates")
	}
	check(t, s.SetRole(s.guild, role, localdiscord.ManageGuild))
	if !moderates(s.ann) {
		t.Error("the role does not count")
	}
	check(t, s.SetOverwrites(s.news, localdiscord.Overwrite{Role: role, Deny: localdiscord.ViewChannel}))
	if s.Permissions(s.news, s.ann) != 0 {
		t.Error("the overwrite does not count")
	}
	if diff := cmp.Diff([]localdiscord.Channel{{ID: s.news, Guild: s.guild, Name: "news", Overwrites: []localdiscord.Overwrite{{Role: role, Deny: localdiscord.ViewChannel}}}}, s.Channels(s.guild)); diff != "" {
		t.Errorf("channels (-want +got):\n%s", diff)
	}
	check(t, s.RemoveMember(s.guild, s.mod))
	if s.Permissions(s.news, s.mod) != 0 {
		t.Error("a stranger has permissions")
	}
	for name, err := range map[string]error{
		"role":      s.SetRole(s.guild, "5", 0),
		"member":    s.RemoveMember(s.guild, s.mod),
		"newcomer":  s.AddMember(s.guild, "5", 0),
		"overwrite": s.SetOverwrites("5"),
		"channel":   s.RemoveChannel("5"),
		"guild":     s.RemoveGuild("5"),
		"bot":       s.SetBotPermissions("5", 0),
		"message":   s.Delete(s.news, "5"),
	} {
		if !errors.Is(err, localdiscord.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
}

func TestUserCommandCarriesTheUser(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	_, got := handTo(t, s, &discordgo.ApplicationCommand{Name: "Reports of", Type: discordgo.UserApplicationCommand})
	check(t, s.WaitCommands(withPatience(t)))
	ctx, done := withPatience(t), make(chan outcome, 1)
	on := localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.mod, Command: "Reports of", Target: s.ann}
	go func() {
		r, err := s.Invoke(ctx, on)
		done <- outcome{r, err}
	}()
	i := receive(t, got)
	if d := i.ApplicationCommandData(); d.TargetID != s.ann || d.Resolved.Users[s.ann].Username != "ann" || d.Resolved.Members[s.ann] == nil {
		t.Errorf("data %+v", d)
	}
	s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"none"}}`)
	check(t, receive(t, done).err)
	on.Target = "5"
	if _, err := s.Invoke(ctx, on); !errors.Is(err, localdiscord.ErrNotFound) {
		t.Errorf("on nobody: %v", err)
	}
	on.Command = "Nothing"
	if _, err := s.Invoke(ctx, on); !errors.Is(err, localdiscord.ErrNoCommand) {
		t.Errorf("no such command: %v", err)
	}
}

func TestEmbedsOfOneAddressAreShownOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	s.call(t, "POST", "/channels/"+s.news+"/messages", `{"embeds":[{"title":"a","url":"https://example.org/1"},{"title":"b","url":"https://example.org/1"},{"title":"c"},{"title":"d"}]}`)
	var titles []string
	for _, e := range s.Messages(s.news)[0].Embeds {
		titles = append(titles, e.Title)
	}
	if diff := cmp.Diff([]string{"a", "c", "d"}, titles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
