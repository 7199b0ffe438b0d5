package localdiscord

import (
	"regexp"
	"slices"
	"strings"
)

// mentionPattern finds user and role mentions in content.
var mentionPattern = regexp.MustCompile(`<@(!?|&)(\d{1,20})>`)

// allowedMentions is the request's limit on who may be notified.
type allowedMentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser *bool    `json:"replied_user"`
}

// mentionAll is the default of a plain message, mentionUsers of an interaction reply.
// Source: Discord developer documentation, "Allowed Mentions Object".
func mentionAll() allowedMentions {
	return allowedMentions{Parse: []string{"users", "roles", "everyone"}}
}

func mentionUsers() allowedMentions { return allowedMentions{Parse: []string{"users"}} }

// pings decides who is notified by a new message: what its content mentions, within
// what the request allows and the author's permissions.
func (w *world) pings(c *channel, author, content string, replied *message, allowed allowedMentions) Pings {
	var p Pings
	may := w.permissions(c, author)&MentionEveryone != 0
	if strings.Contains(content, "@everyone") || strings.Contains(content, "@here") {
		p.Everyone = may && slices.Contains(allowed.Parse, "everyone")
	}
	for _, match := range mentionPattern.FindAllStringSubmatch(content, -1) {
		id := match[2]
		if match[1] == "&" {
			if w.rolePing(c, id, may) && allows(allowed.Parse, "roles", allowed.Roles, id) {
				p.Roles = appendOnce(p.Roles, id)
			}
			continue
		}
		if w.users[id] != nil && allows(allowed.Parse, "users", allowed.Users, id) {
			p.Users = appendOnce(p.Users, id)
		}
	}
	if replied != nil && replied.Author != author && (allowed.RepliedUser == nil && slices.Contains(allowed.Parse, "users") || allowed.RepliedUser != nil && *allowed.RepliedUser) {
		p.Users = appendOnce(p.Users, replied.Author)
	}
	return p
}

// rolePing reports whether a mention of the role can notify anybody at all.
func (w *world) rolePing(c *channel, role string, mayMentionAll bool) bool {
	g := w.guilds[c.guild]
	if g == nil || g.roles[role] == nil {
		return false
	}
	return g.roles[role].Mentionable || mayMentionAll
}

func allows(parse []string, kind string, ids []string, id string) bool {
	return slices.Contains(parse, kind) || slices.Contains(ids, id)
}

func appendOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
