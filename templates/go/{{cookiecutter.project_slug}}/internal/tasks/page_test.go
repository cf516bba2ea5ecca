package tasks_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/server/servertest"
)

// page asks as a browser does in which the person has logged in.
func (c client) page(method, path, body, site string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, servertest.PublicURL+path, strings.NewReader(body))
	r.SetBasicAuth("ann", c.Token)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", site)
	return c.Send(r)
}

func (c client) submit(title string) *httptest.ResponseRecorder {
	return c.page(http.MethodPost, "/tasks", url.Values{"title": {title}}.Encode(), "same-origin")
}

func TestFormAddsATask(t *testing.T) {
	c := newClient(t)
	answer := c.submit("Water the plants")
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/tasks" {
		t.Fatalf("POST = %d to %q", answer.Code, answer.Header().Get("Location"))
	}
	if page := c.page(http.MethodGet, "/tasks", "", "none"); !strings.Contains(page.Body.String(), "Water the plants") {
		t.Errorf("%d: the page lacks the task: %s", page.Code, page.Body)
	}
}

func TestPagesNeedALogIn(t *testing.T) {
	c := newClient(t)
	reader := c
	reader.Token = c.NewToken("reader", auth.Read)
	if got := reader.submit("a").Code; got != http.StatusForbidden {
		t.Errorf("POST by a reader = %d, want 403", got)
	}
	stranger := c
	stranger.Token = "wrong"
	if got := stranger.submit("a").Code; got != http.StatusUnauthorized {
		t.Errorf("POST by a stranger = %d, want 401", got)
	}
	if got := stranger.page(http.MethodGet, "/tasks", "", "none").Code; got != http.StatusUnauthorized {
		t.Errorf("GET by a stranger = %d, want 401", got)
	}
	if total := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", "").Meta.Total; total != 0 {
		t.Errorf("strangers made %d tasks", total)
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
	body := c.page(http.MethodGet, "/tasks", "", "none").Body.String()
	if strings.Contains(body, "<img") || !strings.Contains(body, "&lt;img src=x onerror=1&gt;") {
		t.Errorf("the page: %s", body)
	}
	if body := c.submit(attack + strings.Repeat("a", 200)).Body.String(); strings.Contains(body, "<img") {
		t.Errorf("the form repeats the title unescaped: %s", body)
	}
}

func TestFormOfAnotherSiteIsRefused(t *testing.T) {
	c := newClient(t)
	if got := c.page(http.MethodPost, "/tasks", "title=a", "cross-site").Code; got != http.StatusForbidden {
		t.Errorf("status = %d, want 403", got)
	}
}
