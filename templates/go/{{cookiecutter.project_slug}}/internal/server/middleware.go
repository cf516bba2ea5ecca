package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/web"
)

const maxBody = 1 << 20 // bytes of a request

// logRequests writes a line for every request. Query strings may hold personal data and are left out.
func logRequests(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := rand.Text()
		log := log.With("request", id)
		w.Header().Set("X-Request-Id", id)
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r.WithContext(web.WithLogger(r.Context(), log)))

		level := slog.LevelInfo
		if isProbe(r) {
			level = slog.LevelDebug
		}
		log.Log(r.Context(), level, "answered", "method", r.Method, "path", r.URL.Path, "status", answer.status,
			"duration", time.Since(start), "remote", r.RemoteAddr)
	})
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status  int
	started bool
}

func (w *recorder) WriteHeader(status int) {
	if !w.started {
		w.status, w.started = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(body []byte) (int, error) {
	w.started = true
	return w.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController find what the original writer can do.
func (w *recorder) Unwrap() http.ResponseWriter {
	return w.ResponseWriter
}

// recoverPanics answers 500 without a word about the cause, which goes to the log.
func recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			web.Logger(r.Context()).Error("panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if answer, ok := w.(*recorder); ok && answer.started {
				panic(http.ErrAbortHandler) // cut the half answer off, so that nobody takes it for a whole one
			}
			web.WriteProblem(w, r, &web.Problem{Status: http.StatusInternalServerError})
		}()
		next.ServeHTTP(w, r)
	})
}

func setSecurityHeaders(next http.Handler, cfg config.Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy",
			"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		if cfg.PublicURL.Scheme == "https" {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// checkHost answers only requests for this site. Probes come with the address of the container and are let through.
func checkHost(next http.Handler, cfg config.Config) http.Handler {
	hosts := []string{cfg.PublicURL.Hostname()}
	if cfg.Dev {
		hosts = append(hosts, "localhost", "127.0.0.1", "::1")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := (&url.URL{Host: r.Host}).Hostname()
		known := slices.ContainsFunc(hosts, func(known string) bool { return strings.EqualFold(known, host) })
		if !known && !isProbe(r) {
			web.WriteProblem(w, r, &web.Problem{Status: http.StatusBadRequest, Detail: "This site has another name."})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isProbe(r *http.Request) bool {
	return r.URL.Path == "/healthz" || r.URL.Path == "/readyz"
}

// refuseForeignPosts is the protection against cross-site request forgery: no tokens, browsers say where a form was.
func refuseForeignPosts(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.WriteProblem(w, r, &web.Problem{Status: http.StatusForbidden, Detail: "This request came from another site."})
	}))
	return protection.Handler(next)
}

// explainMisses gives the multiplexer's own answers, 404 and 405, the form that all other errors have.
func explainMisses(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		mux.ServeHTTP(&explainer{ResponseWriter: w, request: r}, r)
	})
}

// explainer replaces the body of an error and keeps its status and headers, such as Allow.
type explainer struct {
	http.ResponseWriter
	request *http.Request
	isError bool
}

func (w *explainer) WriteHeader(status int) {
	if w.isError = status >= http.StatusBadRequest; w.isError {
		web.WriteProblem(w.ResponseWriter, w.request, &web.Problem{Status: status})
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *explainer) Write(body []byte) (int, error) {
	if w.isError {
		return len(body), nil
	}
	return w.ResponseWriter.Write(body)
}
