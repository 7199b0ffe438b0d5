package bot

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

func TestCommandsAreRegisteredOnlyWhenTheyChanged(t *testing.T) {
	puts := make(chan string, 10)
	observe := func(r localdiscord.Request) {
		if r.Method == "PUT" && strings.HasSuffix(r.Path, "/commands") {
			puts <- r.Path
		}
	}
	s := newStage(t, localdiscord.Options{Observe: observe}, &desk{})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	sent, err := s.bot.registerOnce(ctx, s.ApplicationID())
	if err != nil || !sent {
		t.Fatalf("sent %v, err %v; want the first registration", sent, err)
	}
	if sent, err := s.bot.registerOnce(ctx, s.ApplicationID()); err != nil || sent {
		t.Errorf("sent %v, err %v; want nothing sent unchanged", sent, err)
	}
	s.bot.app.table.roots[0].Text = "How the truces stand today"
	if sent, err := s.bot.registerOnce(ctx, s.ApplicationID()); err != nil || !sent {
		t.Errorf("sent %v, err %v; want a changed set to be sent", sent, err)
	}
	if n := len(puts); n != 2 {
		t.Errorf("%d requests, want 2", n)
	}
	s.clean(t)
}

func TestRegistrationIsTriedAgain(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.Inject(localdiscord.Fault{Method: "PUT", Kind: localdiscord.JSONError, Code: 50035})
	s.start(t)
	if !eventually(func() bool { return strings.Contains(s.log.String(), "discord rejects the commands") }) {
		t.Errorf("log: %s", s.log)
	}
	s.Gateway(localdiscord.Step{Reconnect: true}) // the next READY tries again
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	check(t, s.WaitCommands(ctx))
}

// Limits of Discord's command objects (reference.md §4).
func TestCommandsKeepDiscordsLimits(t *testing.T) {
	name := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	var walk func(path string, options []wireOption) int
	walk = func(path string, options []wireOption) int {
		total, optionalSeen := 0, false
		if len(options) > 25 {
			t.Errorf("%s has %d options", path, len(options))
		}
		for _, o := range options {
			here := path + " " + o.Name
			if !name.MatchString(o.Name) || o.Name != strings.ToLower(o.Name) {
				t.Errorf("name %q", here)
			}
			if n := utf8.RuneCountInString(o.Description); n < 1 || n > 100 {
				t.Errorf("%s: description of %d", here, n)
			}
			if o.Required && optionalSeen {
				t.Errorf("%s: required after optional", here)
			}
			optionalSeen = optionalSeen || !o.Required
			if len(o.Choices) > 25 || (len(o.Choices) > 0 && o.Autocomplete) {
				t.Errorf("%s: %d choices, autocomplete %v", here, len(o.Choices), o.Autocomplete)
			}
			total += len(o.Name) + len(o.Description) + walk(here, o.Options)
			for _, c := range o.Choices {
				total += len(c.Name)
				if s, ok := c.Value.(string); ok {
					total += len(s)
				}
			}
		}
		return total
	}
	table := newTable(commands(Deps{}, time.Now))
	for _, c := range table.wire() {
		if total := len(c.Name) + len(c.Description) + walk(c.Name, c.Options); total > 8000 {
			t.Errorf("/%s has %d characters", c.Name, total)
		}
	}
}

func TestEveryCommandHasAHandlerAndTheModeratorsOnesTheirPermission(t *testing.T) {
	table := newTable(commands(Deps{}, time.Now))
	open := map[string]bool{"status": true, "latest": true, "next": true, "sources": true, "help": true}
	for path, c := range table.leafs {
		if c.Handle == nil {
			t.Errorf("/%s has no handler", path)
		}
		if want := !open[path]; (c.Needs == guild.ManageServer) != want {
			t.Errorf("/%s needs %d", path, c.Needs)
		}
		if c.Share && !c.Reads {
			t.Errorf("/%s is shared but does not only read", path)
		}
	}
	for _, c := range table.wire() {
		if open[c.Name] != (c.Permissions == nil) || (c.Permissions != nil && *c.Permissions != "32") {
			t.Errorf("/%s is registered with permissions %v", c.Name, c.Permissions)
		}
	}
}

func TestDocumentationListsEveryCommand(t *testing.T) {
	text := CommandsMarkdown()
	for path := range newTable(commands(Deps{}, time.Now)).leafs {
		wantText(t, text, "`/"+path+"`")
	}
	wantText(t, text, "moderators (Manage Server)")
}

func TestAlertsAreAddedListedAndRemoved(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	wantText(t, s.invoke(t, s.mod, "/alerts list").Message.Content, "No channel gets alerts yet")
	r := s.invoke(t, s.mod, "/alerts add channel:#news conflict:libya severity:3")
	wantText(t, r.Message.Content, "<#"+s.news+"> gets alerts about Libya (notable and up)")
	got := s.desk.subs[0]
	if got.Guild != guild.ID(s.guild) || got.Channel != guild.ChannelID(s.news) || got.Severity != news.Notable || got.Digest() {
		t.Errorf("subscription %+v", got)
	}
	wantText(t, s.invoke(t, s.mod, "/alerts list").Message.Content, "**1** · <#"+s.news+"> · Libya · notable and up")
	if got := s.suggest(t, s.mod, "alerts remove", "number", ""); got != "1: Libya, notable and up" {
		t.Errorf("suggestions %q", got)
	}
	wantText(t, s.invoke(t, s.mod, "/alerts remove number:7").Message.Content, "no such number")
	wantText(t, s.invoke(t, s.mod, "/digest remove number:1").Message.Content, "no such number")
	wantText(t, s.invoke(t, s.mod, "/alerts remove number:1").Message.Content, "Removed")
	s.clean(t)
}

func TestAlertsOfAnotherServerAreOutOfReach(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{subs: []notify.Subscription{{ID: 4, Guild: "900", Channel: "5"}}})
	s.run(t)
	wantText(t, s.invoke(t, s.mod, "/alerts remove number:4").Message.Content, "no such number")
	if got := s.suggest(t, s.mod, "alerts remove", "number", ""); got != "" {
		t.Errorf("suggestions %q", got)
	}
	if len(s.desk.subs) != 1 || s.desk.changes() != 0 {
		t.Error("another server's alerts were touched")
	}
}

func TestDigestsAreAddedSentAndRemoved(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	r := s.invoke(t, s.mod, `/digest add schedule:"weekdays 18:30" zone:Europe/Berlin`)
	wantText(t, r.Message.Content, "digest about all conflicts, at `weekdays 18:30` Europe/Berlin")
	if got := s.desk.subs[0]; got.Channel != guild.ChannelID(s.news) || got.Schedule != "weekdays 18:30" || got.Zone != "Europe/Berlin" {
		t.Errorf("subscription %+v", got)
	}
	wantText(t, s.invoke(t, s.mod, "/digest now").Message.Content, "goes to <#"+s.news+"> now")
	s.desk.waitFor(t, "digest now 1")
	wantText(t, s.invoke(t, s.mod, "/digest list").Message.Content, "weekdays 18:30")
	wantText(t, s.invoke(t, s.mod, "/digest remove number:1").Message.Content, "Removed")
	wantText(t, s.invoke(t, s.mod, "/digest now").Message.Content, "no such number")
	s.clean(t)
}

func TestChannelThatCannotBePostedToIsRefusedBeforeItIsSaved(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	mute := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "mute", Overwrites: []localdiscord.Overwrite{
		{User: s.ApplicationID(), Deny: localdiscord.SendMessages},
	}}))
	blind := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "blind", Overwrites: []localdiscord.Overwrite{
		{User: s.ApplicationID(), Deny: localdiscord.ReadMessageHistory},
	}}))
	s.run(t)
	wantText(t, s.invoke(t, s.mod, "/alerts add channel:#mute").Message.Content, "I cannot post in <#"+mute+">: give me **Send Messages**")
	if n := s.desk.changes(); n != 0 {
		t.Errorf("%d changes", n)
	}
	wantText(t, s.invoke(t, s.mod, "/alerts add channel:#blind").Message.Content, "**Read Message History** in <#"+blind+">")
	if n := s.desk.changes(); n != 1 {
		t.Errorf("%d changes, want the alert with a warning", n)
	}
}

func TestSourcesOfTheServerAreListedWithTheirHealth(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	text := s.invoke(t, s.mod, "/source list").Message.Content
	wantText(t, text, "**Harbour Wire**")
	wantText(t, text, "the server answered 404")
	if strings.Contains(text, "Catalogue feed") {
		t.Errorf("the list has a catalogue source: %s", text)
	}
	wantText(t, s.invoke(t, s.mod, "/source remove own-1").Message.Content, "Removed **own-1**")
	s.clean(t)
}

func TestUnknownConflictIsSaidSo(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	wantText(t, s.invoke(t, s.ann, "/status atlantis").Message.Content, "I do not know that conflict")
	wantText(t, s.invoke(t, s.ann, "/status LIBYA").Message.Content, "Status of libya")
	wantText(t, s.invoke(t, s.ann, `/status "South Sudan"`).Message.Content, "Status of south-sudan")
}

func TestLatestPassesItsQuery(t *testing.T) {
	now := time.Date(2020, 6, 10, 12, 0, 0, 0, time.UTC)
	var got LatestQuery
	m := members{answers: &desk{latest: func(_ context.Context, _ guild.ID, q LatestQuery) (string, error) { got = q; return "", nil }}, now: func() time.Time { return now }}
	m.conflicts.all = catalogue().Conflicts
	if _, err := m.latest(t.Context(), Request{Options: map[string]string{"conflict": "sudan", "kind": "agreement", "since": "72h"}}); err != nil {
		t.Fatal(err)
	}
	if want := (LatestQuery{Conflict: "sudan", Kind: news.Agreement, Since: now.Add(-72 * time.Hour)}); got != want {
		t.Errorf("query %+v, want %+v", got, want)
	}
	for _, bad := range []map[string]string{{"kind": "gossip"}, {"since": "yesterday"}, {"since": "-5h"}, {"conflict": "atlantis"}} {
		if _, err := m.latest(t.Context(), Request{Options: bad}); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestNextLooksAsFarAheadAsAsked(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	wantText(t, s.invoke(t, s.ann, "/next").Message.Content, "Next 14 days in "+s.guild)
	wantText(t, s.invoke(t, s.ann, "/next days:3").Message.Content, "Next 3 days")
	s.clean(t)
	m := members{answers: &desk{}}
	for _, bad := range []string{"0", "91", "soon"} {
		if _, err := m.next(t.Context(), Request{Options: map[string]string{"days": bad}}); err == nil {
			t.Errorf("%s days were taken", bad)
		}
	}
}

func TestRemindersAndEmptyDigestsAreAskedFor(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	s.invoke(t, s.mod, "/alerts add channel:#news reminders:true")
	s.invoke(t, s.mod, "/alerts add channel:#news")
	s.invoke(t, s.mod, "/digest add channel:#news say_empty:true")
	for i, want := range []notify.Choices{{Reminders: true}, {}, {SayEmpty: true}} {
		if diff := cmp.Diff(want, s.desk.subs[i].Choices); diff != "" {
			t.Errorf("choices of subscription %d (-want +got):\n%s", i+1, diff)
		}
	}
	wantText(t, s.invoke(t, s.mod, "/alerts list").Message.Content, "with reminders")
	wantText(t, s.invoke(t, s.mod, "/digest list").Message.Content, "also without news")
	s.clean(t)
}

func TestHelpShowsModeratorsMore(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	if text := s.invoke(t, s.ann, "/help").Message.Content; strings.Contains(text, "/alerts") {
		t.Errorf("a member is told %q", text)
	}
	wantText(t, s.invoke(t, s.mod, "/help").Message.Content, "/alerts add")
}

func TestEveryCustomIDIsDispatched(t *testing.T) {
	table := newTable(commands(Deps{}, time.Now))
	for path, c := range table.leafs {
		if !c.Reads {
			continue
		}
		j := job{command: c, req: Request{Path: path, Options: map[string]string{"conflict": "libya"}}, page: 1}
		body := pageBody(j, Reply{Text: strings.Repeat("word ", 1200)})
		if len(body.Components) == 0 {
			t.Errorf("/%s has no buttons", path)
			continue
		}
		for _, b := range body.Components[0].Components {
			p, ok := parsePress(b.CustomID)
			if _, known := table.find(p.Path); !ok || !known || p.Options["conflict"] != "libya" {
				t.Errorf("/%s: %q is not dispatched: %+v", path, b.CustomID, p)
			}
		}
	}
}

func TestCustomIDTooLongGivesNoButton(t *testing.T) {
	j := job{command: command{Reads: true}, req: Request{Path: "latest", Options: map[string]string{"conflict": strings.Repeat("é", 40)}}}
	if body := pageBody(j, Reply{Text: strings.Repeat("word ", 1200)}); len(body.Components) != 0 {
		t.Errorf("buttons %+v", body.Components)
	}
}

func FuzzCustomID(f *testing.F) {
	for _, seed := range []string{"1/page/2/latest?conflict=libya&since=24h", "1/show/0/status", "1/page/1/alerts/list", "", "1/page/9999/x", "1/page/1/x?%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		p, ok := parsePress(id)
		if !ok {
			return
		}
		again, fits := p.id()
		if !fits {
			return
		}
		q, ok := parsePress(again)
		if !ok || q.Path != p.Path || q.Page != p.Page || q.Action != p.Action || len(q.Options) != len(p.Options) {
			t.Errorf("%q: %+v became %+v", id, p, q)
		}
	})
}

func FuzzInteraction(f *testing.F) {
	f.Add([]byte(`{"id":"1","application_id":"7","token":"t","type":2,"guild_id":"9","member":{"user":{"id":"3"},"permissions":"32"},"data":{"name":"alerts","options":[{"name":"add","type":1,"options":[{"name":"severity","type":4,"value":2}]}]}}`))
	f.Add([]byte(`{"id":"1","token":"t","user":{"id":"3"},"data":{"options":[{"type":1,"options":null,"value":{}}]}}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		in, err := readInteraction(data)
		if err != nil {
			return
		}
		path, options := in.path()
		values, _ := given(options)
		in.request(path, values)
	})
}

func TestOptionValuesAreReadWhateverTheirType(t *testing.T) {
	for raw, want := range map[string]string{`"text"`: "text", `3`: "3", `true`: "true", `null`: "", ``: "", `"3"`: "3", ` 7 `: "7"} {
		if got := (givenOption{Value: json.RawMessage(raw)}).text(); got != want {
			t.Errorf("%s read as %q, want %q", raw, got, want)
		}
	}
}
