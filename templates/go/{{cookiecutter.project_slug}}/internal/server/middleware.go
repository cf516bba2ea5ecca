package server

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/rs/cors"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/web"
)

// requestID is what is taken over from a client or a proxy.
var requestID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// observe logs every request, without its query, which may hold secrets, and answers 500 when a handler panics.
func observe(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		entry := &web.Entry{RequestID: r.Header.Get("X-Request-Id")}
		if !requestID.MatchString(entry.RequestID) {
			entry.RequestID = rand.Text()
		}
		w.Header().Set("X-Request-Id", entry.RequestID)
		r = r.WithContext(web.WithEntry(r.Context(), entry))
		answer := &answer{ResponseWriter: w, request: r}
		defer func() { logRequest(log, r, answer.status, time.Since(start), entry) }()
		defer func() {
			if cause := recover(); cause != nil {
				entry.Err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
				if answer.status != 0 {
					panic(http.ErrAbortHandler) // cut a half answer off, so that nobody takes it for a whole one
				}
				web.WriteProblem(answer, r, &web.Problem{Status: http.StatusInternalServerError})
			}
		}()
		next.ServeHTTP(answer, r)
	})
}

func logRequest(log *slog.Logger, r *http.Request, status int, took time.Duration, entry *web.Entry) {
	level := slog.LevelInfo
	if isProbe(r) {
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("request_id", entry.RequestID),
		slog.String("method", r.Method),
		slog.String("path", r.URL.Path),
		slog.String("route", r.Pattern), // which the multiplexer writes into this very request
		slog.Int("status", cmp.Or(status, http.StatusOK)),
		slog.Float64("duration_ms", float64(took.Microseconds())/1000),
	}
	if status >= http.StatusInternalServerError || entry.Err != nil {
		level = slog.LevelError
		attrs = append(attrs, slog.String("error", fmt.Sprint(entry.Err)))
	}
	log.LogAttrs(r.Context(), level, "request", attrs...)
}

// answer remembers its status, 0 before there is one. What http.Error writes, such as the multiplexer's 404 and 405, it
// gives the form that all other errors have.
type answer struct {
	http.ResponseWriter
	request  *http.Request
	status   int
	replaced bool
}

func (a *answer) WriteHeader(status int) {
	a.status = cmp.Or(a.status, status)
	a.replaced = status >= http.StatusBadRequest && strings.HasPrefix(a.Header().Get("Content-Type"), "text/plain")
	if a.replaced {
		web.WriteProblem(a.ResponseWriter, a.request, &web.Problem{Status: status})
		return
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(body []byte) (int, error) {
	if a.replaced {
		return len(body), nil
	}
	a.status = cmp.Or(a.status, http.StatusOK)
	return a.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController find what the original writer can do.
func (a *answer) Unwrap() http.ResponseWriter {
	return a.ResponseWriter
}

func (s *Server) setHeaders(next http.Handler, cfg config.Config) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Cache-Control", "no-store") // what may be kept says so itself
		header.Set("Content-Security-Policy",
			"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")
		if cfg.PublicURL.Scheme == "https" {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if s.draining.Load() {
			header.Set("Connection", "close") // the next connection is to be opened elsewhere
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

// allowOrigins lets the pages of other origins read answers, which without a token says little.
func allowOrigins(next http.Handler, origins []string) http.Handler {
	if len(origins) == 0 {
		return next // the package would allow all
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"Authorization", "Content-Type", "X-Request-Id"},
		ExposedHeaders: []string{"Location", "Retry-After", "X-Request-Id"},
	}).Handler(next)
}
