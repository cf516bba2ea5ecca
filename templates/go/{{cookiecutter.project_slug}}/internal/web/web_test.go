package web_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/web"
)

func quiet(r *http.Request) *http.Request {
	return r.WithContext(web.WithLogger(r.Context(), slog.New(slog.DiscardHandler)))
}

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
			handler := http.MaxBytesHandler(web.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) error {
				var into struct {
					Title string `json:"title"`
				}
				return web.ReadJSON(r, &into)
			}), 1<<20)
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, quiet(httptest.NewRequest(http.MethodPost, "/api/x", strings.NewReader(body))))
			if answer.Code != want {
				t.Errorf("status = %d, want %d: %s", answer.Code, want, answer.Body)
			}
		})
	}
}

func TestUnexpectedErrorsAreNotShown(t *testing.T) {
	handler := web.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return errors.New("password is hunter2")
	})
	for path, mediaType := range map[string]string{"/api/x": "application/problem+json", "/x": "text/html; charset=utf-8"} {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, quiet(httptest.NewRequest(http.MethodGet, path, http.NoBody)))
		if answer.Code != http.StatusInternalServerError || strings.Contains(answer.Body.String(), "hunter2") {
			t.Errorf("%s: %d %s, want 500 without the cause", path, answer.Code, answer.Body)
		}
		if got := answer.Header().Get("Content-Type"); got != mediaType {
			t.Errorf("%s: Content-Type = %q, want %q", path, got, mediaType)
		}
	}
}

func cookieOf(t *testing.T, flash web.Flash, message string) *http.Cookie {
	t.Helper()
	answer := httptest.NewRecorder()
	flash.Set(answer, message)
	cookies := answer.Result().Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies, want 1", len(cookies))
	}
	return cookies[0]
}

func take(flash web.Flash, cookie *http.Cookie) (message string, set []*http.Cookie) {
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.AddCookie(cookie)
	w := httptest.NewRecorder()
	message = flash.Take(w, r)
	return message, w.Result().Cookies()
}

func TestFlashArrivesOnce(t *testing.T) {
	flash := web.Flash{Key: "key"}
	message, cookies := take(flash, cookieOf(t, flash, "Grüße; \"x\""))
	if message != "Grüße; \"x\"" {
		t.Errorf("message = %q", message)
	}
	if len(cookies) != 1 || cookies[0].MaxAge >= 0 {
		t.Errorf("the cookie is not removed: %v", cookies)
	}
}

func TestFlashFromSomebodyElseIsIgnored(t *testing.T) {
	forged := cookieOf(t, web.Flash{Key: "another key"}, "Send money")
	if message, _ := take(web.Flash{Key: "key"}, forged); message != "" {
		t.Errorf("message = %q, want none", message)
	}
}

func TestFlashCookieIsProtected(t *testing.T) {
	cookie := cookieOf(t, web.Flash{Key: "key", Secure: true}, "x")
	if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || !strings.HasPrefix(cookie.Name, "__Host-") {
		t.Errorf("cookie = %v, want HttpOnly, Secure, SameSite=Lax and the __Host- prefix", cookie)
	}
}
