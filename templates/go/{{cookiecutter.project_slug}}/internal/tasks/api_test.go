package tasks_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/server/servertest"
	"{{ cookiecutter.module_path }}/internal/tasks"
)

// client is a servertest.Client that knows tasks.
type client struct {
	servertest.Client
}

func newClient(t testing.TB) client {
	t.Helper()
	return client{servertest.New(t)}
}

// want calls, insists on a status and reads the answer into T.
func want[T any](c client, status int, method, path, body string) T {
	c.Helper()
	answer := c.Do(method, path, body)
	if answer.Code != status {
		c.Fatalf("%s %s %.60s = %d, want %d: %s", method, path, body, answer.Code, status, answer.Body)
	}
	var value T
	if answer.Body.Len() > 0 {
		if err := json.Unmarshal(answer.Body.Bytes(), &value); err != nil {
			c.Fatal(err)
		}
	}
	return value
}

type list struct {
	Data []tasks.Task
	Meta struct{ Page, Limit, Total int }
}

type problem struct {
	Status int
	Errors map[string][]string
}

func (c client) create(title string) tasks.Task {
	c.Helper()
	return want[tasks.Task](c, http.StatusCreated, http.MethodPost, "/api/tasks", fmt.Sprintf(`{"title":%q}`, title))
}

func TestLifeOfATask(t *testing.T) {
	c := newClient(t)
	answer := c.Do(http.MethodPost, "/api/tasks", `{"title":"  Write 🚀 ","done":false,"id":"x","created":"2000-01-01T00:00:00Z","admin":true}`)
	var created tasks.Task
	if err := json.Unmarshal(answer.Body.Bytes(), &created); err != nil || answer.Code != http.StatusCreated {
		t.Fatalf("POST = %d %s", answer.Code, answer.Body)
	}
	if created.Title != "Write 🚀" || created.Done || created.ID == "x" || time.Since(created.Created).Abs() > time.Hour {
		t.Errorf("created = %+v", created)
	}
	path := "/api/tasks/" + created.ID
	if got := answer.Header().Get("Location"); got != path {
		t.Errorf("Location = %q, want %q", got, path)
	}
	if got := want[tasks.Task](c, http.StatusOK, http.MethodGet, path, ""); got != created {
		t.Errorf("GET = %+v, want %+v", got, created)
	}

	done := want[tasks.Task](c, http.StatusOK, http.MethodPatch, path, `{"done":true}`)
	if !done.Done || done.Title != created.Title || done.Created != created.Created || done.Updated.Before(created.Updated) {
		t.Errorf("after PATCH of done: %+v", done)
	}
	renamed := want[tasks.Task](c, http.StatusOK, http.MethodPatch, path, `{"title":"New"}`)
	if renamed.Title != "New" || !renamed.Done {
		t.Errorf("after PATCH of title: %+v", renamed)
	}

	want[any](c, http.StatusNoContent, http.MethodDelete, path, "")
	for _, method := range []string{http.MethodGet, http.MethodPatch, http.MethodDelete} {
		want[problem](c, http.StatusNotFound, method, path, `{}`)
	}
}

func TestTimesAreUTC(t *testing.T) {
	c := newClient(t)
	task := want[map[string]any](c, http.StatusOK, http.MethodGet, "/api/tasks/"+c.create("a").ID, "")
	for _, field := range []string{"created", "updated"} {
		if text, _ := task[field].(string); !strings.HasSuffix(text, "Z") {
			t.Errorf("%s = %q, want RFC 3339 in UTC", field, text)
		}
	}
}

func TestInvalidTitles(t *testing.T) {
	c := newClient(t)
	path := "/api/tasks/" + c.create("a").ID
	for _, title := range []string{``, `  \t`, strings.Repeat("ä", 201), `a\u0000b`} {
		body := `{"title":"` + title + `"}`
		for method, path := range map[string]string{http.MethodPost: "/api/tasks", http.MethodPatch: path} {
			if got := want[problem](c, http.StatusUnprocessableEntity, method, path, body); len(got.Errors["title"]) == 0 {
				t.Errorf("%s %.30s names no field: %+v", method, body, got)
			}
		}
	}
	for _, body := range []string{`{}`, `{"title":null}`, `null`} {
		want[problem](c, http.StatusUnprocessableEntity, http.MethodPost, "/api/tasks", body)
	}
	c.create(strings.Repeat("ä", 200))
}

func TestBadBodies(t *testing.T) {
	c := newClient(t)
	for body, status := range map[string]int{
		`{"title":`:                   http.StatusBadRequest,
		`{"title":5}`:                 http.StatusBadRequest,
		`{"title":"a","done":"yes"}`:  http.StatusBadRequest,
		strings.Repeat(`{"a":`, 20e3): http.StatusBadRequest,
		`{"title":"` + strings.Repeat("a", 2<<20) + `"}`: http.StatusRequestEntityTooLarge,
	} {
		if got := want[problem](c, status, http.MethodPost, "/api/tasks", body); got.Status != status {
			t.Errorf("%.30s: status in the body = %d, want %d", body, got.Status, status)
		}
	}
	if total := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", "").Meta.Total; total != 0 {
		t.Errorf("bad bodies created %d tasks", total)
	}
}

func TestABodyOfUnknownLengthIsCutOff(t *testing.T) {
	c := newClient(t)
	body := "title=" + strings.Repeat("a", 2<<20)
	for path, sign := range map[string]func(*http.Request){
		"/tasks":     func(r *http.Request) { r.SetBasicAuth("ann", c.Token) },
		"/api/tasks": func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+c.Token) },
	} {
		r := httptest.NewRequest(http.MethodPost, servertest.PublicURL+path, strings.NewReader(body))
		r.ContentLength = -1
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		sign(r)
		if got := c.Send(r).Code; got != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d, want 413", path, got)
		}
	}
}

func TestASlowBodyIsNotASlowDatabase(t *testing.T) {
	c := client{servertest.New(t, func(cfg *config.Config) { cfg.StatementTimeout = 300 * time.Millisecond })}
	body := io.MultiReader(strings.NewReader(`{"title":`), slow{500 * time.Millisecond}, strings.NewReader(`"late"}`))
	r := httptest.NewRequest(http.MethodPost, servertest.PublicURL+"/api/tasks", body)
	r.Header.Set("Authorization", "Bearer "+c.Token)
	if got := c.Send(r).Code; got != http.StatusCreated {
		t.Errorf("status = %d, want 201", got)
	}
}

// slow is a reader of nothing that takes its time.
type slow struct{ time.Duration }

func (s slow) Read([]byte) (int, error) {
	time.Sleep(s.Duration)
	return 0, io.EOF
}

func TestPages(t *testing.T) {
	c := newClient(t)
	if empty := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", ""); empty.Data == nil || empty.Meta.Total != 0 {
		t.Errorf("empty list = %+v, want [] and 0", empty)
	}
	for i := range 3 {
		c.create(fmt.Sprint(i))
	}
	for query, check := range map[string]struct{ page, limit, count int }{
		"":                         {1, 20, 3},
		"?page=1&limit=2":          {1, 2, 2},
		"?page=2&limit=2":          {2, 2, 1},
		"?page=3&limit=2":          {3, 2, 0},
		"?limit=1000":              {1, 100, 3},
		"?page=-1&limit=0":         {1, 1, 1},
		"?page=x&limit=%27":        {1, 20, 3},
		"?page=999999999999999999": {21474836, 20, 0},
	} {
		got := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks"+query, "")
		if got.Meta.Page != check.page || got.Meta.Limit != check.limit || len(got.Data) != check.count || got.Meta.Total != 3 {
			t.Errorf("%s: %+v with %d tasks, want %+v", query, got.Meta, len(got.Data), check)
		}
	}
	if newest := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks?limit=1", ""); newest.Data[0].Title != "2" {
		t.Errorf("first = %q, want the newest", newest.Data[0].Title)
	}
}

func TestSQLStaysText(t *testing.T) {
	c := newClient(t)
	c.create("'); DROP TABLE tasks; --")
	for _, text := range []string{"' OR 1=1--", "1;DROP TABLE tasks", "%27", "\x00", "\xff"} {
		id := url.PathEscape(text)
		want[problem](c, http.StatusNotFound, http.MethodGet, "/api/tasks/"+id, "")
		want[problem](c, http.StatusNotFound, http.MethodDelete, "/api/tasks/"+id, "")
		want[list](c, http.StatusOK, http.MethodGet, "/api/tasks?page="+url.QueryEscape(text)+"&limit="+url.QueryEscape(text), "")
	}
	if total := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", "").Meta.Total; total != 1 {
		t.Errorf("total = %d, want 1", total)
	}
}

func TestWrongMethod(t *testing.T) {
	c := newClient(t)
	answer := c.Do(http.MethodPut, "/api/tasks", `{}`)
	if answer.Code != http.StatusMethodNotAllowed || answer.Header().Get("Allow") != "GET, HEAD, POST" {
		t.Errorf("PUT = %d, Allow %q", answer.Code, answer.Header().Get("Allow"))
	}
}

func TestChangesOfDifferentFieldsAtOnceBothLast(t *testing.T) {
	c := newClient(t)
	for i := range 50 {
		path := "/api/tasks/" + c.create("old").ID
		var changes sync.WaitGroup
		for _, body := range []string{`{"title":"new"}`, `{"done":true}`} {
			changes.Go(func() {
				if answer := c.Do(http.MethodPatch, path, body); answer.Code != http.StatusOK {
					t.Errorf("PATCH = %d: %s", answer.Code, answer.Body)
				}
			})
		}
		changes.Wait()
		if got := want[tasks.Task](c, http.StatusOK, http.MethodGet, path, ""); got.Title != "new" || !got.Done {
			t.Fatalf("pair %d: %+v", i, got)
		}
	}
}

func TestRightsAreCheckedBeforeTheTaskIsLookedFor(t *testing.T) {
	c := newClient(t)
	known := "/api/tasks/" + c.create("a").ID
	writer := c.NewToken("writer", auth.Write)
	c.Token = c.NewToken("reader", auth.Read)
	for method, needsWrite := range map[string]bool{
		http.MethodGet: false, http.MethodPost: true, http.MethodPatch: true, http.MethodDelete: true,
	} {
		c := c
		if !needsWrite {
			c.Token = writer
		}
		paths := []string{known, "/api/tasks/unknown"}
		if method == http.MethodPost {
			paths = []string{"/api/tasks"}
		}
		for _, path := range paths {
			want[problem](c, http.StatusForbidden, method, path, `{`)
		}
	}
	want[tasks.Task](c, http.StatusOK, http.MethodGet, known, "")
}

func TestManyClientsAtOnce(t *testing.T) {
	c := newClient(t)
	const count = 50
	var clients sync.WaitGroup
	for i := range count {
		clients.Go(func() {
			if answer := c.Do(http.MethodPost, "/api/tasks", fmt.Sprintf(`{"title":"%d"}`, i)); answer.Code != http.StatusCreated {
				t.Errorf("POST = %d: %s", answer.Code, answer.Body)
			}
		})
	}
	clients.Wait()
	if total := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", "").Meta.Total; total != count {
		t.Errorf("total = %d, want %d", total, count)
	}
}

func TestAClientThatLeavesDoesNotLeaveARow(t *testing.T) {
	c := newClient(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, servertest.PublicURL+"/api/tasks", strings.NewReader(`{"title":"a"}`))
	r.Header.Set("Authorization", "Bearer "+c.Token)
	c.Send(r)
	if total := want[list](c, http.StatusOK, http.MethodGet, "/api/tasks", "").Meta.Total; total != 0 {
		t.Errorf("total = %d, want 0", total)
	}
}

func BenchmarkList(b *testing.B) {
	c := newClient(b)
	for i := range 20 {
		c.create(fmt.Sprint(i))
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if answer := c.Do(http.MethodGet, "/api/tasks", ""); answer.Code != http.StatusOK {
				b.Error(answer.Code)
			}
		}
	})
}
