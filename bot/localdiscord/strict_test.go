package localdiscord

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// inspect runs a check over JSON text and returns the places it complains about.
func inspect(t *testing.T, body string, checkBody func(node)) []string {
	t.Helper()
	var v any
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("test body: %v", err)
	}
	f, n := newForm(v)
	checkBody(n)
	var places []string
	for _, p := range f.problems {
		places = append(places, strings.Join(p.path, "."))
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// many joins n items made from their number.
func many(n int, format string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = strings.ReplaceAll(format, "#", fmt.Sprint(i))
	}
	return strings.Join(items, ",")
}

func text(n int) string { return strings.Repeat("é", n) }

func button(n int) string { return many(n, `{"type":2,"style":1,"label":"b","custom_id":"c#"}`) }

func rowOf(parts string) string { return `{"type":1,"components":[` + parts + `]}` }

func TestStrictMessages(t *testing.T) {
	field := `{"name":"n","value":"v"}`
	tests := []struct {
		name, body, want string // want: the place complained about; empty: none
	}{
		{"plain", `{"content":"a","allowed_mentions":{"parse":[]}}`, ""},
		{"content at the limit", `{"content":"` + text(2000) + `"}`, ""},
		{"content over the limit", `{"content":"` + text(2001) + `"}`, "content"},
		{"space around does not count", `{"content":"` + text(2000) + `  "}`, ""},
		{"content is no number", `{"content":5}`, "content"},
		{"misspelt key", `{"contnet":"a"}`, "contnet"},
		{"misspelt key in an embed", `{"embeds":[{"titel":"a"}]}`, "embeds.0.titel"},
		{"ten embeds", `{"embeds":[` + many(10, `{"title":"#"}`) + `]}`, ""},
		{"eleven embeds", `{"embeds":[` + many(11, `{"title":"#"}`) + `]}`, "embeds"},
		{"title", `{"embeds":[{"title":"` + text(257) + `"}]}`, "embeds.0.title"},
		{"description at the limit", `{"embeds":[{"description":"` + text(4096) + `"}]}`, ""},
		{"description", `{"embeds":[{"description":"` + text(4097) + `"}]}`, "embeds.0.description"},
		{"25 fields", `{"embeds":[{"fields":[` + many(25, field) + `]}]}`, ""},
		{"26 fields", `{"embeds":[{"fields":[` + many(26, field) + `]}]}`, "embeds.0.fields"},
		{"field without value", `{"embeds":[{"fields":[{"name":"n"}]}]}`, "embeds.0.fields.0.value"},
		{"empty field value", `{"embeds":[{"fields":[{"name":"n","value":""}]}]}`, "embeds.0.fields.0.value"},
		{"field value", `{"embeds":[{"fields":[{"name":"n","value":"` + text(1025) + `"}]}]}`, "embeds.0.fields.0.value"},
		{"footer", `{"embeds":[{"footer":{"text":"` + text(2049) + `"}}]}`, "embeds.0.footer.text"},
		{"author", `{"embeds":[{"author":{"name":"` + text(257) + `"}}]}`, "embeds.0.author.name"},
		{"embed address", `{"embeds":[{"url":"javascript:alert(1)"}]}`, "embeds.0.url"},
		{"embed address without a scheme", `{"embeds":[{"url":"example.org"}]}`, "embeds.0.url"},
		{"attached picture", `{"embeds":[{"image":{"url":"attachment://chart.png"}}]}`, ""},
		{"colour", `{"embeds":[{"color":16777216}]}`, "embeds.0.color"},
		{"timestamp", `{"embeds":[{"timestamp":"yesterday"}]}`, "embeds.0.timestamp"},
		{"sum at the limit", `{"embeds":[{"description":"` + text(4096) + `"},{"description":"` + text(1904) + `"}]}`, ""},
		{"sum over the limit", `{"embeds":[{"description":"` + text(4096) + `"},{"description":"` + text(1900) + `","footer":{"text":"12345"}}]}`, "embeds"},
		{"nonce", `{"content":"a","nonce":"` + strings.Repeat("n", 26) + `"}`, "nonce"},
		{"nonce as number", `{"content":"a","nonce":12345678901}`, ""},
		{"enforced nonce is missing", `{"content":"a","enforce_nonce":true}`, "nonce"},
		{"unknown mention kind", `{"content":"a","allowed_mentions":{"parse":["here"]}}`, "allowed_mentions.parse.0"},
		{"mentions parsed and listed", `{"content":"a","allowed_mentions":{"parse":["roles"],"roles":["5"]}}`, "allowed_mentions.roles"},
		{"mentions listed", `{"content":"a","allowed_mentions":{"parse":[],"roles":["5"]}}`, ""},
		{"mention id", `{"content":"a","allowed_mentions":{"users":["ann"]}}`, "allowed_mentions.users.0"},
		{"101 mention ids", `{"content":"a","allowed_mentions":{"users":[` + many(101, `"#"`) + `]}}`, "allowed_mentions.users"},
		{"flag that cannot be set", `{"content":"a","flags":64}`, "flags"},
		{"silent", `{"content":"a","flags":4096}`, ""},
		{"poll", `{"poll":{"question":{"text":"q"},"answers":[{"poll_media":{"text":"a"}}]}}`, ""},
		{"poll of eleven answers", `{"poll":{"question":{"text":"q"},"answers":[` + many(11, `{"poll_media":{"text":"#"}}`) + `]}}`, "poll.answers"},
		{"long poll question", `{"poll":{"question":{"text":"` + text(301) + `"},"answers":[{"poll_media":{"text":"a"}}]}}`, "poll.question.text"},
		{"eleven attachments", `{"content":"a","attachments":[` + many(11, `{"id":"#"}`) + `]}`, "attachments"},
		{"reply without id", `{"content":"a","message_reference":{"fail_if_not_exists":false}}`, "message_reference.message_id"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(inspect(t, tt.body, checkCreate), " "); got != tt.want {
				t.Errorf("complaints about %q, want %q", got, tt.want)
			}
		})
	}
}

func TestStrictComponents(t *testing.T) {
	option := `{"label":"l","value":"v#"}`
	selects := func(options string) string {
		return `{"type":3,"custom_id":"s","options":[` + options + `]}`
	}
	tests := []struct {
		name, parts, want string
		v2                bool
	}{
		{"five rows of five buttons", many(5, rowOf(many(5, `{"type":2,"style":1,"label":"b","custom_id":"#c@"}`))), "", false},
		{"six rows", many(6, rowOf(`{"type":2,"style":1,"label":"b","custom_id":"c#"}`)), "components", false},
		{"six buttons", rowOf(button(6)), "components.0.components", false},
		{"empty row", rowOf(""), "components.0.components", false},
		{"button outside a row", button(1), "components.0", false},
		{"custom id twice", rowOf(`{"type":2,"style":1,"label":"b","custom_id":"c"},{"type":2,"style":1,"label":"b","custom_id":"c"}`), "components.0.components.1.custom_id", false},
		{"custom id over the limit", rowOf(`{"type":2,"style":1,"label":"b","custom_id":"` + text(101) + `"}`), "components.0.components.0.custom_id", false},
		{"no custom id", rowOf(`{"type":2,"style":1,"label":"b"}`), "components.0.components.0.custom_id", false},
		{"label", rowOf(`{"type":2,"style":1,"label":"` + text(81) + `","custom_id":"c"}`), "components.0.components.0.label", false},
		{"neither label nor emoji", rowOf(`{"type":2,"style":1,"custom_id":"c"}`), "components.0.components.0", false},
		{"link button", rowOf(`{"type":2,"style":5,"label":"b","url":"https://example.org/a"}`), "", false},
		{"link button with custom id", rowOf(`{"type":2,"style":5,"label":"b","url":"https://example.org/a","custom_id":"c"}`), "components.0.components.0.custom_id", false},
		{"button with address", rowOf(`{"type":2,"style":1,"label":"b","url":"https://example.org/a","custom_id":"c"}`), "components.0.components.0.url", false},
		{"unknown style", rowOf(`{"type":2,"style":9,"label":"b","custom_id":"c"}`), "components.0.components.0.style", false},
		{"unknown key", rowOf(`{"type":2,"style":1,"label":"b","custom_id":"c","colour":1}`), "components.0.components.0.colour", false},
		{"25 options", rowOf(selects(many(25, option))), "", false},
		{"26 options", rowOf(selects(many(26, option))), "components.0.components.0.options", false},
		{"option value twice", rowOf(selects(`{"label":"l","value":"v"},{"label":"m","value":"v"}`)), "components.0.components.0.options.1.value", false},
		{"select beside a button", rowOf(selects(many(1, option)) + "," + button(1)), "components.0", false},
		{"channel select", rowOf(`{"type":8,"custom_id":"s","channel_types":[0,5]}`), "", false},
		{"more values than options", rowOf(`{"type":3,"custom_id":"s","max_values":2,"options":[{"label":"l","value":"v"}]}`), "components.0.components.0.max_values", false},
		{"text display needs the flag", `{"type":10,"content":"a"}`, "components.0", false},
		{"text display", `{"type":10,"content":"a"}`, "", true},
		{"40 components", many(40, `{"type":10,"content":"#"}`), "", true},
		{"41 components, nested", many(20, `{"type":10,"content":"#"}`) + `,{"type":17,"components":[` + many(20, `{"type":10,"content":"#"}`) + `]}`, "components", true},
		{"4000 characters of text in all", `{"type":10,"content":"` + text(3000) + `"},{"type":17,"components":[{"type":10,"content":"` + text(1001) + `"}]}`, "components", true},
		{"container in a container", `{"type":17,"components":[{"type":17,"components":[{"type":10,"content":"a"}]}]}`, "components.0.components.0", true},
		{"gallery", `{"type":12,"items":[{"media":{"url":"https://example.org/a.png"},"description":"d"}]}`, "", true},
		{"gallery of eleven", `{"type":12,"items":[` + many(11, `{"media":{"url":"https://example.org/a.png"}}`) + `]}`, "components.0.items", true},
		{"gallery without a picture", `{"type":12,"items":[{"description":"d"}]}`, "components.0.items.0.media", true},
		{"attached file", `{"type":13,"file":{"url":"attachment://a.png"}}`, "", true},
		{"file from elsewhere", `{"type":13,"file":{"url":"https://example.org/a.png"}}`, "components.0.file.url", true},
		{"separator", `{"type":14,"spacing":3}`, "components.0.spacing", true},
		{"section with a thumbnail", `{"type":9,"components":[{"type":10,"content":"a"}],"accessory":{"type":11,"media":{"url":"https://example.org/a.png"}}}`, "", true},
		{"section of four texts", `{"type":9,"components":[` + many(4, `{"type":10,"content":"#"}`) + `],"accessory":{"type":2,"style":1,"label":"b","custom_id":"c"}}`, "components.0.components", true},
		{"unknown component", `{"type":99}`, "components.0", true},
		{"section without accessory", `{"type":9,"components":[{"type":10,"content":"a"}]}`, "components.0.accessory", true},
		{"section with a button", `{"type":9,"components":[{"type":10,"content":"a"}],"accessory":{"type":2,"style":1,"label":"b","custom_id":"c"}}`, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts := tt.parts
			for i := 0; strings.Contains(parts, "@"); i++ {
				parts = strings.Replace(parts, "@", fmt.Sprint(i), 1)
			}
			body := `{"components":[` + parts + `]}`
			if tt.v2 {
				body = `{"flags":32768,"components":[` + parts + `]}`
			}
			if got := strings.Join(inspect(t, body, checkCreate), " "); got != tt.want {
				t.Errorf("complaints about %q, want %q", got, tt.want)
			}
		})
	}
}

func TestComponentsV2ExcludeContentAlsoOnEdit(t *testing.T) {
	if got := inspect(t, `{"flags":32768,"content":"a","components":[{"type":10,"content":"a"}]}`, checkCreate); len(got) != 1 {
		t.Errorf("create: complaints about %q", got)
	}
	onV2 := func(n node) { checkEdit(n, FlagComponentsV2) }
	if got := inspect(t, `{"content":"a"}`, onV2); len(got) != 1 {
		t.Errorf("edit of a V2 message: complaints about %q", got)
	}
	if got := inspect(t, `{"components":[{"type":10,"content":"a"}]}`, onV2); len(got) != 0 {
		t.Errorf("edit of a V2 message without repeating the flag: complaints about %q", got)
	}
}

func TestStrictCommands(t *testing.T) {
	opt := func(kind int, rest string) string {
		return fmt.Sprintf(`{"type":%d,"name":"o","description":"d"%s}`, kind, rest)
	}
	cmd := func(options string) string {
		return `{"name":"c","description":"d","options":[` + options + `]}`
	}
	sub := func(name, options string) string {
		return `{"type":1,"name":"` + name + `","description":"d","options":[` + options + `]}`
	}
	tests := []struct {
		name, body, want string
	}{
		{"plain", `{"name":"status","description":"d"}`, ""},
		{"name in Arabic", `{"name":"هدنة","description":"d"}`, ""},
		{"upper case", `{"name":"Status","description":"d"}`, "0.name"},
		{"space in the name", `{"name":"a b","description":"d"}`, "0.name"},
		{"name over the limit", `{"name":"` + strings.Repeat("a", 33) + `","description":"d"}`, "0.name"},
		{"no description", `{"name":"status"}`, "0.description"},
		{"description over the limit", `{"name":"status","description":"` + text(101) + `"}`, "0.description"},
		{"message command has a free name", `{"name":"Correct this","type":3}`, ""},
		{"message command has no description", `{"name":"Correct this","type":3,"description":"d"}`, "0.description"},
		{"unknown locale", `{"name":"status","description":"d","name_localizations":{"ar":"x"}}`, "0.name_localizations.ar"},
		{"localised name in upper case", `{"name":"status","description":"d","name_localizations":{"fr":"Statut"}}`, "0.name_localizations.fr"},
		{"unknown key", `{"name":"status","description":"d","permissions":"32"}`, "0.permissions"},
		{"permissions as string", `{"name":"status","description":"d","default_member_permissions":"32"}`, ""},
		{"permissions as words", `{"name":"status","description":"d","default_member_permissions":"manage"}`, "0.default_member_permissions"},
		{"26 options", cmd(many(26, `{"type":3,"name":"o#","description":"d"}`)), "0.options"},
		{"option name twice", cmd(opt(3, "") + "," + opt(4, "")), "0.options.1.name"},
		{"required after optional", cmd(opt(3, "") + `,{"type":3,"name":"p","description":"d","required":true}`), "0.options.1.required"},
		{"unknown option type", cmd(opt(12, "")), "0.options.0.type"},
		{"26 choices", cmd(opt(3, `,"choices":[`+many(26, `{"name":"n#","value":"v#"}`)+`]`)), "0.options.0.choices"},
		{"choice value of the wrong type", cmd(opt(4, `,"choices":[{"name":"n","value":"v"}]`)), "0.options.0.choices.0.value"},
		{"choices beside autocomplete", cmd(opt(3, `,"autocomplete":true,"choices":[{"name":"n","value":"v"}]`)), "0.options.0.choices"},
		{"autocomplete of a channel", cmd(opt(7, `,"autocomplete":true`)), "0.options.0.autocomplete"},
		{"channel types of a channel", cmd(opt(7, `,"channel_types":[0,5]`)), ""},
		{"channel type by name", cmd(opt(7, `,"channel_types":["text"]`)), "0.options.0.channel_types.0"},
		{"channel types of a string", cmd(opt(3, `,"channel_types":[0]`)), "0.options.0.channel_types"},
		{"min over max", cmd(opt(4, `,"min_value":5,"max_value":4`)), "0.options.0.min_value"},
		{"subcommands", cmd(sub("a", opt(3, "")) + "," + sub("b", "")), ""},
		{"subcommand beside a value", cmd(sub("a", "") + "," + opt(3, "")), "0.options"},
		{"subcommand in a subcommand", cmd(sub("a", sub("b", ""))), "0.options.0.options.0"},
		{"group holds subcommands only", cmd(`{"type":2,"name":"g","description":"d","options":[` + opt(3, "") + `]}`), "0.options.0.options.0"},
		{"group in a group", cmd(`{"type":2,"name":"g","description":"d","options":[{"type":2,"name":"h","description":"d","options":[` + sub("a", "") + `]}]}`), "0.options.0.options.0"},
		{"8000 characters", cmd(many(25, `{"type":3,"name":"o#","description":"`+text(100)+`","choices":[`+many(2, `{"name":"`+text(100)+`","value":"v"}`)+`]}`)), ""},
		{"over 8000 characters", cmd(many(25, `{"type":3,"name":"o#","description":"`+text(100)+`","choices":[`+many(3, `{"name":"`+text(100)+`","value":"v"}`)+`]}`)), "0"},
		{"over 8000 with the longest localisation", cmd(many(25, `{"type":3,"name":"o#","description":"d","choices":[`+many(4, `{"name":"n","name_localizations":{"fr":"`+text(100)+`"},"value":"v"}`)+`]}`)), "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(inspect(t, "["+tt.body+"]", func(n node) { checkCommands(n) }), " ")
			if got != tt.want {
				t.Errorf("complaints about %q, want %q", got, tt.want)
			}
		})
	}
}

func TestStrictCommandNumbers(t *testing.T) {
	count := func(n, kind int) (over bool) {
		inspect(t, "["+many(n, fmt.Sprintf(`{"name":"c#","type":%d%s}`, kind, map[bool]string{true: `,"description":"d"`}[kind == chatCommand]))+"]", func(n node) { over = checkCommands(n) })
		return over
	}
	if count(100, chatCommand) || !count(101, chatCommand) {
		t.Error("the limit of chat commands is not 100")
	}
	if count(15, messageCommand) || !count(16, messageCommand) {
		t.Error("the limit of message commands is not 15")
	}
	if got := inspect(t, `[{"name":"c","description":"d"},{"name":"c","description":"d"}]`, func(n node) { checkCommands(n) }); len(got) != 1 {
		t.Errorf("two commands of one name: complaints about %q", got)
	}
}

func TestStrictCallbacks(t *testing.T) {
	command, component, auto := &interaction{kind: interactionCommand}, &interaction{kind: interactionComponent, source: &message{}}, &interaction{kind: interactionAutocomplete}
	tests := []struct {
		name string
		it   *interaction
		body string
		want string
	}{
		{"message", command, `{"type":4,"data":{"content":"a","flags":64}}`, ""},
		{"message without data", command, `{"type":4}`, "data"},
		{"message with an unknown key", command, `{"type":4,"data":{"contents":"a"}}`, "data.contents"},
		{"deferred", command, `{"type":5,"data":{"flags":64,"content":"","embeds":null,"components":null,"tts":false}}`, ""},
		{"deferred with another flag", command, `{"type":5,"data":{"flags":4}}`, "data.flags"},
		{"deferred with content", command, `{"type":5,"data":{"content":"a"}}`, "data data.content"},
		{"update answers no command", command, `{"type":7,"data":{"content":"a"}}`, "type"},
		{"update", component, `{"type":7,"data":{"content":"a"}}`, ""},
		{"silent acknowledgement", component, `{"type":6}`, ""},
		{"choices answer no command", command, `{"type":8,"data":{"choices":[]}}`, "type"},
		{"choices", auto, `{"type":8,"data":{"choices":[{"name":"n","value":"v"},{"name":"m","value":3}]}}`, ""},
		{"26 choices", auto, `{"type":8,"data":{"choices":[` + many(26, `{"name":"n","value":"v"}`) + `]}}`, "data.choices"},
		{"choice name over the limit", auto, `{"type":8,"data":{"choices":[{"name":"` + text(101) + `","value":"v"}]}}`, "data.choices.0.name"},
		{"message answers no autocomplete", auto, `{"type":4,"data":{"content":"a"}}`, "type"},
		{"unknown type", command, `{"type":77}`, "type"},
		{"form", command, `{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"a","style":1}}]}}`, ""},
		{"form without title", command, `{"type":9,"data":{"custom_id":"m","components":[{"type":10,"content":"a"}]}}`, "data.title"},
		{"form title over the limit", command, `{"type":9,"data":{"custom_id":"m","title":"` + text(46) + `","components":[{"type":10,"content":"a"}]}}`, "data.title"},
		{"form with six parts", command, `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + many(6, `{"type":10,"content":"a"}`) + `]}}`, "data.components"},
		{"form with a button", command, `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + rowOf(button(1)) + `]}}`, "data.components.0.components.0"},
		{"form label over the limit", command, `{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"` + text(46) + `","component":{"type":4,"custom_id":"a","style":1}}]}}`, "data.components.0.label"},
		{"form field twice", command, `{"type":9,"data":{"custom_id":"m","title":"t","components":[` + many(2, `{"type":18,"label":"l","component":{"type":4,"custom_id":"a","style":1}}`) + `]}}`, "data.components.1.component.custom_id"},
		{"form answers no form", &interaction{kind: interactionModal}, `{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":10,"content":"a"}]}}`, "type"},
		{"unknown key", command, `{"type":4,"data":{"content":"a"},"flags":64}`, "flags"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(inspect(t, tt.body, func(n node) { checkCallback(n, tt.it) }), " "); got != tt.want {
				t.Errorf("complaints about %q, want %q", got, tt.want)
			}
		})
	}
}
