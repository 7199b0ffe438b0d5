package localdiscord

import (
	"net/http"
	"slices"
)

func (w *world) guildFor(r *request) (*guild, error) {
	g := w.guilds[r.PathValue("guild")]
	if g == nil {
		return nil, apiErr(codeUnknownGuild)
	}
	return g, nil
}

func (w *world) getGuild(r *request) (reply, error) {
	g, err := w.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	o := w.guildJSON(g)
	for _, k := range []string{"channels", "threads", "members", "presences", "voice_states", "joined_at", "large", "unavailable", "member_count"} {
		delete(o, k) // the REST object is smaller than GUILD_CREATE
	}
	return ok(o), nil
}

func (w *world) listGuilds(*request) (reply, error) {
	list := []object{}
	for _, g := range w.sortedGuilds() {
		m := g.members[w.app.ID]
		list = append(list, object{"id": g.id, "name": g.name, "icon": nil, "owner": false, "permissions": bits(guildPermissions(g, m)), "features": []string{}})
	}
	return ok(list), nil
}

func (w *world) sortedGuilds() []*guild {
	list := make([]*guild, 0, len(w.guilds))
	for _, g := range w.guilds {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *guild) int { return compareIDs(a.id, b.id) })
	return list
}

func (w *world) leaveGuild(r *request) (reply, error) {
	g, err := w.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	if err := w.removeGuild(g.id); err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusNoContent}, nil
}

func (w *world) listChannels(r *request) (reply, error) {
	g, err := w.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	for _, c := range w.channelsOf(g.id) {
		list = append(list, w.channelJSON(c))
	}
	return ok(list), nil
}

func (w *world) listRoles(r *request) (reply, error) {
	g, err := w.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	for _, role := range sortedRoles(g) {
		list = append(list, roleJSON(role, g.id))
	}
	return ok(list), nil
}

func (w *world) getMember(r *request) (reply, error) {
	g, err := w.guildFor(r)
	if err != nil {
		return reply{}, err
	}
	id := r.PathValue("user")
	if id == "@me" {
		id = w.app.ID
	}
	m := g.members[id]
	if m == nil {
		return reply{}, apiErr(codeUnknownMember)
	}
	return ok(w.memberJSON(g, m)), nil
}

// createDM is POST /users/@me/channels: the direct message channel with a user.
func (w *world) createDM(r *request) (reply, error) {
	f, n := newForm(r.body)
	n.object("recipient_id")
	n.key("recipient_id").need()
	user := n.key("recipient_id").snowflake()
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	u := w.users[user]
	if u == nil || u.Bot {
		return reply{}, apiErr(codeInvalidRecipients)
	}
	return ok(w.channelJSON(w.directChannel(user))), nil
}
