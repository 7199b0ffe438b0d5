package news

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"trucewire/news/lexicon"
)

// maxRun is the longest run of words that own text may share with an item, names
// apart (design promise 2).
const maxRun = 8

// proof is what a text may rest on.
type proof struct {
	texts   []string // of items or claims, as they are
	langs   []string // of the texts, for number words
	days    []time.Time
	figures []Figure
	urls    []string        // addresses that may be linked; nil: not checked
	outlets []string        // names of who carried it, which no text need have
	names   bool            // whether names must be found in texts
	words   map[string]bool // of the texts, folded; only with names
	clocks  []string        // hours of publication; only with names
}

// claimProof is what a claim and the headline of its item offer.
func claimProof(d Development, claims ...Claim) proof {
	var p proof
	for _, c := range claims {
		p.texts, p.langs = append(p.texts, c.Quote), append(p.langs, c.Cite.Lang)
		p.figures = append(p.figures, c.Figures...)
		p.addDay(c.Day)
		p.addInstant(c.Cite.At)
		for _, m := range d.Mentions {
			if m.Item == c.Cite.Item {
				p.texts = append(p.texts, m.Title)
				p.addInstant(m.At)
			}
		}
	}
	return p
}

// itemProof is what items offer to a text whose days are those of a zone.
func (w *Writer) itemProof(items []Item, zone *time.Location) proof {
	p := proof{names: true, urls: []string{}, words: make(map[string]bool)}
	for _, it := range items {
		p.texts, p.langs = append(p.texts, it.Title, it.Text), append(p.langs, it.Lang)
		p.urls = append(p.urls, it.URL)
		p.days = append(p.days, it.Published.In(zone))
		p.clocks = append(p.clocks, it.Published.In(zone).Format("15:04"))
		words := wordsOf(it.Title + " " + it.Text)
		for _, word := range words {
			p.words[word] = true
		}
		for _, pack := range w.cat.Packs {
			if pack.Lang == it.Lang || it.Lang == "" && pack.Lang == defaultLang {
				p.addSpokenDays(pack, it.Published.In(zone), it.Published.UTC())
			}
		}
	}
	return p
}

// addSpokenDays adds the days that words of the language mean, told at some instant as
// its days are counted in some zones.
func (p *proof) addSpokenDays(pack lexicon.Pack, told ...time.Time) {
	says := func(forms string) bool {
		return slices.ContainsFunc(wordsOf(forms), func(word string) bool { return p.words[word] || p.joined(pack, word) })
	}
	for _, at := range told {
		for _, word := range sortedKeys(pack.Relative) {
			if says(word) {
				p.days = append(p.days, at.AddDate(0, 0, pack.Relative[word]))
			}
		}
		if slices.ContainsFunc(pack.Around["midnight"], says) { // the one that ends the day, or that began it
			p.days = append(p.days, at, at.AddDate(0, 0, 1))
		}
		for back := range 8 {
			day := at.AddDate(0, 0, -back)
			if len(pack.Weekdays) == 7 && says(pack.Weekdays[day.Weekday()]) {
				p.days = append(p.days, day, day.AddDate(0, 0, 7))
			}
		}
	}
}

// joined reports whether a word stands in the texts with a clitic written onto it.
func (p *proof) joined(pack lexicon.Pack, word string) bool {
	return slices.ContainsFunc(pack.Clitics, func(c string) bool {
		clitic, _, _ := strings.Cut(c, "=")
		return p.words[foldName(clitic)+word]
	})
}

func (p *proof) addDay(day string) {
	if t, err := time.Parse(dayLayout, day); err == nil {
		p.days = append(p.days, t)
	}
}

// addInstant adds the days that an instant falls on in any zone.
func (p *proof) addInstant(t time.Time) {
	if t.IsZero() {
		return
	}
	for _, zone := range []int{-12, 0, 14} {
		p.days = append(p.days, t.In(time.FixedZone("", zone*3600)))
	}
}

// Check reports the first thing in a text of this writer that its items do not bear
// out: a quotation that is not in an item word for word, a number, a day, a name of the
// catalogue that no item has, any other word that is neither in an item nor one the
// phrase books say, a heading of another conflict, a link to another address or under
// another name, or more than eight words in a row of an item outside quotation marks.
// Days are those of UTC. Lines that tell what the bot itself counted are checked for
// links only.
func (w *Writer) Check(text string, cited []Item) error {
	return w.CheckIn(text, cited, time.UTC)
}

// CheckIn is Check of a text whose days are those of a zone.
func (w *Writer) CheckIn(text string, cited []Item, zone *time.Location) error {
	p := w.itemProof(cited, zone)
	for _, it := range cited {
		p.outlets = append(p.outlets, plainText(w.outlet(it.Outlet)))
	}
	for _, m := range ownLink.FindAllStringSubmatch(text, -1) {
		if err := w.checkLink(m[0], m[2], cited); err != nil {
			return err
		}
	}
	if strings.Contains(ownLink.ReplaceAllString(text, ""), "](") {
		return errors.New("a link is not as the writer makes them")
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, smallPrint) || slices.ContainsFunc(w.counted, func(re *regexp.Regexp) bool { return re.MatchString(line) }) {
			continue
		}
		line = withoutMoments(line, zone)
		if err := w.checkHeading(line, p); err != nil {
			return err
		}
		if err := w.checkOwn(afterHeading(line), p); err != nil {
			return fmt.Errorf("check %q: %w", line, err)
		}
	}
	return nil
}

// checkLink checks that a link is what the writer makes of a cited item.
func (w *Writer) checkLink(link, target string, cited []Item) error {
	found := false
	for _, it := range cited {
		if linkTarget(it.URL) != target {
			continue
		}
		found = true
		for _, b := range w.books {
			if w.link(b, it.Outlet, it.URL) == link {
				return nil
			}
		}
	}
	if found {
		return fmt.Errorf("link %s is under another name than its outlet's", link)
	}
	return fmt.Errorf("link to %s is not of a cited item", target)
}

// ownCounts match the lines that tell what the bot itself counted.
func ownCounts(books map[string]*book) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, lang := range sortedKeys(books) {
		for _, name := range []string{"digest_more", "digest_quiet_many", "digest_quiet_one", "digest_quiet_none", "digest_missed_one", "digest_missed_many", "status_more", "latest_more"} {
			text := regexp.QuoteMeta(placeholder.ReplaceAllString(books[lang].Texts[name], "\x00"))
			out = append(out, regexp.MustCompile("^"+strings.ReplaceAll(text, "\x00", ".*")+"$"))
		}
	}
	return out
}

// ownLink is a link as the writer makes them: label and address.
var ownLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(<([^<>\s]*)>\)`)

// timestamp is an instant as Discord shows it in the reader's zone.
var timestamp = regexp.MustCompile(`<t:\d+(?::[a-zA-Z])?>`)

// clockTime is an hour with its zone: that of the item that corrects.
var clockTime = regexp.MustCompile(`\b(\d{1,2}:\d{2})\b(?:\s(?:UTC[+-]\d{2}:\d{2}|[A-Z]{2,5}\b))?`)

// clockBeside is an hour beside the same instant as a Discord time.
var clockBeside = regexp.MustCompile(clockTime.String() + `( \(<t:(\d+):R>\))`)

// withoutMoments is a line without the hours that only put a Discord time beside them into a zone's
// words. Hours that say another time stay, and are checked like any number.
func withoutMoments(line string, zone *time.Location) string {
	return clockBeside.ReplaceAllStringFunc(line, func(m string) string {
		part := clockBeside.FindStringSubmatch(m)
		unix, err := strconv.ParseInt(part[3], 10, 64)
		if err != nil || time.Unix(unix, 0).In(zone).Format("15:04") != part[1] {
			return m
		}
		return part[2]
	})
}

// afterHeading is a line without its bold heading, which names conflict and kind: what
// an item is about, not what it says.
func afterHeading(line string) string {
	if !strings.HasPrefix(line, "**") && !strings.HasPrefix(line, "• ") {
		return line
	}
	if _, rest, ok := strings.Cut(line, "** – "); ok {
		return rest
	}
	return line
}

// checkOwn checks one sentence or line against what it rests on.
func (w *Writer) checkOwn(text string, p proof) error {
	own, quotes := w.splitQuotes(plainText(text))
	for _, q := range quotes {
		if !p.holdsQuote(q) {
			return fmt.Errorf("quotation %q is not in what is cited", q)
		}
	}
	for _, part := range own {
		part = w.withoutArrangements(p.withoutOutlets(part), p)
		if err := w.checkDays(&part, p); err != nil {
			return err
		}
		if err := w.checkNumbers(part, p); err != nil {
			return err
		}
		if err := w.checkNames(part, p); err != nil {
			return err
		}
		if run := w.sharedRun(part, p.texts); run != "" {
			return fmt.Errorf("%q stands in an item word for word", run)
		}
	}
	return nil
}

// withoutOutlets is own text without the names of outlets.
func (p proof) withoutOutlets(part string) string {
	for _, name := range p.outlets {
		if name != "" {
			part = strings.ReplaceAll(strings.ReplaceAll(part, name, ""), upperFirst(name), "")
		}
	}
	return part
}

// withoutArrangements is own text without the names of arrangements of conflicts that
// are spoken of: those are what the catalogue calls what the items tell.
func (w *Writer) withoutArrangements(part string, p proof) string {
	for _, c := range w.cat.Conflicts {
		for _, a := range c.Arrangements {
			short, _, _ := strings.Cut(beforeBracket(a.Name), " / ")
			if (distinctive(short) || p.names && strings.Contains(short, " ")) && strings.Contains(part, short) && (!p.names || w.speaksOf(c, p)) {
				part = strings.ReplaceAll(part, short, "")
			}
		}
	}
	return part
}

// plainText is what a reader sees of markdown, without links.
func plainText(s string) string {
	s = ownLink.ReplaceAllString(s, "")
	s = timestamp.ReplaceAllString(s, "")
	var out strings.Builder
	literal := false
	for _, r := range s {
		switch {
		case literal:
			out.WriteRune(r)
			literal = false
		case r == '\\':
			literal = true
		case r == '*', r == '~', string(r) == isolateStart, string(r) == isolateEnd:
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// splitQuotes parts a text into what is the bot's own and what is quoted.
func (w *Writer) splitQuotes(s string) (own, quotes []string) {
	pairs := w.quotePairs()
	for s != "" {
		at, closing, width := -1, "", 0
		for _, pair := range pairs {
			if i := strings.Index(s, pair[0]); i >= 0 && (at < 0 || i < at) {
				at, closing, width = i, pair[1], len(pair[0])
			}
		}
		if at < 0 {
			return append(own, s), quotes
		}
		inner, rest, ok := strings.Cut(s[at+width:], closing)
		if !ok {
			return append(own, s), quotes
		}
		own, quotes = append(own, s[:at]), append(quotes, strings.TrimSpace(inner))
		s = rest
	}
	return own, quotes
}

// quotePairs are the marks of all books.
func (w *Writer) quotePairs() [][2]string {
	var pairs [][2]string
	for _, lang := range sortedKeys(w.books) {
		b := w.books[lang]
		for _, p := range [][]string{b.Quotes, b.QuotesInner} {
			pair := [2]string{strings.TrimSpace(p[0]), strings.TrimSpace(p[1])}
			if !slices.Contains(pairs, pair) {
				pairs = append(pairs, pair)
			}
		}
	}
	return pairs
}

// holdsQuote reports whether every uncut part of a quotation stands in one text.
func (p proof) holdsQuote(q string) bool {
	parts := strings.Split(q, ellipsis)
	for _, text := range p.texts {
		text = sanitise(lineBreaks.ReplaceAllString(text, "  "))
		ok := true
		for _, part := range parts {
			ok = ok && strings.Contains(text, norm.NFC.String(strings.TrimSpace(part)))
		}
		if ok {
			return true
		}
	}
	return false
}

// checkDays checks the days in words and takes them out of the part.
func (w *Writer) checkDays(part *string, p proof) error {
	for _, lang := range sortedKeys(w.books) {
		b := w.books[lang]
		for _, m := range b.dayPattern.FindAllStringSubmatch(*part, -1) {
			if !slices.ContainsFunc(p.days, func(t time.Time) bool { return b.isDay(m[0], t) }) && !p.namesDay(b, m[0]) {
				return fmt.Errorf("day %q is not in what is cited", m[0])
			}
		}
		*part = b.dayPattern.ReplaceAllString(*part, "")
	}
	for _, m := range clockTime.FindAllStringSubmatch(*part, -1) {
		if p.names && !slices.Contains(p.clocks, m[1]) {
			return fmt.Errorf("hour %s is of no cited item", m[1])
		}
	}
	*part = clockTime.ReplaceAllString(*part, "")
	return nil
}

// isDay reports whether words are how the book writes a day.
func (b *book) isDay(said string, t time.Time) bool {
	return said == b.day(t, t) || said == b.day(t, t.AddDate(1, 0, 0))
}

// namesDay reports whether a cited text gives the day of said by its number and month,
// in English or as the book writes months.
func (p proof) namesDay(b *book, said string) bool {
	if !p.names {
		return false
	}
	for _, from := range p.days {
		for offset := -400; offset <= 400; offset++ {
			day := from.AddDate(0, 0, offset)
			if b.isDay(said, day) && slices.ContainsFunc(p.texts, func(text string) bool { return textHasDay(text, b, day) }) {
				return true
			}
		}
	}
	return false
}

// textHasDay reports whether number and month of a day stand beside each other.
func textHasDay(text string, b *book, day time.Time) bool {
	words := wordsOf(text)
	months := []string{foldName(day.Format("January")), foldName(day.Format("Jan")), foldName(b.Months[day.Month()-1])}
	numbers := []string{strconv.Itoa(day.Day()), day.Format("02"), strconv.Itoa(day.Day()) + "th", strconv.Itoa(day.Day()) + "st", strconv.Itoa(day.Day()) + "nd", strconv.Itoa(day.Day()) + "rd"}
	for i := 1; i < len(words); i++ {
		if slices.Contains(months, words[i]) && slices.Contains(numbers, words[i-1]) ||
			slices.Contains(months, words[i-1]) && slices.Contains(numbers, words[i]) {
			return true
		}
	}
	return false
}

// sharedRun finds more than maxRun words in a row that own text shares with an item;
// empty if there are none. Names of the catalogue do not count.
func (w *Writer) sharedRun(own string, texts []string) string {
	mine := wordsOf(w.withoutNames(own))
	if len(mine) <= maxRun {
		return ""
	}
	theirs := make(map[string]bool)
	for _, text := range texts {
		words := wordsOf(w.withoutNames(text))
		for i := 0; i+maxRun < len(words); i++ {
			theirs[strings.Join(words[i:i+maxRun+1], " ")] = true
		}
	}
	for i := 0; i+maxRun < len(mine); i++ {
		if run := strings.Join(mine[i:i+maxRun+1], " "); theirs[run] {
			return run
		}
	}
	return ""
}
