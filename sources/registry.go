package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// Registry adds, removes and lists the sources of servers. It is safe for concurrent
// use if its library is.
type Registry struct {
	library Library
	fetcher *Fetcher
	now     func() time.Time
}

// NewRegistry returns a Registry. now tells domain time.
func NewRegistry(lib Library, f *Fetcher, now func() time.Time) *Registry {
	return &Registry{library: lib, fetcher: f, now: now}
}

// Tested is what the test of a new source found.
type Tested struct {
	Source   Source
	Feed     Feed      // as read
	NewestAt time.Time // newest dated entry; zero: none has a date
	Age      time.Duration
}

// Add tests the feed at rawURL and, if it can be read, adds it to the actor's server
// as the server's own, with its audit entry. The address of a web page adds the one
// feed that the page offers; if it offers several, the error is a *[ChoiceError].
// Nothing of what is in the feed now will be posted. Errors are sentences for people ([Explain]); callers may branch on
// [ErrForbidden], [ErrExists], [ErrTooMany] and the reasons a fetch or parse fails.
func (r *Registry) Add(ctx context.Context, by guild.Actor, rawURL string) (Tested, error) {
	if !by.Moderates() {
		return Tested{}, ErrForbidden
	}
	url, err := CheckURL(rawURL, r.fetcher.loopback)
	if err != nil {
		return Tested{}, err
	}
	if err := r.refuseKnown(ctx, by.Guild, url); err != nil {
		return Tested{}, err
	}
	found, feed, res, err := r.fetcher.discover(ctx, url)
	if err != nil {
		return Tested{}, err
	}
	if found != url {
		if err := r.refuseKnown(ctx, by.Guild, found); err != nil {
			return Tested{}, err
		}
		url = found
	}
	now := r.now()
	t := tested(ownSource(url, feed), feed, now)
	st := State{Source: t.Source.ID, CheckedAt: now, OKAt: now, NewestAt: t.NewestAt, NextCheckAt: now}
	audit := r.audit(by, now, "source add", t.Source)
	if err := r.library.AddSource(ctx, by.Guild, t.Source, st, audit); err != nil {
		return Tested{}, fmt.Errorf("add source %s: %w", MaskURL(url), err)
	}
	r.fetcher.keepWarm(url, res, now)
	return t, nil
}

// refuseKnown spares the publisher a test for what the server has already.
func (r *Registry) refuseKnown(ctx context.Context, g guild.ID, url string) error {
	checks, err := r.library.ListSources(ctx, g)
	if err != nil {
		return fmt.Errorf("list sources: %w", err)
	}
	own := 0
	for _, c := range checks {
		if c.Source.URL == url {
			return fmt.Errorf("add source %s: %w", MaskURL(url), ErrExists)
		}
		if c.Source.Own {
			own++
		}
	}
	if own >= guild.MaxOwnSources {
		return fmt.Errorf("add source %s: %w", MaskURL(url), ErrTooMany)
	}
	return nil
}

// Remove takes a source from the actor's server. ref is its id, name or address. It
// returns the source that was removed, or [ErrNotFound].
func (r *Registry) Remove(ctx context.Context, by guild.Actor, ref string) (Source, error) {
	if !by.Moderates() {
		return Source{}, ErrForbidden
	}
	checks, err := r.library.ListSources(ctx, by.Guild)
	if err != nil {
		return Source{}, fmt.Errorf("list sources: %w", err)
	}
	src, ok := match(checks, ref, r.fetcher.loopback)
	if !ok {
		return Source{}, fmt.Errorf("remove source %q: %w", clip(MaskURL(ref), 100), ErrNotFound)
	}
	audit := r.audit(by, r.now(), "source remove", src)
	if err := r.library.RemoveSource(ctx, by.Guild, src.ID, audit); err != nil {
		return Source{}, fmt.Errorf("remove source %s: %w", src.ID, err)
	}
	return src, nil
}

// match finds the source that a person names: by id, then address, then name in any
// letter case.
func match(checks []Check, ref string, loopback bool) (Source, bool) {
	ref = strings.TrimSpace(ref)
	for _, c := range checks {
		if string(c.Source.ID) == ref {
			return c.Source, true
		}
	}
	url, err := CheckURL(ref, loopback)
	for _, c := range checks {
		if err == nil && c.Source.URL == url || strings.EqualFold(c.Source.Name, ref) {
			return c.Source, true
		}
	}
	return Source{}, false
}

// List returns what the actor's server reads, with the state of each, by name. Every
// member may ask.
func (r *Registry) List(ctx context.Context, by guild.Actor) ([]Check, error) {
	if by.Guild == "" {
		return nil, ErrForbidden
	}
	checks, err := r.library.ListSources(ctx, by.Guild)
	if err != nil {
		return nil, fmt.Errorf("list sources: %w", err)
	}
	return checks, nil
}

func (r *Registry) audit(by guild.Actor, now time.Time, action string, src Source) guild.AuditEntry {
	return guild.AuditEntry{
		Guild: by.Guild, At: now, Actor: by.User, Name: by.Name, Action: action, Target: src.Name, Detail: MaskURL(src.URL),
	}
}

// OwnID names the source at an address, in its normal form, that servers add
// themselves. Servers that add the same address share the polling, not the source.
func OwnID(url string) news.SourceID {
	sum := sha256.Sum256([]byte(url))
	return news.SourceID("own-" + hex.EncodeToString(sum[:8]))
}

func ownSource(url string, feed Feed) Source {
	host := strings.TrimPrefix(hostOf(url), "www.") // not the feed's link, which may claim to be anybody
	name := cut(feed.Title, 80)
	if name == "" {
		name = host
	}
	return Source{ID: OwnID(url), Name: name, URL: url, Outlet: news.OutletID(host), Lang: feed.Lang, Own: true}
}

func tested(src Source, feed Feed, now time.Time) Tested {
	t := Tested{Source: src, Feed: feed}
	for _, e := range feed.Items {
		if e.Published.After(t.NewestAt) && !e.Published.After(now.Add(maxAhead)) {
			t.NewestAt = e.Published
		}
	}
	if !t.NewestAt.IsZero() {
		t.Age = max(0, now.Sub(t.NewestAt))
	}
	return t
}

// Explain turns an error of this package into one sentence for a member, without
// secrets. For an error it does not know it returns "", and the operator's log has it.
func Explain(err error) string {
	if fe, ok := errors.AsType[*FetchError](err); ok {
		return "I cannot read " + fe.Error() + "."
	}
	if ce, ok := errors.AsType[*ChoiceError](err); ok {
		var b strings.Builder
		b.WriteString("That page offers several feeds. Add one of them by its own address:")
		for _, c := range ce.Candidates {
			fmt.Fprintf(&b, "\n%s %s", MaskURL(c.URL), c.Title)
		}
		return b.String()
	}
	switch {
	case errors.Is(err, ErrForbidden):
		return "You need the Manage Server permission to change sources."
	case errors.Is(err, ErrExists):
		return "This server reads that source already."
	case errors.Is(err, ErrTooMany):
		return fmt.Sprintf("This server has %d sources of its own, which is the most it may have. Remove one first.", guild.MaxOwnSources)
	case errors.Is(err, ErrNotFound):
		return "This server has no such source. Pick one from the list of its sources."
	}
	return ""
}
