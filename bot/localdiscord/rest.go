package localdiscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxBody is the largest request, files included. Source: Discord developer
// documentation, "Uploading Files".
const (
	maxBody = 25 << 20
	maxFile = 10 << 20
)

// request is one REST call on its way to a handler.
type request struct {
	*http.Request
	route string    // template: "POST /channels/{channel}/messages"
	at    time.Time // real time
	raw   []byte    // JSON body; nil: none
	body  any       // decoded with json.Number
	files []upload
	note  func(string) // keeps a violation
}

func (r *request) query(key string) string { return r.URL.Query().Get(key) }

// reply is what a handler answers; body nil means no body.
type reply struct {
	status int
	body   any
}

func ok(body any) reply { return reply{http.StatusOK, body} }

// refuse turns what an inspection found into an error and keeps it as violations.
func (r *request) refuse(f *form) error {
	for _, p := range f.problems {
		r.note(r.route + ": " + p.String())
	}
	return f.err()
}

// violate is a refusal with a code of its own.
func (r *request) violate(code int) error {
	e := apiErr(code)
	r.note(r.route + ": " + e.message)
	return e
}

// endpoint is one route.
type endpoint struct {
	open   bool // needs no bot token
	handle func(*request) (reply, error)
}

// handler routes REST, gateway and attachments.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	for route, e := range s.routes() {
		method, path, _ := strings.Cut(route, " ")
		mux.HandleFunc(method+" /api/v10"+path, func(rw http.ResponseWriter, hr *http.Request) { s.serve(rw, hr, route, e) })
	}
	mux.HandleFunc("GET /attachments/{channel}/{attachment}/{name}", s.serveAttachment)
	mux.HandleFunc("GET /gw/", s.serveGateway)
	mux.HandleFunc("/", notRouted)
	return http.HandlerFunc(func(rw http.ResponseWriter, hr *http.Request) {
		if !s.enter() {
			return
		}
		defer s.running.Done()
		if !loopbackHost(hr.Host) {
			http.Error(rw, "this server answers on 127.0.0.1 only", http.StatusMisdirectedRequest)
			return
		}
		mux.ServeHTTP(rw, hr)
	})
}

// loopbackHost refuses names that were bent to 127.0.0.1 by somebody's DNS.
func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	return host == "127.0.0.1" || host == "localhost"
}

// notRouted answers as Discord does for paths and methods it does not have.
func notRouted(rw http.ResponseWriter, hr *http.Request) {
	if strings.HasPrefix(hr.URL.Path, "/api/") && !strings.HasPrefix(hr.URL.Path, "/api/v10/") {
		send(rw, apiErr(codeInvalidAPIVersion).status, apiErr(codeInvalidAPIVersion).body())
		return
	}
	send(rw, http.StatusNotFound, object{"code": codeGeneral, "message": "404: Not Found"})
}

// routes are the REST routes of this Discord.
func (s *Server) routes() map[string]endpoint {
	w := s.world
	return map[string]endpoint{
		"GET /gateway":     {open: true, handle: s.getGateway},
		"GET /gateway/bot": {handle: s.getGatewayBot},

		"GET /users/@me":                     {handle: func(*request) (reply, error) { return ok(w.userJSON(w.app.ID)), nil }},
		"GET /users/@me/guilds":              {handle: w.listGuilds},
		"DELETE /users/@me/guilds/{guild}":   {handle: w.leaveGuild},
		"POST /users/@me/channels":           {handle: w.createDM},
		"GET /applications/@me":              {handle: func(*request) (reply, error) { return ok(w.applicationJSON()), nil }},
		"GET /oauth2/applications/@me":       {handle: func(*request) (reply, error) { return ok(w.applicationJSON()), nil }},
		"GET /guilds/{guild}":                {handle: w.getGuild},
		"GET /guilds/{guild}/channels":       {handle: w.listChannels},
		"GET /guilds/{guild}/roles":          {handle: w.listRoles},
		"GET /guilds/{guild}/members/{user}": {handle: w.getMember},

		"GET /channels/{channel}":                               {handle: w.getChannel},
		"GET /channels/{channel}/messages":                      {handle: w.listMessages},
		"POST /channels/{channel}/messages":                     {handle: w.createMessage},
		"GET /channels/{channel}/messages/{message}":            {handle: w.getMessage},
		"PATCH /channels/{channel}/messages/{message}":          {handle: w.editMessage},
		"DELETE /channels/{channel}/messages/{message}":         {handle: w.deleteMessage},
		"POST /channels/{channel}/messages/{message}/crosspost": {handle: w.crosspost},

		"GET /applications/{application}/commands":                {handle: w.listCommands},
		"PUT /applications/{application}/commands":                {handle: w.setCommands},
		"GET /applications/{application}/guilds/{guild}/commands": {handle: w.listCommands},
		"PUT /applications/{application}/guilds/{guild}/commands": {handle: w.setCommands},

		"POST /interactions/{interaction}/{token}/callback":         {open: true, handle: s.answer},
		"POST /webhooks/{application}/{token}":                      {open: true, handle: s.followUp},
		"GET /webhooks/{application}/{token}/messages/{message}":    {open: true, handle: s.getReply},
		"PATCH /webhooks/{application}/{token}/messages/{message}":  {open: true, handle: s.editReply},
		"DELETE /webhooks/{application}/{token}/messages/{message}": {open: true, handle: s.deleteReply},
	}
}

// serve takes one REST call through faults, limits and checks to its handler.
func (s *Server) serve(rw http.ResponseWriter, hr *http.Request, route string, e endpoint) {
	r := &request{Request: hr, route: route, at: time.Now()}
	path := strings.TrimPrefix(hr.URL.Path, "/api/v10")
	fault := s.takeFault(hr.Method, path)
	if fault != nil {
		if status, answered := s.faultBefore(rw, r, fault); answered {
			s.observe(r, path, status)
			return
		}
	}
	if s.limited(rw, r, e) {
		s.observe(r, path, http.StatusTooManyRequests)
		return
	}
	answer := s.handle(r, path, e)
	s.flush()
	if fault != nil {
		if status, answered := s.faultAfter(rw, hr, fault); answered {
			s.observe(r, path, status)
			return
		}
	}
	s.observe(r, path, answer.status)
	send(rw, answer.status, answer.body)
}

// handle checks the request and runs its handler under the lock.
func (s *Server) handle(r *request, path string, e endpoint) reply {
	if err := s.authorise(r, e); err != nil {
		return asReply(err)
	}
	if err := r.read(); err != nil {
		return asReply(err)
	}
	var found error
	if s.Check != nil && r.raw != nil {
		found = s.Check(r.Method, path, r.raw)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.note = s.violate
	if found != nil {
		s.violate(r.route + ": check: " + found.Error())
		f, n := newForm(nil)
		n.fail("CHECK", "%v", found)
		return asReply(f.err())
	}
	answer, err := e.handle(r)
	s.stir()
	if err != nil {
		return asReply(err)
	}
	return answer
}

// violate keeps a violation; the caller holds mu.
func (s *Server) violate(text string) {
	s.violations = append(s.violations, text)
	s.log.Warn("discord would refuse this request", "violation", text)
}

// authorise checks who calls. A wrong User-Agent may be blocked by Discord's front.
func (s *Server) authorise(r *request, e endpoint) error {
	if agent := r.UserAgent(); !strings.HasPrefix(agent, "DiscordBot (") {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.violate(r.route + ": User-Agent " + agent + " is not DiscordBot (url, version)")
		return apiErr(codeBadUserAgent)
	}
	if !e.open && r.Header.Get("Authorization") != "Bot "+s.opt.Token {
		return &apiError{status: http.StatusUnauthorized, code: codeGeneral, message: "401: Unauthorized"}
	}
	return nil
}

// asReply turns an error into what the client reads.
func asReply(err error) reply {
	if e, ok := errors.AsType[*apiError](err); ok {
		return reply{e.status, e.body()}
	}
	return reply{http.StatusInternalServerError, object{"code": codeGeneral, "message": err.Error()}}
}

// read takes in the body: JSON, or a multipart form with payload_json and files.
func (r *request) read() error {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return apiErr(codeEntityTooLarge)
	}
	if len(data) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && kind != "multipart/form-data" {
		f, n := newForm(nil)
		n.fail("CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}.`)
		return f.err()
	}
	if kind == "multipart/form-data" {
		if data, err = r.readForm(data, params["boundary"]); err != nil {
			return err
		}
	}
	r.raw = data
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&r.body); err != nil {
		return apiErr(codeInvalidJSON)
	}
	return nil
}

// readForm takes the files from a multipart body and returns its JSON.
func (r *request) readForm(data []byte, boundary string) ([]byte, error) {
	parts := multipart.NewReader(bytes.NewReader(data), boundary)
	payload := []byte("{}")
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, apiErr(codeInvalidForm)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, apiErr(codeInvalidForm)
		}
		switch {
		case part.FormName() == "payload_json":
			payload = content
		case len(content) > maxFile:
			return nil, apiErr(codeEntityTooLarge)
		default:
			r.files = append(r.files, upload{part.FormName(), part.FileName(), content})
		}
	}
	if len(r.files) > maxFiles {
		f, n := newForm(nil)
		n.at("files", nil).fail("BASE_TYPE_BAD_LENGTH", "Must be between 1 and %d in length.", maxFiles)
		return nil, f.err()
	}
	return payload, nil
}

// observe tells the observer, with interaction tokens cut.
func (s *Server) observe(r *request, path string, status int) {
	if s.opt.Observe == nil {
		return
	}
	if token := r.PathValue("token"); token != "" {
		path = strings.Replace(path, url.PathEscape(token), "…", 1)
	}
	s.opt.Observe(Request{Method: r.Method, Path: path, Body: slices.Clone(r.raw), Status: status})
}

// send writes a JSON answer. A client that hung up needs none.
func send(rw http.ResponseWriter, status int, body any) {
	if body == nil {
		rw.WriteHeader(status)
		return
	}
	data, err := json.Marshal(body)
	if err != nil {
		http.Error(rw, fmt.Sprintf("encode answer: %v", err), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	rw.WriteHeader(status)
	_, _ = rw.Write(data)
}

// serveAttachment gives out the bytes of an uploaded file.
func (s *Server) serveAttachment(rw http.ResponseWriter, hr *http.Request) {
	s.mu.Lock()
	data, kind := s.world.attachment(hr.PathValue("channel"), hr.PathValue("attachment"))
	s.mu.Unlock()
	if data == nil {
		http.NotFound(rw, hr)
		return
	}
	rw.Header().Set("Content-Type", kind)
	_, _ = rw.Write(data)
}

func (w *world) attachment(channel, id string) ([]byte, string) {
	c := w.channels[channel]
	if c == nil {
		return nil, ""
	}
	for _, m := range slices.Concat(c.messages, c.ephemeral) {
		for _, a := range m.Attachments {
			if a.ID == id {
				return m.files[id], a.Type
			}
		}
	}
	return nil, ""
}
