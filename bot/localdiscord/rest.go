package localdiscord

import (
	"net"
	"net/http"
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
