package server

import (
	"crypto/rand"
	"errors"
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

// logRequests writes a line for every request. Query strings may hold personal data and are left out.
func logRequests(next http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		entry := &web.Entry{RequestID: r.Header.Get("X-Request-Id")}
		if !requestID.MatchString(entry.RequestID) {
			entry.RequestID = rand.Text()
		}
		w.Header().Set("X-Request-Id", entry.RequestID)
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		ctx := web.WithEntry(r.Context(), entry)
		defer func() {
			log.LogAttrs(ctx, levelOf(r, answer.status, entry), "request",
				slog.String("method", r.Method),
				slog.String("path", r.URL.Path),
				slog.String("route", entry.Route),
				slog.Int("status", answer.status),
				slog.Float64("duration_ms", float64(time.Since(start).Microseconds())/1000),
				errorOf(entry))
		}()
		next.ServeHTTP(answer, r.WithContext(ctx))
	})
}

func levelOf(r *http.Request, status int, entry *web.Entry) slog.Level {
	switch {
	case status >= http.StatusInternalServerError || entry.Err != nil:
		return slog.LevelError
	case isProbe(r):
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// errorOf returns an empty attribute, which is not written, when nothing failed.
func errorOf(entry *web.Entry) slog.Attr {
	if entry.Err == nil {
		return slog.Attr{}
	}
	return slog.String("error", entry.Err.Error())
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
			web.EntryOf(r.Context()).Err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			if answer, ok := w.(*recorder); ok && answer.started {
				panic(http.ErrAbortHandler) // cut the half answer off, so that nobody takes it for a whole one
			}
			web.WriteProblem(w, r, &web.Problem{Status: http.StatusInternalServerError})
		}()
		next.ServeHTTP(w, r)
	})
}

func setHeaders(next http.Handler, cfg config.Config) http.Handler {
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

// allowOrigins lets the pages of other origins call the API.
func allowOrigins(next http.Handler, origins []string) http.Handler {
	if len(origins) == 0 {
		return next
	}
	api := cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"Authorization", "Content-Type", "X-Request-Id"},
		ExposedHeaders: []string{"Location", "Retry-After", "X-Request-Id"},
		MaxAge:         600,
	}).Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			api.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuseForeignForms is the protection against cross-site request forgery: browsers say where a form was. The API needs
// none, because no browser sends its tokens by itself.
func refuseForeignForms(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.AddInsecureBypassPattern("/api/")
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.WriteProblem(w, r, &web.Problem{Status: http.StatusForbidden, Detail: "This request came from another site."})
	}))
	return protection.Handler(next)
}

// limitBody refuses a body that says it is too large before it arrives, and cuts off one that does not say.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maxBody {
			web.WriteProblem(w, r, &web.Problem{Status: http.StatusRequestEntityTooLarge})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// explainMisses gives the multiplexer's own answers, such as 404 and 405, the form that all other errors have, and tells
// the log which route it took.
func explainMisses(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { web.EntryOf(r.Context()).Route = r.Pattern }()
		mux.ServeHTTP(&explainer{ResponseWriter: w, request: r}, r)
	})
}

// explainer replaces the body of an error that no route has written. Status and headers, such as Allow, stay.
type explainer struct {
	http.ResponseWriter
	request  *http.Request
	replaced bool
}

func (w *explainer) WriteHeader(status int) {
	if w.replaced = w.request.Pattern == "" && status >= http.StatusBadRequest; w.replaced {
		web.WriteProblem(w.ResponseWriter, w.request, &web.Problem{Status: status})
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *explainer) Write(body []byte) (int, error) {
	if w.replaced {
		return len(body), nil
	}
	return w.ResponseWriter.Write(body)
}

// Unwrap lets http.ResponseController find what the original writer can do.
func (w *explainer) Unwrap() http.ResponseWriter {
	return w.ResponseWriter
}
