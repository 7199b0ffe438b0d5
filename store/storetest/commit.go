package storetest

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

const (
	guildA   guild.ID        = "100"
	guildB   guild.ID        = "200"
	channelA guild.ChannelID = "101"
	channelB guild.ChannelID = "201"
)

func runCommit(t *testing.T, open Opener) {
	t.Run("makes a poll durable with all that follows", func(t *testing.T) {
		place := t.TempDir()
		s := open(t, place)
		must(t, s.SyncCatalogue(t.Context(), []sources.Source{feed("a")}))
		c, it, d := wholeCommit()
		must(t, s.Commit(t.Context(), c))
		must(t, s.Close())

		s = open(t, place)
		defer func() { must(t, s.Close()) }()
		same(t, "items", value[[]news.Item](t)(s.Items(t.Context(), []news.ItemID{it.ID})), []news.Item{it})
		same(t, "development", value[news.Development](t)(s.Development(t.Context(), d.ID)), d)
		same(t, "told", value[[]notify.Message](t)(s.Told(t.Context(), []news.DevelopmentID{d.ID})), c.Messages[:1])
		same(t, "reply", value[notify.Message](t)(s.Message(t.Context(), guildA, c.Messages[1].Key)), c.Messages[1])
		checks := value[[]sources.Check](t)(s.ListSources(t.Context(), guildA))
		same(t, "source", checks, []sources.Check{{Source: c.Poll.Source, State: c.Poll.State}})
		w := value[news.Window](t)(s.Window(t.Context(), start().Add(-time.Hour)))
		same(t, "readings", w.Readings, c.Changes.Readings)
	})

	t.Run("that fails leaves nothing", func(t *testing.T) {
		breaks := map[string]func(*store.Commit){
			"an item whose id belongs to another source": func(c *store.Commit) {
				it := taken()
				it.Source = "a"
				c.Poll.Items = append(c.Poll.Items, it)
			},
			"a mention of an unknown development": func(c *store.Commit) {
				c.Changes.Filed[0].Also = []news.Also{{Development: "nowhere"}}
			},
			"a filing without its reading": func(c *store.Commit) {
				c.Changes.Filed = append(c.Changes.Filed, news.Filing{Item: "a-009"})
			},
			"a filing of another item than its reading": func(c *store.Commit) { c.Changes.Filed[0].Item = "a-009" },
			"a message without a key":                   func(c *store.Commit) { c.Messages[1].Key = "" },
			"a message of an unknown form":              func(c *store.Commit) { c.Messages[1].Form = "shout" },
			"a message in an unknown state":             func(c *store.Commit) { c.Messages[1].State = "lost" },
			"the key of another server's post":          func(c *store.Commit) { c.Messages[1].Key = takenPost().Key },
			"the state of an unknown source":            func(c *store.Commit) { c.Poll.Source.ID = "nowhere" },
		}
		for name, spoil := range breaks {
			t.Run(name, func(t *testing.T) {
				s := fed(t, open)
				before := filed("b", development("dev-0", 1, taken()), start(), taken())
				before.Messages = []notify.Message{takenPost()}
				must(t, s.Commit(t.Context(), before))
				want := everything(t, s)

				c, _, _ := wholeCommit()
				spoil(&c)
				if err := s.Commit(t.Context(), c); err == nil {
					t.Fatal("the commit was taken")
				}
				same(t, "store", everything(t, s), want)

				whole, _, _ := wholeCommit()
				must(t, s.Commit(t.Context(), whole)) // the poll is made again and goes through
			})
		}
	})

	t.Run("repeated changes nothing", func(t *testing.T) {
		s := fed(t, open)
		c, _, _ := wholeCommit()
		must(t, s.Commit(t.Context(), c))
		want := everything(t, s)
		must(t, s.Commit(t.Context(), c))
		same(t, "store", everything(t, s), want)
	})

	t.Run("never takes a development back", func(t *testing.T) {
		s := fed(t, open)
		one, two := item("a", 1, start()), item("a", 2, start().Add(time.Hour))
		newer := development("dev-1", 2, one, two)
		must(t, s.Commit(t.Context(), filed("a", newer, start(), one, two)))
		must(t, s.Commit(t.Context(), filed("a", development("dev-1", 1, one), start(), one)))
		same(t, "development", value[news.Development](t)(s.Development(t.Context(), "dev-1")), newer)
	})

	t.Run("without a source keeps no state", func(t *testing.T) {
		s := fed(t, open)
		c, it, _ := wholeCommit()
		c.Poll.Source = sources.Source{}
		must(t, s.Commit(t.Context(), c))
		seen := value[map[news.ItemID]sources.Seen](t)(s.SeenItems(t.Context(), "a", []news.ItemID{it.ID}))
		if len(seen) != 1 {
			t.Errorf("seen %v, want the item", seen)
		}
		for _, check := range value[[]sources.Check](t)(s.ListSources(t.Context(), guildA)) {
			same(t, "state", check.State, sources.State{Source: check.Source.ID})
		}
	})

	t.Run("keeps revisions of an item side by side", func(t *testing.T) {
		s := fed(t, open)
		first := item("a", 1, start())
		edited := first
		edited.Revision, edited.Text = 1, "Envoys met twice."
		d := development("dev-1", 1, first)
		must(t, s.Commit(t.Context(), filed("a", d, start(), first)))
		must(t, s.Commit(t.Context(), filed("a", d, start(), edited)))
		got := value[map[news.ItemID]sources.Seen](t)(s.SeenItems(t.Context(), "a", []news.ItemID{first.ID, "a-999"}))
		want := map[news.ItemID]sources.Seen{first.ID: {Revision: 1, Hash: sources.ContentHash(edited.Title, edited.Text)}}
		same(t, "seen", got, want)
		same(t, "items", value[[]news.Item](t)(s.Items(t.Context(), []news.ItemID{"a-999", first.ID})), []news.Item{edited})
		w := value[news.Window](t)(s.Window(t.Context(), start()))
		same(t, "readings", w.Readings, []news.Reading{
			reading(first, news.RelevantDevelopment), reading(edited, news.RelevantDevelopment),
		})
		other := value[map[news.ItemID]sources.Seen](t)(s.SeenItems(t.Context(), "b", []news.ItemID{first.ID}))
		same(t, "seen of another source", other, map[news.ItemID]sources.Seen{})
	})
}

// taken is an item of source b under an id that a commit of source a will want.
func taken() news.Item {
	it := item("b", 1, start())
	it.ID = "shared-id"
	return it
}

// takenPost is owed in server B.
func takenPost() notify.Message { return post(guildB, channelB, "dev-0", start()) }

// wholeCommit has something of everything.
func wholeCommit() (store.Commit, news.Item, news.Development) {
	it := item("a", 1, start())
	d := development("dev-1", 1, it)
	c := filed("a", d, start().Add(10*time.Minute), it)
	c.Changes.Standings = []news.Standing{standing("ferry-accord", news.StatusNegotiating, start())}
	c.Messages = []notify.Message{
		post(guildA, channelA, d.ID, start()),
		reply(guildA, channelA, d.ID, 1, start()),
	}
	return c, it, d
}

// everything is what the store shows of itself, as text that can be compared.
func everything(t *testing.T, s Store) string {
	t.Helper()
	ctx := t.Context()
	told := value[[]notify.Message](t)(s.Told(ctx, []news.DevelopmentID{"dev-0", "dev-1"}))
	shown := map[string]any{
		"window":       value[news.Window](t)(s.Window(ctx, time.Time{})),
		"developments": value[[]news.Development](t)(s.Developments(ctx, store.DevelopmentQuery{})),
		"standings":    value[[]news.Standing](t)(s.Standings(ctx, "", time.Time{})),
		"items":        value[[]news.Item](t)(s.Items(ctx, []news.ItemID{"a-001", "shared-id"})),
		"told":         told,
		"owed":         value[[]notify.Message](t)(s.OwedMessages(ctx, start().Add(time.Hour), 100)),
		"sources":      value[[]sources.Check](t)(s.ListSources(ctx, guildA)),
		"audit":        value[[]guild.AuditEntry](t)(s.Audit(ctx, guildA, 100)),
		"counts":       value[store.Counts](t)(s.Counts(ctx)),
	}
	b, err := json.MarshalIndent(shown, "", " ")
	must(t, err)
	return string(b)
}

func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("%s (-got +want):\n%s", what, diff)
	}
}
