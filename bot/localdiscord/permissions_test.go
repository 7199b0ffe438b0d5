package localdiscord

import "testing"

func TestEffectivePermissions(t *testing.T) {
	const view, send, embed = ViewChannel, SendMessages, EmbedLinks
	tests := []struct {
		name       string
		everyone   uint64
		role       uint64
		personal   uint64
		overwrites []Overwrite
		owner      bool
		want       uint64
	}{
		{name: "roles add up", everyone: view, role: send, personal: embed, want: view | send | embed},
		{name: "administrator has everything", everyone: 0, role: Administrator, overwrites: []Overwrite{{User: "3", Deny: view}}, want: allPermissions},
		{name: "owner has everything", owner: true, overwrites: []Overwrite{{Role: "1", Deny: view}}, want: allPermissions},
		{name: "everyone's overwrite", everyone: view | send, overwrites: []Overwrite{{Role: "1", Deny: send, Allow: embed}}, want: view | embed},
		{name: "role's allow beats everyone's deny", everyone: view | send, overwrites: []Overwrite{{Role: "2", Allow: send}, {Role: "1", Deny: send}}, want: view | send},
		{name: "allow of one role beats deny of another", everyone: view | send, overwrites: []Overwrite{{Role: "2", Deny: send}, {Role: "4", Allow: send}}, want: view | send},
		{name: "member's deny beats role's allow", everyone: view, overwrites: []Overwrite{{Role: "2", Allow: send}, {User: "3", Deny: send}}, want: view},
		{name: "member's allow beats everything before", everyone: view, overwrites: []Overwrite{{User: "3", Allow: send}, {Role: "2", Deny: send}, {Role: "1", Deny: send}}, want: view | send},
		{name: "without view nothing counts", everyone: view | send, overwrites: []Overwrite{{Role: "1", Deny: view}}, want: 0},
		{name: "another's overwrite does not count", everyone: view, overwrites: []Overwrite{{User: "9", Deny: view}, {Role: "8", Deny: view}}, want: view},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := &guild{id: "1", roles: map[string]*Role{"1": {ID: "1", Permissions: tt.everyone}, "2": {ID: "2", Permissions: tt.role}, "4": {ID: "4"}, "8": {ID: "8"}}}
			if tt.owner {
				g.owner = "3"
			}
			m := &member{user: "3", roles: []string{"2", "4"}, personal: tt.personal}
			if got := effective(g, &channel{overwrites: tt.overwrites}, m); got != tt.want {
				t.Errorf("got %b, want %b", got, tt.want)
			}
		})
	}
}
