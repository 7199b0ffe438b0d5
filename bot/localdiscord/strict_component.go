package localdiscord

// Component limits. Source: Discord developer documentation, "Component Reference".
const (
	maxRows          = 5
	maxButtonsInRow  = 5
	maxCustomID      = 100
	maxButtonLabel   = 80
	maxButtonURL     = 512
	maxSelectOptions = 25
	maxSelectText    = 100
	maxPlaceholder   = 150
	maxV2Components  = 40
	maxV2Text        = 4000 // all text displays of a message together
	maxSectionTexts  = 3
	maxGalleryItems  = 10
	maxAltText       = 1024
)

// Component type numbers. Source: as above.
const (
	typeRow         = 1
	typeButton      = 2
	typeSelect      = 3
	typeUserSelect  = 5
	typeChanSelect  = 8
	typeSection     = 9
	typeText        = 10
	typeThumbnail   = 11
	typeGallery     = 12
	typeFile        = 13
	typeSeparator   = 14
	typeContainer   = 17
	styleLink       = 5
	stylePremium    = 6
	lastButtonStyle = stylePremium
)

// layout is the running count of one message's components.
type layout struct {
	v2        bool
	ids       map[string]bool // custom ids seen
	total     int
	textTotal int
}

func checkComponents(n node, v2 bool) {
	l := &layout{v2: v2, ids: map[string]bool{}}
	most := maxRows
	if v2 {
		most = maxV2Components
	}
	for _, c := range n.list(0, most) {
		l.top(c, true)
	}
	if l.total > maxV2Components && v2 {
		n.fail("BASE_TYPE_BAD_LENGTH", "at most %d components in total, got %d", maxV2Components, l.total)
	}
	if l.textTotal > maxV2Text {
		n.fail("BASE_TYPE_MAX_LENGTH", "at most %d characters of text in total, got %d", maxV2Text, l.textTotal)
	}
}

func kindOf(n node) int64 {
	t := n.key("type")
	t.need()
	v, _ := t.integer(1, 1000)
	return v
}

// top inspects a component that may stand at the top of a message or in a container.
func (l *layout) top(n node, outer bool) {
	l.total++
	kind := kindOf(n)
	if kind == typeRow {
		l.row(n)
		return
	}
	if !l.v2 {
		n.fail("UNION_TYPE_CHOICES", "only action rows may stand here without the components V2 flag")
		return
	}
	switch kind {
	case typeSection:
		l.section(n)
	case typeText:
		l.text(n)
	case typeGallery:
		l.gallery(n)
	case typeFile:
		n.object("type", "id", "spoiler", "file")
		media(n.key("file"), "attachment")
	case typeSeparator:
		n.object("type", "id", "spacing", "divider")
		n.key("spacing").integer(1, 2)
	case typeContainer:
		l.container(n, outer)
	default:
		n.fail("UNION_TYPE_CHOICES", "component type %d cannot stand here", kind)
	}
}

func (l *layout) row(n node) {
	n.object("type", "id", "components")
	parts := n.key("components")
	parts.need()
	list := parts.list(1, maxButtonsInRow)
	for _, c := range list {
		l.total++
		kind := kindOf(c)
		switch {
		case kind == typeButton:
			l.button(c)
		case kind == typeSelect || kind >= typeUserSelect && kind <= typeChanSelect:
			l.selection(c, kind)
			if len(list) > 1 {
				n.fail("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "a select fills its action row")
			}
		default:
			c.fail("UNION_TYPE_CHOICES", "component type %d cannot stand in an action row", kind)
		}
	}
}

func (l *layout) button(n node) {
	n.object("type", "id", "custom_id", "style", "label", "disabled", "url", "sku_id", "emoji")
	n.key("style").need()
	style, _ := n.key("style").integer(1, lastButtonStyle)
	label := n.key("label").text(0, maxButtonLabel)
	n.key("disabled").boolean()
	checkEmoji(n.key("emoji"))
	switch style {
	case styleLink:
		n.key("url").need()
		n.key("url").link(maxButtonURL, "http", "https", "discord")
		if n.key("custom_id").text(0, maxCustomID) != "" {
			n.key("custom_id").fail("BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED", "A link button has no custom id")
		}
	case stylePremium:
		n.key("sku_id").need()
		return
	default:
		if n.key("url").text(0, maxButtonURL) != "" {
			n.key("url").fail("BUTTON_COMPONENT_URL_NOT_ALLOWED", "Only a link button has a url")
		}
		l.customID(n)
	}
	if label == "" && n.key("emoji").absent() {
		n.fail("BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")
	}
}

// customID inspects the custom id: there, at most 100 characters, once per message.
func (l *layout) customID(n node) {
	c := n.key("custom_id")
	c.need()
	id := c.text(1, maxCustomID)
	if id != "" && l.ids[id] {
		c.fail("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	l.ids[id] = true
}

func (l *layout) selection(n node, kind int64) {
	known := []string{"type", "id", "custom_id", "placeholder", "min_values", "max_values", "disabled", "required"}
	switch kind {
	case typeSelect:
		known = append(known, "options")
	case typeChanSelect:
		known = append(known, "default_values", "channel_types")
	default:
		known = append(known, "default_values")
	}
	n.object(known...)
	l.customID(n)
	n.key("placeholder").text(0, maxPlaceholder)
	low, lowSet := n.key("min_values").integer(0, maxSelectOptions)
	high, highSet := n.key("max_values").integer(1, maxSelectOptions)
	if lowSet && highSet && low > high {
		n.key("min_values").fail("SELECT_COMPONENT_INVALID_MIN_VALUES", "min_values is above max_values")
	}
	n.key("disabled").boolean()
	if kind != typeSelect {
		return
	}
	n.key("options").need()
	options := n.key("options").list(1, maxSelectOptions)
	if highSet && high > int64(len(options)) {
		n.key("max_values").fail("SELECT_COMPONENT_INVALID_MAX_VALUES", "max_values is above the number of options")
	}
	l.options(options)
}

func (l *layout) options(list []node) {
	seen := map[string]bool{}
	for _, o := range list {
		o.object("label", "value", "description", "default", "emoji")
		o.key("label").need()
		o.key("value").need()
		o.key("label").text(1, maxSelectText)
		o.key("description").text(0, maxSelectText)
		o.key("default").boolean()
		checkEmoji(o.key("emoji"))
		v := o.key("value").text(1, maxSelectText)
		if seen[v] {
			o.key("value").fail("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		seen[v] = true
	}
}

func checkEmoji(n node) {
	// discordgo adds "animated"; Discord ignores it.
	n.object("id", "name", "animated")
}

func (l *layout) text(n node) {
	n.object("type", "id", "content")
	n.key("content").need()
	l.textTotal += length(n.key("content").text(1, maxV2Text))
}

func (l *layout) section(n node) {
	n.object("type", "id", "components", "accessory")
	for _, c := range n.key("components").list(1, maxSectionTexts) {
		l.total++
		if kindOf(c) != typeText {
			c.fail("UNION_TYPE_CHOICES", "a section holds text displays")
			continue
		}
		l.text(c)
	}
	a := n.key("accessory")
	if !a.need() {
		return
	}
	l.total++
	switch kindOf(a) {
	case typeButton:
		l.button(a)
	case typeThumbnail:
		a.object("type", "id", "description", "spoiler", "media")
		a.key("description").text(0, maxAltText)
		media(a.key("media"), "http", "https", "attachment")
	default:
		a.fail("UNION_TYPE_CHOICES", "an accessory is a button or a thumbnail")
	}
}

func (l *layout) gallery(n node) {
	n.object("type", "id", "items")
	n.key("items").need()
	for _, item := range n.key("items").list(1, maxGalleryItems) {
		item.object("description", "spoiler", "media")
		item.key("description").text(0, maxAltText)
		media(item.key("media"), "http", "https", "attachment")
	}
}

func (l *layout) container(n node, outer bool) {
	if !outer {
		n.fail("UNION_TYPE_CHOICES", "a container cannot stand in a container")
		return
	}
	n.object("type", "id", "accent_color", "components", "spoiler")
	n.key("accent_color").integer(0, 0xFFFFFF)
	n.key("components").need()
	for _, c := range n.key("components").list(1, maxV2Components) {
		l.top(c, false)
	}
}

func media(n node, schemes ...string) {
	if !n.need() {
		return
	}
	n.object("url")
	n.key("url").need()
	n.key("url").link(maxEmbedURL, schemes...)
}
