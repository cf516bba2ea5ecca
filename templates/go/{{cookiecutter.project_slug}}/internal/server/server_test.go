package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
)

const publicURL = "https://tasks.example.com"

func production(t *testing.T) config.Config {
	t.Helper()
	address, err := url.Parse(publicURL)
	if err != nil {
		t.Fatal(err)
	}
	return config.Config{PublicURL: address, SecretKey: strings.Repeat("s", 64)}
}

func newHandler(t *testing.T) http.Handler {
	t.Helper()
	db := databasetest.Open(t, Migrations...)
	return New(t.Context(), production(t), db, slog.New(slog.DiscardHandler)).Handler
}

func request(method, path string) *http.Request {
	return httptest.NewRequest(method, publicURL+path, http.NoBody)
}

func do(handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	return answer
}

func TestAnswers(t *testing.T) {
	handler := newHandler(t)
	for path, want := range map[string]int{
		"/":                                 http.StatusOK,
		"/healthz":                          http.StatusOK,
		"/readyz":                           http.StatusOK,
		"/static/style.css":                 http.StatusOK,
		"/static/":                          http.StatusNotFound,
		"/static/none.css":                  http.StatusNotFound,
		"/static/..%2flayout.html":          http.StatusBadRequest,
		"/static/..%5clayout.html":          http.StatusBadRequest,
		"/static/%2e%2e/%2e%2e/etc/passwd":  http.StatusNotFound,
		"/static/%2e":                       http.StatusNotFound,
		"/static/..%2f..%2f..%2fetc/passwd": http.StatusNotFound,
		"/nothing-here":                     http.StatusNotFound,
		"/api/nothing-here":                 http.StatusNotFound,
	} {
		if got := do(handler, request(http.MethodGet, path)).Code; got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
}

func TestMissesAreExplained(t *testing.T) {
	handler := newHandler(t)
	missing := do(handler, request(http.MethodGet, "/api/nothing-here"))
	var problem struct {
		Type, Title string
		Status      int
	}
	if err := json.Unmarshal(missing.Body.Bytes(), &problem); err != nil {
		t.Fatal(err)
	}
	if problem.Type == "" || problem.Title != "Not Found" || problem.Status != http.StatusNotFound {
		t.Errorf("problem = %+v", problem)
	}
	if got := missing.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type = %q", got)
	}

	wrongMethod := do(handler, request(http.MethodDelete, "/healthz"))
	if wrongMethod.Code != http.StatusMethodNotAllowed || wrongMethod.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("DELETE /healthz = %d, Allow %q", wrongMethod.Code, wrongMethod.Header().Get("Allow"))
	}
	if !strings.Contains(wrongMethod.Body.String(), "<h1>Method Not Allowed</h1>") {
		t.Errorf("a person gets no page: %s", wrongMethod.Body)
	}
}

func TestSecurityHeaders(t *testing.T) {
	handler := newHandler(t)
	for _, path := range []string{"/", "/nothing-here", "/api/nothing-here", "/static/style.css"} {
		r := request(http.MethodGet, path)
		r.Header.Set("Origin", "https://evil.example")
		header := do(handler, r).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options":      "nosniff",
			"Referrer-Policy":             "same-origin",
			"Strict-Transport-Security":   "max-age=31536000",
			"Access-Control-Allow-Origin": "",
			"X-Powered-By":                "",
			"Server":                      "",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("GET %s: %s = %q, want %q", path, name, got, want)
			}
		}
		if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") ||
			strings.Contains(policy, "unsafe") {
			t.Errorf("GET %s: Content-Security-Policy = %q", path, policy)
		}
	}
}

func TestOtherHostsAreRefused(t *testing.T) {
	handler := newHandler(t)
	for host, want := range map[string]int{
		"tasks.example.com":              http.StatusOK,
		"TASKS.example.com:443":          http.StatusOK,
		"evil.example":                   http.StatusBadRequest,
		"tasks.example.com.evil.example": http.StatusBadRequest,
		"127.0.0.1":                      http.StatusBadRequest,
		"":                               http.StatusBadRequest,
	} {
		r := request(http.MethodGet, "/")
		r.Host = host
		r.Header.Set("X-Forwarded-Host", "tasks.example.com")
		if got := do(handler, r).Code; got != want {
			t.Errorf("Host %q = %d, want %d", host, got, want)
		}
	}
	probe := request(http.MethodGet, "/healthz")
	probe.Host = "10.0.0.7:8080"
	if got := do(handler, probe).Code; got != http.StatusOK {
		t.Errorf("probe by address = %d, want 200", got)
	}
}

func TestForeignPostsAreRefused(t *testing.T) {
	db := databasetest.Open(t)
	handler := New(t.Context(), production(t), db, slog.New(slog.DiscardHandler)).Handler
	for name, headers := range map[string]map[string]string{
		"browser":     {"Sec-Fetch-Site": "cross-site"},
		"old browser": {"Origin": "https://evil.example"},
	} {
		r := request(http.MethodPost, "/api/anything")
		for header, value := range headers {
			r.Header.Set(header, value)
		}
		if got := do(handler, r).Code; got != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, got)
		}
	}
}

func TestPanicsAreHidden(t *testing.T) {
	var lines bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&lines, nil))
	handler := New(t.Context(), production(t), nil, log).Handler // no database: asking it panics
	answer := do(handler, request(http.MethodGet, "/readyz"))
	if answer.Code != http.StatusInternalServerError {
		t.Errorf("status = %d, want 500", answer.Code)
	}
	for _, inside := range []string{"nil pointer", ".go", "goroutine"} {
		if strings.Contains(answer.Body.String(), inside) {
			t.Errorf("the answer holds %q: %s", inside, answer.Body)
		}
		if !strings.Contains(lines.String(), inside) {
			t.Errorf("the log lacks %q: %s", inside, &lines)
		}
	}
}

func TestHalfAnswersAreCutOff(t *testing.T) {
	handler := logRequests(recoverPanics(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "half")
		panic("late")
	})), slog.New(slog.DiscardHandler))
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("panic = %v, want http.ErrAbortHandler", err)
		}
	}()
	do(handler, request(http.MethodGet, "/"))
}

func TestLogLinesCannotBeForgedAndHoldNoQuery(t *testing.T) {
	var lines bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&lines, nil))
	handler := logRequests(http.NotFoundHandler(), log)
	do(handler, request(http.MethodGet, "/a%0d%0a%7b%22level%22:%22ERROR%22%7d?token=hunter2"))
	if count := strings.Count(lines.String(), "\n"); count != 1 {
		t.Errorf("%d lines for one request: %s", count, &lines)
	}
	if strings.Contains(lines.String(), "hunter2") {
		t.Errorf("the query is in the log: %s", &lines)
	}
}

func TestReadyzNoticesAMissingDatabase(t *testing.T) {
	db, err := database.Open("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	handler := New(t.Context(), production(t), db, slog.New(slog.DiscardHandler)).Handler
	if got := do(handler, request(http.MethodGet, "/readyz")).Code; got != http.StatusServiceUnavailable {
		t.Errorf("/readyz = %d, want 503", got)
	}
	if got := do(handler, request(http.MethodGet, "/healthz")).Code; got != http.StatusOK {
		t.Errorf("/healthz = %d, want 200: it must not ask the database", got)
	}
}

func TestSlowClientsAreLimited(t *testing.T) {
	db := databasetest.Open(t)
	srv := New(t.Context(), production(t), db, slog.New(slog.DiscardHandler))
	if srv.ReadHeaderTimeout == 0 || srv.ReadTimeout == 0 || srv.WriteTimeout == 0 || srv.IdleTimeout == 0 {
		t.Errorf("a timeout is missing: %+v", srv)
	}
}
