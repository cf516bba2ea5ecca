package web_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/web"
)

func TestReadJSON(t *testing.T) {
	for body, want := range map[string]int{
		`{"title":"a"}`:              http.StatusOK,
		`{"title":"a","other":[1]}`:  http.StatusOK,
		`{"title":1}`:                http.StatusBadRequest,
		`{"title":["a"]}`:            http.StatusBadRequest,
		`{"title":"a"`:               http.StatusBadRequest,
		`{"title":"a"} {}`:           http.StatusBadRequest,
		`[]`:                         http.StatusBadRequest,
		``:                           http.StatusBadRequest,
		strings.Repeat("[", 100_000): http.StatusBadRequest,
		`{"title":"` + strings.Repeat("a", 1<<20) + `"}`: http.StatusRequestEntityTooLarge,
	} {
		t.Run(body[:min(len(body), 30)], func(t *testing.T) {
			handler := web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
				var into struct {
					Title string `json:"title"`
				}
				return web.ReadJSON(w, r, &into)
			})
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/api/x", strings.NewReader(body)))
			if answer.Code != want {
				t.Errorf("status = %d, want %d: %s", answer.Code, want, answer.Body)
			}
		})
	}
}

func TestAClientThatHasGoneIsNoFailureAndNoSuccess(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	entry := new(web.Entry)
	r := httptest.NewRequestWithContext(web.WithEntry(ctx, entry), http.MethodPost, "/api/x", http.NoBody)
	answer := httptest.NewRecorder()
	web.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error { return r.Context().Err() }).ServeHTTP(answer, r)
	if answer.Code != 499 || entry.Err != nil {
		t.Errorf("%d, %v, want 499 and no error in the log", answer.Code, entry.Err)
	}
}

func TestUnexpectedErrorsAreNotShown(t *testing.T) {
	handler := web.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return errors.New("password is hunter2")
	})
	for path, mediaType := range map[string]string{"/api/x": "application/problem+json", "/x": "text/html; charset=utf-8"} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		if answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), "hunter2") {
			t.Errorf("%s: %d %s, want 500 without the cause", path, answer.Code, answer.Body)
		}
		if got := answer.Header().Get("Content-Type"); got != mediaType {
			t.Errorf("%s: Content-Type = %q, want %q", path, got, mediaType)
		}
	}
}
