package server_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/server/servertest"
)

func request(method, path string) *http.Request {
	return httptest.NewRequest(method, servertest.PublicURL+path, http.NoBody)
}

func TestAnswers(t *testing.T) {
	c := servertest.New(t)
	for path, want := range map[string]int{
		"/":                                 http.StatusOK,
		"/healthz":                          http.StatusOK,
		"/readyz":                           http.StatusOK,
		"/openapi.json":                     http.StatusOK,
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
		if got := c.Send(request(http.MethodGet, path)).Code; got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
}

func TestNoOperationAnswersAStranger(t *testing.T) {
	c := servertest.New(t)
	c.Token = ""
	for path, item := range c.Document.Paths.Map() {
		for method := range item.Operations() {
			if got := c.Do(method, strings.ReplaceAll(path, "{id}", "1"), "{}").Code; got != http.StatusUnauthorized {
				t.Errorf("%s %s = %d, want 401", method, path, got)
			}
		}
	}
}

func TestMissesAreExplained(t *testing.T) {
	c := servertest.New(t)
	for path, want := range map[string]int{"/api/nothing-here": http.StatusNotFound, "/api/me": http.StatusMethodNotAllowed} {
		answer := c.Send(request(http.MethodPut, path))
		var problem struct {
			Type, Title string
			Status      int
		}
		if err := json.Unmarshal(answer.Body.Bytes(), &problem); err != nil {
			t.Fatal(err)
		}
		if answer.Code != want || problem.Status != want || problem.Type == "" || problem.Title != http.StatusText(want) {
			t.Errorf("PUT %s = %d, %+v", path, answer.Code, problem)
		}
		if got := answer.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("PUT %s: Content-Type = %q", path, got)
		}
	}

	wrongMethod := c.Send(request(http.MethodDelete, "/healthz"))
	if wrongMethod.Code != http.StatusMethodNotAllowed || wrongMethod.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("DELETE /healthz = %d, Allow %q", wrongMethod.Code, wrongMethod.Header().Get("Allow"))
	}
	if !strings.Contains(wrongMethod.Body.String(), "<h1>Method Not Allowed</h1>") {
		t.Errorf("a person gets no page: %s", wrongMethod.Body)
	}
}

func TestHeaders(t *testing.T) {
	c := servertest.New(t)
	for _, path := range []string{"/", "/nothing-here", "/api/nothing-here", "/static/style.css"} {
		r := request(http.MethodGet, path)
		r.Header.Set("Origin", "https://evil.example")
		header := c.Send(r).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options":      "nosniff",
			"Referrer-Policy":             "same-origin",
			"Strict-Transport-Security":   "max-age=31536000",
			"Access-Control-Allow-Origin": "",
			"Connection":                  "",
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
	c := servertest.New(t)
	for host, want := range map[string]int{
		"shop.example.com":              http.StatusOK,
		"SHOP.example.com:443":          http.StatusOK,
		"evil.example":                  http.StatusBadRequest,
		"shop.example.com.evil.example": http.StatusBadRequest,
		"127.0.0.1":                     http.StatusBadRequest,
		"":                              http.StatusBadRequest,
	} {
		r := request(http.MethodGet, "/")
		r.Host = host
		r.Header.Set("X-Forwarded-Host", "shop.example.com")
		if got := c.Send(r).Code; got != want {
			t.Errorf("Host %q = %d, want %d", host, got, want)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		probe := request(http.MethodGet, path)
		probe.Host = "10.0.0.7:8080"
		if got := c.Send(probe).Code; got != http.StatusOK {
			t.Errorf("%s by address = %d, want 200", path, got)
		}
	}
}

func TestOtherOriginsMayCallTheAPIOnlyWhenConfigured(t *testing.T) {
	const origin = "https://app.example"
	for name, test := range map[string]struct {
		origins []string
		want    string
	}{
		"configured":     {[]string{origin}, origin},
		"another":        {[]string{"https://other.example"}, ""},
		"not configured": {nil, ""},
	} {
		c := servertest.New(t, func(cfg *config.Config) { cfg.CORSOrigins = test.origins })
		preflight := request(http.MethodOptions, "/api/me")
		preflight.Header.Set("Access-Control-Request-Method", http.MethodGet)
		preflight.Header.Set("Access-Control-Request-Headers", "authorization")
		call := request(http.MethodGet, "/api/me")
		call.Header.Set("Authorization", "Bearer "+c.Token)
		for _, r := range []*http.Request{preflight, call} {
			r.Header.Set("Origin", origin)
			if got := c.Send(r).Header().Get("Access-Control-Allow-Origin"); got != test.want {
				t.Errorf("%s: %s allows %q, want %q", name, r.Method, got, test.want)
			}
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	c := servertest.New(t)
	for name, headers := range map[string]map[string]string{
		"browser":     {"Sec-Fetch-Site": "cross-site"},
		"old browser": {"Origin": "https://evil.example"},
	} {
		r := request(http.MethodPost, "/anything")
		for header, value := range headers {
			r.Header.Set(header, value)
		}
		if got := c.Send(r).Code; got != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, got)
		}
	}
}

func TestABodyThatSaysItIsTooLargeIsRefusedAtOnce(t *testing.T) {
	c := servertest.New(t)
	r := request(http.MethodGet, "/api/me")
	r.Header.Set("Authorization", "Bearer "+c.Token)
	r.ContentLength = 1 << 30
	if got := c.Send(r).Code; got != http.StatusRequestEntityTooLarge {
		t.Errorf("status = %d, want 413", got)
	}
}

func TestRequestIDs(t *testing.T) {
	c := servertest.New(t)
	for id, taken := range map[string]bool{
		"abc-DEF_123": true, strings.Repeat("a", 128): true,
		"": false, "a b": false, "a.b": false, `a"b`: false, "<b>": false, "ä": false, strings.Repeat("a", 129): false, "a\n": false,
	} {
		for _, path := range []string{"/", "/healthz", "/api/me", "/nothing-here"} {
			c.Log.Reset()
			r := request(http.MethodGet, path)
			r.Header.Set("X-Request-Id", id)
			got := c.Send(r).Header().Get("X-Request-Id")
			if (got == id) != taken || got == "" {
				t.Errorf("%s: id %q came back as %q", path, id, got)
			}
			if path != "/healthz" && !strings.Contains(c.Log.String(), `"request_id":"`+got+`"`) {
				t.Errorf("%s: the log lacks id %q: %s", path, got, c.Log)
			}
		}
	}
}

// line returns the one line that a request has left in the log.
func line(t *testing.T, log *bytes.Buffer) map[string]any {
	t.Helper()
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("%v: %q", err, log)
	}
	return line
}

func TestEachRequestIsLoggedOnce(t *testing.T) {
	c := servertest.New(t)
	c.Log.Reset()
	c.Do(http.MethodGet, "/api/me?a=b", "")
	got := line(t, c.Log)
	for name, want := range map[string]any{
		"level": "INFO", "method": "GET", "path": "/api/me", "route": "GET /api/me", "status": 200.0,
	} {
		if got[name] != want {
			t.Errorf("%s = %v, want %v", name, got[name], want)
		}
	}
	if duration, ok := got["duration_ms"].(float64); !ok || duration <= 0 || duration > 60_000 {
		t.Errorf("duration_ms = %v", got["duration_ms"])
	}
	c.Log.Reset()
	c.Send(request(http.MethodGet, "/readyz"))
	if c.Log.Len() > 0 {
		t.Errorf("a probe that succeeds is logged: %s", c.Log)
	}
}

func TestTheLogHoldsNoSecret(t *testing.T) {
	c := servertest.New(t)
	c.Log.Reset()
	r := httptest.NewRequest(http.MethodPost, servertest.PublicURL+"/a%0d%0a%7b%22level%22:%22ERROR%22%7d?token=hunter2", strings.NewReader("hunter2"))
	r.Header.Set("Authorization", "Bearer hunter2")
	r.Header.Set("Cookie", "session=hunter2")
	r.Header.Set("User-Agent", "hunter2")
	r.Header.Set("Referer", "https://shop.example.com/hunter2")
	c.Send(r)
	line(t, c.Log) // and no other line
	if strings.Contains(c.Log.String(), "hunter2") {
		t.Errorf("the log holds a secret: %s", c.Log)
	}
}

func TestFailuresAreLoggedAndHidden(t *testing.T) {
	c := servertest.New(t)
	c.DB.Close()
	for path, want := range map[string]int{"/api/me": http.StatusInternalServerError, "/readyz": http.StatusServiceUnavailable} {
		c.Log.Reset()
		r := request(http.MethodGet, path)
		r.Header.Set("Authorization", "Bearer "+c.Token)
		answer := c.Send(r)
		if answer.Code != want || strings.Contains(answer.Body.String(), "sql") {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		got := line(t, c.Log)
		if cause, _ := got["error"].(string); got["level"] != "ERROR" || !strings.Contains(cause, "sql: database is closed") {
			t.Errorf("%s: log line = %v", path, got)
		}
	}
	if got := c.Send(request(http.MethodGet, "/healthz")).Code; got != http.StatusOK {
		t.Errorf("/healthz = %d, want 200: it must not ask the database", got)
	}
}
