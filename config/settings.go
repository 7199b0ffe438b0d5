package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
)

// DefaultDiscordAPI is what stands before every route.
const DefaultDiscordAPI = "https://discord.com/api/v10"

// Bounds of the poll interval: below two minutes publishers object, above a day a
// feed's window has moved on (design.md §9).
const (
	DefaultPollEvery = 5 * time.Minute
	minPollEvery     = 2 * time.Minute
	maxPollEvery     = 24 * time.Hour
)

const maxWorkers = 256

// Settings is everything an operator can set.
type Settings struct {
	Token         Secret
	TokenFile     string
	DataDir       string
	DiscordAPI    string // what stands before the route, no trailing slash
	Contact       string // printed in the User-Agent and in /help
	CatalogueFile string // overrides; empty: none
	AllowLoopback bool   // sources may be on this machine: tests and try only
	PollEvery     time.Duration
	Workers       int // feeds fetched at the same time
	LogLevel      slog.Level
	LogFormat     string // text or json
}

// Option describes one setting. The table of options is the only place where a
// setting is named: flags, environment, YAML and documentation come from it.
type Option struct {
	Key     string // in YAML, and the flag's name
	Env     string
	Default string
	Text    string
	Secret  bool // no flag: it would show in the process list
	set     func(*Settings, string) error
}

// Options lists every setting in the order they are documented.
func Options() []Option {
	return []Option{
		{Key: "token", Env: "DISCORD_TOKEN", Secret: true, Text: "the bot's token", set: func(s *Settings, v string) error { s.Token = NewSecret(strings.TrimSpace(v)); return nil }},
		{Key: "token-file", Env: "DISCORD_TOKEN_FILE", Text: "file that holds the bot's token", set: text(func(s *Settings) *string { return &s.TokenFile })},
		{Key: "data", Env: "TRUCEWIRE_DATA", Default: "data", Text: "directory for everything that must persist", set: setDataDir},
		{Key: "discord-api", Env: "TRUCEWIRE_DISCORD_API", Default: DefaultDiscordAPI, Text: "what stands before a Discord route", set: setDiscordAPI},
		{Key: "contact", Env: "TRUCEWIRE_CONTACT", Text: "address or URL of the operator, told to publishers and members", set: text(func(s *Settings) *string { return &s.Contact })},
		{Key: "catalogue", Env: "TRUCEWIRE_CATALOGUE", Text: "YAML file that overrides or adds conflicts, outlets, feeds and language packs", set: text(func(s *Settings) *string { return &s.CatalogueFile })},
		{Key: "allow-loopback", Env: "TRUCEWIRE_ALLOW_LOOPBACK", Default: "false", Text: "let sources be on this machine (tests only)", set: setAllowLoopback},
		{Key: "poll-every", Env: "TRUCEWIRE_POLL_EVERY", Default: DefaultPollEvery.String(), Text: "how often a source is looked at, 2m to 24h; publishers' headers win", set: setPollEvery},
		{Key: "workers", Env: "TRUCEWIRE_WORKERS", Default: "16", Text: "sources fetched at the same time, 1 to 256", set: setWorkers},
		{Key: "log-level", Env: "TRUCEWIRE_LOG_LEVEL", Default: "info", Text: "debug, info, warn or error", set: setLogLevel},
		{Key: "log-format", Env: "TRUCEWIRE_LOG_FORMAT", Default: "text", Text: "text or json", set: setLogFormat},
	}
}

// Input is where settings come from, weakest first: defaults, File, Getenv, Flags.
type Input struct {
	File   string              // optional YAML file
	Getenv func(string) string // nil: no environment
	Flags  map[string]string   // by key, only those that were given
}

// Load merges the input into settings. The error joins every problem found; each
// names the key and where its value came from.
func Load(in Input) (Settings, error) {
	var s Settings
	var problems []error
	fromFile, err := readFile(in.File)
	if err != nil {
		problems = append(problems, err)
	}
	for _, o := range Options() {
		value, origin := o.value(in, fromFile)
		delete(fromFile, o.Key)
		if value == "" {
			continue
		}
		if err := o.set(&s, value); err != nil {
			problems = append(problems, fmt.Errorf("%s (%s): %w", o.Key, origin, err))
		}
	}
	problems = append(problems, unknownKeys(in.File, fromFile)...)
	problems = append(problems, s.readTokenFile(), s.checkPollEvery())
	return s, errors.Join(problems...)
}

func (o Option) value(in Input, fromFile map[string]string) (value, origin string) {
	if v, ok := in.Flags[o.Key]; ok {
		return v, "flag --" + o.Key
	}
	if in.Getenv != nil {
		if v := in.Getenv(o.Env); v != "" {
			return v, "environment " + o.Env
		}
	}
	if v, ok := fromFile[o.Key]; ok {
		return v, in.File
	}
	return o.Default, "default"
}

func readFile(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	var values map[string]any
	if err := yaml.Unmarshal(raw, &values); err != nil {
		return nil, fmt.Errorf("config: %s is not a YAML mapping of keys to values: %w", path, err)
	}
	out := make(map[string]string, len(values))
	for k, v := range values {
		out[k] = fmt.Sprint(v)
	}
	return out, nil
}

func unknownKeys(file string, left map[string]string) []error {
	keys := make([]string, 0, len(left))
	for k := range left {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var problems []error
	for _, k := range keys {
		problems = append(problems, fmt.Errorf("%s (%s): no such setting; `trucewire run --help` lists them", k, file))
	}
	return problems
}

func (s *Settings) readTokenFile() error {
	if s.TokenFile == "" || !s.Token.Empty() {
		return nil
	}
	raw, err := os.ReadFile(s.TokenFile)
	if err != nil {
		return fmt.Errorf("token-file: %w", err)
	}
	s.Token = NewSecret(strings.TrimSpace(string(raw)))
	if s.Token.Empty() {
		return fmt.Errorf("token-file: %s is empty", s.TokenFile)
	}
	return nil
}

func text(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		*field(s) = strings.TrimSpace(v)
		return nil
	}
}

func setDataDir(s *Settings, v string) error {
	if strings.TrimSpace(v) == "" {
		return errors.New("is empty; name a directory")
	}
	s.DataDir = v
	return nil
}

func setDiscordAPI(s *Settings, v string) error {
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("%q is not an http or https address", v)
	}
	s.DiscordAPI = strings.TrimRight(v, "/")
	return nil
}

func setAllowLoopback(s *Settings, v string) error {
	b, err := strconv.ParseBool(v)
	if err != nil {
		return fmt.Errorf("%q is neither true nor false", v)
	}
	s.AllowLoopback = b
	return nil
}

func setPollEvery(s *Settings, v string) error {
	d, err := time.ParseDuration(v)
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 5m or 1h", v)
	}
	s.PollEvery = d
	return nil
}

// checkPollEvery allows seconds only where no publisher is bothered.
func (s *Settings) checkPollEvery() error {
	least := minPollEvery
	if s.AllowLoopback {
		least = time.Second
	}
	if s.PollEvery != 0 && (s.PollEvery < least || s.PollEvery > maxPollEvery) {
		return fmt.Errorf("poll-every: %s is outside %s to %s", s.PollEvery, least, maxPollEvery)
	}
	return nil
}

func setWorkers(s *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > maxWorkers {
		return fmt.Errorf("%q is not a number from 1 to %d", v, maxWorkers)
	}
	s.Workers = n
	return nil
}

func setLogLevel(s *Settings, v string) error {
	if err := s.LogLevel.UnmarshalText([]byte(v)); err != nil {
		return fmt.Errorf("%q is none of debug, info, warn, error", v)
	}
	return nil
}

func setLogFormat(s *Settings, v string) error {
	if v != "text" && v != "json" {
		return fmt.Errorf("%q is neither text nor json", v)
	}
	s.LogFormat = v
	return nil
}
