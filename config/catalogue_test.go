package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"trucewire/news"
)

func TestEmbeddedCatalogueLoads(t *testing.T) {
	c, err := LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.News.Conflicts); got < 30 {
		t.Errorf("conflicts: got %d, want at least 30", got)
	}
	if got := len(c.Feeds); got < 100 {
		t.Errorf("feeds: got %d, want at least 100", got)
	}
	lebanon, _ := c.News.Conflict("lebanon")
	if lebanon.Parties[0].Name != "Israel" {
		t.Errorf("party of another conflict is not filled in: %+v", lebanon.Parties[0])
	}
	if o, ok := c.News.Outlet("feeds.bbci.co.uk"); !ok || o.ID != "bbc" {
		t.Errorf("outlet by host: got %v %v", o.ID, ok)
	}
}

func TestOverridesReplaceByIDAndAdd(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine.yaml")
	write(t, name, `
conflicts:
  - {id: libya, name: "Libya, as we cover it", parties: [{id: ly-x, name: "X"}]}
  - {id: atlantis, name: "Atlantis", parties: [{id: at-a, name: "A"}, {id: at-b, name: "B"}]}
outlets:
  - {id: lana, name: "LANA", sides: [at-a]}
`)
	c, err := LoadCatalogue(name)
	if err == nil {
		t.Fatal("libya without its parties leaves outlets pointing nowhere; want an error")
	}
	if !strings.Contains(err.Error(), "outlet libya-update: side ly-lna is no party") {
		t.Errorf("error does not name the outlet: %v", err)
	}
	write(t, name, `
conflicts:
  - {id: atlantis, name: "Atlantis", parties: [{id: at-a, name: "A"}, {id: at-b, name: "B"}]}
feeds:
  - {id: bbc-world, outlet: bbc, name: "Mirror", url: "https://example.org/rss", lang: en, scope: [atlantis], every: 10m}
`)
	c, err = LoadCatalogue(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := c.News.Conflict("atlantis"); !ok {
		t.Error("added conflict is missing")
	}
	for _, f := range c.Feeds {
		if f.ID == "bbc-world" && (f.Name != "Mirror" || f.Conflicts[0] != "atlantis") {
			t.Errorf("feed was not replaced: %+v", f)
		}
	}
}

func TestOverridesReportEveryProblem(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bad.yaml")
	write(t, name, `
conflicts:
  - {id: libya2, name: "L", agreements: [{name: "no slug", date: "2020-01-01"}]}
feeds:
  - {id: f1, outlet: nobody, name: F, url: "ftp://example.org", scope: [nowhere], every: 1s}
packs:
  - {lang: xx, name: Exish, core: [pax], kinds: {peace: [pax]}}
`)
	_, err := LoadCatalogue(name)
	if err == nil {
		t.Fatal("want an error")
	}
	for _, want := range []string{"libya2: agreement", "ftp://example.org", `outlet "nobody"`, "scope nowhere", `every "1s"`, `"peace" is no kind`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q:\n%v", want, err)
		}
	}
}

func TestOverridesRefuseUnknownKeys(t *testing.T) {
	name := filepath.Join(t.TempDir(), "typo.yaml")
	write(t, name, "conflits: []\n")
	if _, err := LoadCatalogue(name); err == nil || !strings.Contains(err.Error(), "conflits") {
		t.Errorf("got %v, want an error naming the key", err)
	}
}

func TestOnlyReplacesAWholeSection(t *testing.T) {
	name := filepath.Join(t.TempDir(), "only.yaml")
	write(t, name, `
only: [feeds]
feeds:
  - {id: mine, outlet: bbc, name: "Mine", url: "https://example.org/rss", lang: en, scope: world}
`)
	c, err := LoadCatalogue(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Feeds) != 1 || c.Feeds[0].ID != "mine" {
		t.Errorf("feeds: got %d, want mine alone", len(c.Feeds))
	}
	write(t, name, "only: [news]\n")
	if _, err := LoadCatalogue(name); err == nil || !strings.Contains(err.Error(), `"news" is none of`) {
		t.Errorf("got %v, want an error naming the section", err)
	}
}

func TestEveryNamedAgreementHasASlug(t *testing.T) {
	c, err := LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	for _, conflict := range c.News.Conflicts {
		for _, a := range conflict.Arrangements {
			if a.ID == "" || strings.ContainsAny(string(a.ID), " _/") || a.ID != news.ArrangementID(strings.ToLower(string(a.ID))) {
				t.Errorf("%s: %q has slug %q", conflict.ID, a.Name, a.ID)
			}
		}
		if len(conflict.Check) == 0 {
			t.Errorf("%s: says not how it was checked", conflict.ID)
		}
	}
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
