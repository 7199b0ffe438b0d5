package localdiscord

// resolved are the full objects of the ids in an interaction's options or values.
type resolved map[string]object

func (r resolved) put(kind, id string, o object) {
	if r[kind] == nil {
		r[kind] = object{}
	}
	r[kind][id] = o
}

// resolve adds what an option's id stands for.
func (sc scope) resolve(res resolved, o option, value any) {
	id, isID := value.(string)
	if !isID {
		return
	}
	switch o.Type {
	case optionChannel:
		sc.putChannel(res, id)
	case optionRole:
		sc.putRole(res, id)
	case optionUser:
		sc.putUser(res, id)
	case optionMentionable:
		sc.putUser(res, id)
		sc.putRole(res, id)
	}
}

// putSelected adds what a value of a select stands for.
func (sc scope) putSelected(res resolved, kind int, id string) {
	switch kind {
	case typeSelect:
	case typeChanSelect:
		sc.putChannel(res, id)
	default:
		sc.putUser(res, id)
		sc.putRole(res, id)
	}
}

// putChannel adds the partial channel with the permissions of the member and, since
// July 2026, of the bot.
func (sc scope) putChannel(res resolved, id string) {
	c := sc.world.channels[id]
	if c == nil {
		return
	}
	res.put("channels", id, object{
		"id": c.id, "name": c.name, "type": c.kind, "parent_id": nil, "guild_id": c.guild,
		"permissions":     bits(sc.world.permissions(c, sc.user)),
		"app_permissions": bits(sc.world.permissions(c, sc.world.app.ID)),
	})
}

func (sc scope) putRole(res resolved, id string) {
	if g := sc.world.guilds[sc.guild]; g != nil && g.roles[id] != nil {
		res.put("roles", id, roleJSON(g.roles[id], g.id))
	}
}

func (sc scope) putUser(res resolved, id string) {
	if sc.world.users[id] == nil {
		return
	}
	res.put("users", id, sc.world.userJSON(id))
	if g := sc.world.guilds[sc.guild]; g != nil && g.members[id] != nil {
		m := sc.world.memberJSON(g, g.members[id])
		delete(m, "user")
		delete(m, "deaf")
		delete(m, "mute")
		m["permissions"] = bits(guildPermissions(g, g.members[id]))
		res.put("members", id, m)
	}
}
