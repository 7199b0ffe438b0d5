package localdiscord_test

import (
	"net/http"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

// createMessage is what a bot sends to be safe against a lost answer; discordgo knows
// neither nonce nor enforce_nonce.
type createMessage struct {
	*discordgo.MessageSend
	Nonce        string `json:"nonce"`
	EnforceNonce bool   `json:"enforce_nonce"`
}

func post(dg *discordgo.Session, channel, content, nonce string) (*discordgo.Message, error) {
	body, err := dg.RequestWithBucketID("POST", discordgo.EndpointChannelMessages(channel), createMessage{
		&discordgo.MessageSend{Content: content, AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}}, nonce, true,
	}, discordgo.EndpointChannelMessages(channel))
	if err != nil {
		return nil, err
	}
	var m *discordgo.Message
	return m, discordgo.Unmarshal(body, &m)
}

func contents(list []*discordgo.Message) []string {
	var c []string
	for _, m := range list {
		c = append(c, m.Content)
	}
	return c
}

func TestMessagesAreCreatedListedEditedAndDeleted(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	var ids []string
	for _, text := range []string{"one", "two", "three", "four"} {
		m, err := dg.ChannelMessageSend(s.news, text)
		check(t, err)
		ids = append(ids, m.ID)
	}
	pages := []struct {
		name          string
		limit         int
		before, after string
		want          []string
	}{
		{"newest first", 50, "", "", []string{"four", "three", "two", "one"}},
		{"limit takes the newest", 2, "", "", []string{"four", "three"}},
		{"after takes the next, newest first", 2, "", ids[0], []string{"three", "two"}},
		{"after 0 takes the oldest", 2, "", "0", []string{"two", "one"}},
		{"before takes the ones just before", 2, ids[3], "", []string{"three", "two"}},
	}
	for _, p := range pages {
		list, err := dg.ChannelMessages(s.news, p.limit, p.before, p.after, "")
		check(t, err)
		if diff := cmp.Diff(p.want, contents(list)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p.name, diff)
		}
	}
	_, err := dg.ChannelMessageEdit(s.news, ids[1], "TWO")
	check(t, err)
	check(t, dg.ChannelMessageDelete(s.news, ids[0]))
	m, err := dg.ChannelMessage(s.news, ids[1])
	check(t, err)
	if m.Content != "TWO" || m.EditedTimestamp == nil {
		t.Errorf("edited message %+v", m)
	}
	_, err = dg.ChannelMessage(s.news, ids[0])
	if got := code(t, err); got != discordgo.ErrCodeUnknownMessage {
		t.Errorf("deleted message gives code %d", got)
	}
	s.clean(t)
}

func TestNonceGivesTheFirstMessageAgain(t *testing.T) {
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	first, err := post(dg, s.news, "talks begin", "n1")
	check(t, err)
	again, err := post(dg, s.news, "talks begin", "n1")
	check(t, err)
	if again.ID != first.ID || len(s.Messages(s.news)) != 1 {
		t.Errorf("the nonce made a second message: %s, then %s", first.ID, again.ID)
	}
	check(t, s.Delete(s.news, first.ID))
	_, err = post(dg, s.news, "talks begin", "n1")
	if got := code(t, err); got != discordgo.ErrCodeUnknownMessage {
		t.Errorf("nonce of a deleted message gives code %d, want 10008", got)
	}
	s.clean(t)
}

func TestLostAnswersLeaveOneMessage(t *testing.T) {
	for _, kind := range []localdiscord.FaultKind{localdiscord.CommitThen502, localdiscord.CommitThenDrop} {
		s := newStage(t, localdiscord.Options{})
		dg := s.client(t)
		fault := s.Inject(localdiscord.Fault{Method: http.MethodPost, Path: "/channels/{channel}/messages", Kind: kind})
		if _, err := post(dg, s.news, "x", "n"); err == nil {
			t.Errorf("fault %d: the request succeeded", kind)
		}
		_, err := post(dg, s.news, "x", "n")
		check(t, err)
		if n := len(s.Messages(s.news)); n != 1 || fault.Hits() != 1 {
			t.Errorf("fault %d: %d messages after %d hits, want 1 after 1", kind, n, fault.Hits())
		}
		s.clean(t)
	}
}
