package bot

import (
	"net/url"
	"strconv"
	"strings"
)

// A custom id is a path that holds all its state, so that no session is kept and a button
// works after a restart: "1/page/2/latest?conflict=libya", "1/show/0/status?conflict=sudan".
const (
	customVersion = "1"
	actionPage    = "page" // turn to that page, in place
	actionShow    = "show" // post that page for everyone

	maxCustomID = 100 // characters; Discord component limits
	maxPages    = 200 // beyond that a custom id is not ours
)

// press is what a button means: run a reading command again and show one of its pages.
type press struct {
	Action  string
	Page    int
	Path    string // "alerts list"
	Options map[string]string
}

// id encodes the press; false if it does not fit, and then there is no button.
func (p press) id() (string, bool) {
	values := url.Values{}
	for name, value := range p.Options {
		values.Set(name, value)
	}
	id := strings.Join([]string{customVersion, p.Action, strconv.Itoa(p.Page), strings.ReplaceAll(p.Path, " ", "/")}, "/")
	if len(values) > 0 {
		id += "?" + values.Encode()
	}
	return id, len(id) <= maxCustomID
}

// parsePress decodes a custom id; false if it is not one of ours, or of another version.
func parsePress(id string) (press, bool) {
	path, query, _ := strings.Cut(id, "?")
	parts := strings.SplitN(path, "/", 4)
	if len(id) > maxCustomID || len(parts) != 4 || parts[0] != customVersion || parts[3] == "" {
		return press{}, false
	}
	page, err := strconv.Atoi(parts[2])
	if err != nil || page < 0 || page >= maxPages || (parts[1] != actionPage && parts[1] != actionShow) {
		return press{}, false
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return press{}, false
	}
	options := make(map[string]string, len(values))
	for name := range values {
		options[name] = values.Get(name)
	}
	return press{Action: parts[1], Page: page, Path: strings.ReplaceAll(parts[3], "/", " "), Options: options}, true
}
