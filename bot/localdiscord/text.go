package localdiscord

import "strings"

// Text is the message as a terminal can show it: content, embeds, files and components
// from top to bottom, markdown left as it is. A message that is still loading gives
// "thinking…".
func (m Message) Text() string {
	if m.Loading {
		return "thinking…"
	}
	var blocks []string
	blocks = addBlock(blocks, m.Content)
	if m.Flags&FlagSuppressEmbeds == 0 {
		for _, e := range m.Embeds {
			blocks = addBlock(blocks, e.text())
		}
	}
	for _, a := range m.Attachments {
		blocks = addBlock(blocks, "(file: "+a.Name+")")
	}
	for _, c := range m.Components {
		blocks = addBlock(blocks, c.text())
	}
	return strings.Join(blocks, "\n")
}

func addBlock(blocks []string, text string) []string {
	if text == "" {
		return blocks
	}
	return append(blocks, text)
}

func (e Embed) text() string {
	var lines []string
	if e.Author != nil {
		lines = addBlock(lines, e.Author.Name)
	}
	lines = addBlock(addBlock(lines, e.Title), e.Description)
	for _, f := range e.Fields {
		lines = append(lines, f.Name, f.Value)
	}
	if e.Footer != nil {
		lines = addBlock(lines, e.Footer.Text)
	}
	return strings.Join(lines, "\n")
}

// text shows buttons and selects in brackets, a row on one line.
func (c Component) text() string {
	switch c.Type {
	case typeText:
		return c.Content
	case typeButton:
		if c.Style == styleLink {
			return "[" + c.Label + ": " + c.URL + "]"
		}
		return "[" + c.Label + "]"
	case typeSelect:
		labels := make([]string, len(c.Options))
		for i, o := range c.Options {
			labels[i] = o.Label
		}
		return "[" + c.Placeholder + ": " + strings.Join(labels, " | ") + "]"
	case typeRow:
		return c.parts(" ")
	case typeSection, typeContainer:
		text := c.parts("\n")
		if c.Accessory != nil && c.Accessory.Type == typeButton {
			text += " " + c.Accessory.text()
		}
		return text
	}
	if c.CustomID != "" {
		return "[" + c.Placeholder + "]"
	}
	return ""
}

func (c Component) parts(between string) string {
	var list []string
	for _, p := range c.Components {
		list = addBlock(list, p.text())
	}
	return strings.Join(list, between)
}
