package localdiscord

// Permission bits. Source: Discord developer documentation, "Permissions", bitwise
// permission flags.
const (
	Administrator      uint64 = 1 << 3
	ManageGuild        uint64 = 1 << 5
	ViewChannel        uint64 = 1 << 10
	SendMessages       uint64 = 1 << 11
	ManageMessages     uint64 = 1 << 13
	EmbedLinks         uint64 = 1 << 14
	AttachFiles        uint64 = 1 << 15
	ReadMessageHistory uint64 = 1 << 16
	MentionEveryone    uint64 = 1 << 17
	UseCommands        uint64 = 1 << 31
	SendInThreads      uint64 = 1 << 38
)

const (
	// DefaultEveryone is what @everyone may do in a fresh server, as far as this
	// Discord knows the acts.
	DefaultEveryone = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | UseCommands | SendInThreads
	// DefaultBot is the permission number of the project's invite link.
	DefaultBot = ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory | SendInThreads

	allPermissions uint64 = 1<<53 - 1
	// inDirectMessages is what both sides may do in a direct message.
	inDirectMessages = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | UseCommands
)

// effective computes a member's permissions in a channel: roles together, then the
// administrator, then the overwrites of @everyone, of the roles and of the member, in
// that order. Without View Channel nothing else counts.
func effective(g *guild, ch *channel, m *member) uint64 {
	base := guildPermissions(g, m)
	if base&Administrator != 0 {
		return allPermissions
	}
	p := apply(base, ch.overwrites, g.id, "")
	var allow, deny uint64
	for _, id := range m.roles {
		if o, ok := findOverwrite(ch.overwrites, id, ""); ok {
			allow |= o.Allow
			deny |= o.Deny
		}
	}
	p = p&^deny | allow
	p = apply(p, ch.overwrites, "", m.user)
	if p&ViewChannel == 0 {
		return 0
	}
	return p
}

// guildPermissions are the permissions of the member before channels change them.
func guildPermissions(g *guild, m *member) uint64 {
	if g.owner == m.user {
		return allPermissions
	}
	p := m.personal
	if r, ok := g.roles[g.id]; ok {
		p |= r.Permissions
	}
	for _, id := range m.roles {
		if r, ok := g.roles[id]; ok {
			p |= r.Permissions
		}
	}
	if p&Administrator != 0 {
		return allPermissions
	}
	return p
}

func apply(p uint64, list []Overwrite, role, user string) uint64 {
	o, ok := findOverwrite(list, role, user)
	if !ok {
		return p
	}
	return p&^o.Deny | o.Allow
}

func findOverwrite(list []Overwrite, role, user string) (Overwrite, bool) {
	for _, o := range list {
		if o.Role == role && o.User == user {
			return o, true
		}
	}
	return Overwrite{}, false
}
