package tasks_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func (c client) submit(title string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/tasks", strings.NewReader(url.Values{"title": {title}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	answer := httptest.NewRecorder()
	c.handler.ServeHTTP(answer, r)
	return answer
}

func TestFormAddsATaskAndSaysSo(t *testing.T) {
	c := newClient(t)
	answer := c.submit("Water the plants")
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/tasks" {
		t.Fatalf("POST = %d to %q", answer.Code, answer.Header().Get("Location"))
	}
	r := httptest.NewRequest(http.MethodGet, "/tasks", http.NoBody)
	for _, cookie := range answer.Result().Cookies() {
		r.AddCookie(cookie)
	}
	page := httptest.NewRecorder()
	c.handler.ServeHTTP(page, r)
	for _, text := range []string{"Water the plants", "Task added."} {
		if !strings.Contains(page.Body.String(), text) {
			t.Errorf("the page lacks %q: %s", text, page.Body)
		}
	}
}

func TestFormExplainsAnInvalidTitle(t *testing.T) {
	c := newClient(t)
	for _, title := range []string{"  ", strings.Repeat("a", 201), "\x00", "\xff"} {
		answer := c.submit(title)
		if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), `class="error"`) {
			t.Errorf("%.10q: %d %s", title, answer.Code, answer.Body)
		}
	}
}

func TestTitlesAreEscaped(t *testing.T) {
	c := newClient(t)
	const attack = `<img src=x onerror=1>"'`
	c.create(attack)
	for _, path := range []string{"/tasks", "/tasks/list"} {
		body := c.do(http.MethodGet, path, "").Body.String()
		if strings.Contains(body, "<img") || !strings.Contains(body, "&lt;img src=x onerror=1&gt;") {
			t.Errorf("%s: %s", path, body)
		}
	}
	if body := c.submit(attack + strings.Repeat("a", 200)).Body.String(); strings.Contains(body, "<img") {
		t.Errorf("the form repeats the title unescaped: %s", body)
	}
}

func TestFormOfAnotherSiteIsRefused(t *testing.T) {
	c := newClient(t)
	r := httptest.NewRequest(http.MethodPost, "/tasks", strings.NewReader("title=a"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer := httptest.NewRecorder()
	c.handler.ServeHTTP(answer, r)
	if answer.Code != http.StatusForbidden {
		t.Errorf("status = %d, want 403", answer.Code)
	}
}

func TestScriptIsServed(t *testing.T) {
	answer := newClient(t).do(http.MethodGet, "/tasks/live.js", "")
	if answer.Code != http.StatusOK || !strings.HasPrefix(answer.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("%d %s", answer.Code, answer.Header().Get("Content-Type"))
	}
}
