// Package discordspec checks request bodies against Discord's official OpenAPI
// document. Only tests import it: the document says of itself that it is a preview and
// may be wrong, and the schema library has no place in the binary.
//
// The document is not part of this repository. Load takes its path and says plainly
// when it is not there, so that a test can skip with a reason.
//
// The document is too lax in places (content of 4,000 characters, any command name,
// unknown keys); localdiscord's own strict layer covers those.
package discordspec

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// ErrAbsent is returned by Load when the document is not at the given path.
var ErrAbsent = errors.New("specification check skipped: the OpenAPI document is not there")

// Spec is a loaded document. It is safe for concurrent use.
type Spec struct {
	operations []operation
	compiler   *jsonschema.Compiler

	mu       sync.Mutex
	compiled map[string]*jsonschema.Schema // by location
}

// operation is one method of one path that takes a JSON body.
type operation struct {
	method   string
	template []string
	location string // of the body's schema; empty: takes no JSON
}

// resource is the name the document has inside the compiler.
const resource = "discord.json"

// Load reads the document at path. The error wraps ErrAbsent when there is none.
func Load(path string) (*Spec, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrAbsent, path)
	}
	if err != nil {
		return nil, fmt.Errorf("load specification: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("load specification %s: %w", path, err)
	}
	s := &Spec{compiler: jsonschema.NewCompiler(), compiled: map[string]*jsonschema.Schema{}}
	s.compiler.DefaultDraft(jsonschema.Draft2020)
	s.compiler.AssertFormat()
	if err := s.compiler.AddResource(resource, doc); err != nil {
		return nil, fmt.Errorf("load specification %s: %w", path, err)
	}
	if s.operations, err = readOperations(data); err != nil {
		return nil, fmt.Errorf("load specification %s: %w", path, err)
	}
	return s, nil
}

// readOperations lists the document's operations and where their body schemas are.
func readOperations(data []byte) ([]operation, error) {
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	var list []operation
	for path, methods := range doc.Paths {
		for method, raw := range methods {
			if method == "parameters" {
				continue
			}
			var op struct {
				Body struct {
					Content map[string]json.RawMessage `json:"content"`
				} `json:"requestBody"`
			}
			if err := json.Unmarshal(raw, &op); err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			o := operation{method: strings.ToUpper(method), template: strings.Split(path, "/")}
			if op.Body.Content["application/json"] != nil {
				o.location = resource + "#/paths/" + pointer(path) + "/" + method + "/requestBody/content/application~1json/schema"
			}
			list = append(list, o)
		}
	}
	return list, nil
}

// pointer escapes a path for a JSON pointer inside a URI fragment.
func pointer(path string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(path)
}

// Check validates the JSON body of a request. path is what stands behind /api/v10. A
// request that the document does not have is an error too.
func (s *Spec) Check(method, path string, body []byte) error {
	op, ok := s.find(method, strings.Split(path, "/"))
	if !ok {
		return fmt.Errorf("the specification has no %s %s", method, path)
	}
	if op.location == "" {
		return fmt.Errorf("the specification has no JSON body for %s %s", method, strings.Join(op.template, "/"))
	}
	schema, err := s.schema(op.location)
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("read body: %w", err)
	}
	if err := schema.Validate(loosen(v)); err != nil {
		return fmt.Errorf("specification: %w", err)
	}
	return nil
}

// find returns the operation whose template fits, the one with the most literal
// segments first ("@original" before "{message_id}").
func (s *Spec) find(method string, path []string) (operation, bool) {
	best, most, found := operation{}, -1, false
	for _, o := range s.operations {
		if o.method != method || len(o.template) != len(path) {
			continue
		}
		literal := 0
		fits := slices.EqualFunc(o.template, path, func(t, p string) bool {
			if t == p {
				literal++
			}
			return t == p || strings.HasPrefix(t, "{")
		})
		if fits && literal > most {
			best, most, found = o, literal, true
		}
	}
	return best, found
}

func (s *Spec) schema(location string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.compiled[location]; c != nil {
		return c, nil
	}
	c, err := s.compiler.Compile(location)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", location, err)
	}
	s.compiled[location] = c
	return c, nil
}

// loosen mends the one place where the document is stricter than Discord: it wants
// default_member_permissions as a number, the API and every library use a string.
func loosen(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, e := range x {
			if s, ok := e.(string); ok && k == "default_member_permissions" && isNumber(s) {
				x[k] = json.Number(s)
				continue
			}
			x[k] = loosen(e)
		}
	case []any:
		for i, e := range x {
			x[i] = loosen(e)
		}
	}
	return v
}

func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}
