package localdiscord

// Modal limits. Source: Discord developer documentation, "Component Reference" and
// "Interaction Response Object".
const (
	maxModalTitle       = 45
	maxModalParts       = 5
	maxLabel            = 45
	maxLabelText        = 100
	maxInput            = 4000
	maxInputPlaceholder = 100
)

const (
	typeInput = 4
	typeLabel = 18
)

// checkModal inspects the data of a modal callback. File uploads, radio groups and
// check boxes (19, 21 to 23) are not part of this Discord.
func checkModal(n node) {
	if !n.need() {
		return
	}
	// discordgo sends the empty fields of a message too; Discord ignores them.
	n.object(append(replyKeys(), "custom_id", "title")...)
	for _, k := range []string{"custom_id", "title", "components"} {
		n.key(k).need()
	}
	n.key("custom_id").text(1, maxCustomID)
	n.key("title").text(1, maxModalTitle)
	l := &layout{v2: true, ids: map[string]bool{}}
	for _, c := range n.key("components").list(1, maxModalParts) {
		l.modalPart(c)
	}
}

// modalPart inspects a label, a text display, or the older form: a row with one input.
func (l *layout) modalPart(n node) {
	switch kindOf(n) {
	case typeText:
		l.text(n)
	case typeRow:
		n.object("type", "id", "components")
		n.key("components").need()
		for _, c := range n.key("components").list(1, 1) {
			l.input(c, true)
		}
	case typeLabel:
		n.object("type", "id", "label", "description", "component")
		n.key("label").need()
		n.key("label").text(1, maxLabel)
		n.key("description").text(0, maxLabelText)
		if n.key("component").need() {
			l.labelled(n.key("component"))
		}
	default:
		n.fail("UNION_TYPE_CHOICES", "a modal holds labels, text displays and rows")
	}
}

func (l *layout) labelled(n node) {
	kind := kindOf(n)
	switch {
	case kind == typeInput:
		l.input(n, false)
	case kind == typeSelect || kind >= typeUserSelect && kind <= typeChanSelect:
		l.selection(n, kind)
	default:
		n.fail("UNION_TYPE_CHOICES", "component type %d cannot stand in a label", kind)
	}
}

// input inspects a text input. In a row it has a label of its own, in a label it has none.
func (l *layout) input(n node, inRow bool) {
	n.object("type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder")
	if kindOf(n) != typeInput {
		n.fail("UNION_TYPE_CHOICES", "a row of a modal holds one text input")
		return
	}
	l.customID(n)
	n.key("style").need()
	n.key("style").integer(1, 2)
	if inRow {
		n.key("label").need()
		n.key("label").text(1, maxLabel)
	} else if n.key("label").text(0, maxLabel) != "" {
		n.key("label").fail("BASE_TYPE_MAX_LENGTH", "an input in a label has no label of its own")
	}
	low, _ := n.key("min_length").integer(0, maxInput)
	high, set := n.key("max_length").integer(1, maxInput)
	if set && low > high {
		n.key("min_length").fail("TEXT_INPUT_COMPONENT_INVALID_MIN_LENGTH", "min_length is above max_length")
	}
	n.key("required").boolean()
	n.key("value").text(0, maxInput)
	n.key("placeholder").text(0, maxInputPlaceholder)
}
