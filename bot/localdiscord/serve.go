package localdiscord

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

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
	if err == nil {
		return answer
	}
	if _, known := errors.AsType[*apiError](err); !known {
		// The body passed inspection and still does not decode: it is wrong in a place
		// the inspection does not look at.
		s.violate(r.route + ": " + err.Error())
		err = apiErr(codeInvalidForm)
	}
	return asReply(err)
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
