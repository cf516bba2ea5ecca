package auth_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
	"{{ cookiecutter.module_path }}/internal/server/servertest"
)

func me(c servertest.Client, header, value string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, servertest.PublicURL+"/api/me?token="+c.Token+"&access_token="+c.Token, http.NoBody)
	r.AddCookie(&http.Cookie{Name: "token", Value: c.Token})
	r.Header.Set(header, value)
	return c.Send(r)
}

func TestWhoIsKnown(t *testing.T) {
	c := servertest.New(t)
	store := auth.Store{DB: c.DB}
	expired, err := store.Create(t.Context(), auth.Token{Name: "expired", Rights: []string{auth.Read}}, time.Now().Add(-time.Second))
	if err != nil {
		t.Fatal(err)
	}
	revoked := c.NewToken("revoked", auth.Read)
	if answer := me(c, "Authorization", "Bearer "+revoked); answer.Code != http.StatusOK {
		t.Fatalf("before it is revoked: %d", answer.Code)
	}
	if err := store.Revoke(t.Context(), "revoked"); err != nil {
		t.Fatal(err)
	}
	basic := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	basic.SetBasicAuth("tester", c.Token)
	for name, row := range map[string]struct {
		authorization string
		want          int
	}{
		"valid":            {"Bearer " + c.Token, http.StatusOK},
		"valid, lower":     {"bearer " + c.Token, http.StatusOK},
		"none":             {"", http.StatusUnauthorized},
		"scheme alone":     {"Bearer", http.StatusUnauthorized},
		"empty":            {"Bearer ", http.StatusUnauthorized},
		"token alone":      {c.Token, http.StatusUnauthorized},
		"basic":            {basic.Header.Get("Authorization"), http.StatusUnauthorized},
		"unknown":          {"Bearer " + strings.Repeat("A", 26), http.StatusUnauthorized},
		"one letter less":  {"Bearer " + c.Token[1:], http.StatusUnauthorized},
		"the name":         {"Bearer tester", http.StatusUnauthorized},
		"malformed":        {"Bearer \xff' OR 1=1--", http.StatusUnauthorized},
		"expired":          {"Bearer " + expired, http.StatusUnauthorized},
		"revoked":          {"Bearer " + revoked, http.StatusUnauthorized},
		"two of them":      {"Bearer " + c.Token + " " + c.Token, http.StatusUnauthorized},
		"another scheme":   {"Token " + c.Token, http.StatusUnauthorized},
		"very long indeed": {"Bearer " + strings.Repeat("A", 10_000), http.StatusUnauthorized},
	} {
		answer := me(c, "Authorization", row.authorization)
		if answer.Code != row.want {
			t.Errorf("%s: %d, want %d", name, answer.Code, row.want)
		}
		challenge := answer.Header().Get("WWW-Authenticate")
		if row.want == http.StatusUnauthorized && !strings.HasPrefix(challenge, "Bearer") {
			t.Errorf("%s: WWW-Authenticate = %q", name, challenge)
		}
	}
}

func TestMe(t *testing.T) {
	c := servertest.New(t)
	c.Token = c.NewToken("reader", auth.Read)
	answer := c.Do(http.MethodGet, "/api/me", "")
	if got := strings.TrimSpace(answer.Body.String()); answer.Code != http.StatusOK || got != `{"name":"reader","rights":["read"]}` {
		t.Errorf("%d %s", answer.Code, got)
	}
	if got := answer.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control = %q", got)
	}
}

// guards returns what an API and a page answer that need this right.
func guards(t *testing.T, right string) (store auth.Store, api, page func(secret string) *httptest.ResponseRecorder) {
	t.Helper()
	db := databasetest.Open(t)
	guard := auth.NewGuard(db, 1e6, time.Minute)
	fine := func(http.ResponseWriter, *http.Request) error { return nil }
	do := func(handler http.Handler, path string, sign func(*http.Request)) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
		sign(r)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		return answer
	}
	api = func(secret string) *httptest.ResponseRecorder {
		return do(guard.API(right, fine), "/api/x", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+secret) })
	}
	page = func(secret string) *httptest.ResponseRecorder {
		return do(guard.Page(right, fine), "/x", func(r *http.Request) { r.SetBasicAuth("anyone", secret) })
	}
	return auth.Store{DB: db}, api, page
}

func TestRights(t *testing.T) {
	for _, needed := range []string{auth.Read, auth.Write} {
		store, api, page := guards(t, needed)
		for _, written := range []string{"read", "write", "read,write"} {
			secret, err := store.Create(t.Context(), auth.Token{Name: written, Rights: strings.Split(written, ",")}, time.Now().Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			want := http.StatusForbidden
			if strings.Contains(written, needed) {
				want = http.StatusOK
			}
			for name, send := range map[string]func(string) *httptest.ResponseRecorder{"API": api, "page": page} {
				if got := send(secret).Code; got != want {
					t.Errorf("%s that needs %s, token that may %s: %d, want %d", name, needed, written, got, want)
				}
			}
		}
	}
}

func TestPagesAskForAToken(t *testing.T) {
	_, _, page := guards(t, auth.Read)
	answer := page("wrong")
	if challenge := answer.Header().Get("WWW-Authenticate"); answer.Code != http.StatusUnauthorized || !strings.HasPrefix(challenge, "Basic ") {
		t.Errorf("%d, WWW-Authenticate = %q", answer.Code, challenge)
	}
}

func TestEachTokenHasItsOwnRate(t *testing.T) {
	c := servertest.New(t, func(cfg *config.Config) { cfg.APIRate = 3 })
	for range 3 {
		if got := c.Do(http.MethodGet, "/api/me", "").Code; got != http.StatusOK {
			t.Fatalf("within the rate: %d", got)
		}
	}
	answer := c.Do(http.MethodGet, "/api/me", "")
	seconds, err := strconv.Atoi(answer.Header().Get("Retry-After"))
	if answer.Code != http.StatusTooManyRequests || err != nil || seconds < 1 || seconds > 20 {
		t.Errorf("beyond the rate: %d, Retry-After %q", answer.Code, answer.Header().Get("Retry-After"))
	}
	c.Token = c.NewToken("another", auth.Read)
	if got := c.Do(http.MethodGet, "/api/me", "").Code; got != http.StatusOK {
		t.Errorf("another token: %d", got)
	}
}

func TestStoreKeepsNoSecret(t *testing.T) {
	store := auth.Store{DB: databasetest.Open(t)}
	secret, err := store.Create(t.Context(), auth.Token{Name: "ann", Rights: []string{auth.Read}}, time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var hash, name string
	if err := store.DB.QueryRowContext(t.Context(), "SELECT hash, name FROM tokens").Scan(&hash, &name); err != nil {
		t.Fatal(err)
	}
	if len(secret) < 26 || strings.Contains(strings.ToUpper(hash), secret) || name != "ann" {
		t.Errorf("secret %q, hash %q, name %q", secret, hash, name)
	}
}

func TestNamesOfTokensAreUnique(t *testing.T) {
	store := auth.Store{DB: databasetest.Open(t)}
	for i, name := range []string{"ann", "ann", "bob"} {
		_, err := store.Create(t.Context(), auth.Token{Name: name, Rights: []string{auth.Read}}, time.Now().Add(time.Hour))
		if (err != nil) != (i == 1) {
			t.Errorf("%d. %s: %v", i, name, err)
		}
	}
	if err := store.Revoke(t.Context(), "nobody"); !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("revoking a name that is not there: %v", err)
	}
}

func TestThereAreTwoRights(t *testing.T) {
	store := auth.Store{DB: databasetest.Open(t)}
	for text, fine := range map[string]bool{
		"read": true, "write": true, "read,write": true, "write,read": true,
		"": false, "admin": false, "read,": false, "read, write": false, "read,read": false,
	} {
		_, err := store.Create(t.Context(), auth.Token{Name: text, Rights: strings.Split(text, ",")}, time.Now())
		if (err == nil) != fine {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestABusyDatabaseIsNotWaitedForForever(t *testing.T) {
	c := servertest.New(t, func(cfg *config.Config) { cfg.StatementTimeout = 50 * time.Millisecond })
	for range c.DB.Stats().MaxOpenConnections {
		connection, err := c.DB.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
	}
	if got := c.Do(http.MethodGet, "/api/me", "").Code; got != http.StatusInternalServerError {
		t.Errorf("status = %d, want 500", got)
	}
}
