package auth

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"{{ cookiecutter.module_path }}/internal/web"
)

// Guard lets requests through that bring a token with the right they need.
type Guard struct {
	tokens    Store
	perMinute int
	timeout   time.Duration
	limiters  sync.Map // by the token's name, in this process
}

// NewGuard allows every token perMinute requests, and the database the timeout for a request.
func NewGuard(db *sql.DB, perMinute int, timeout time.Duration) *Guard {
	return &Guard{tokens: Store{db}, perMinute: perMinute, timeout: timeout}
}

// API wants the token as Authorization: Bearer.
func (g *Guard) API(right string, next web.HandlerFunc) http.Handler {
	return g.guard(right, `Bearer realm="api"`, next, func(r *http.Request) string {
		scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return ""
		}
		return secret
	})
}

// Page wants the token as the password that browsers ask for, with any user name.
func (g *Guard) Page(right string, next web.HandlerFunc) http.Handler {
	return g.guard(right, `Basic realm="a token as the password", charset="UTF-8"`, next, func(r *http.Request) string {
		_, secret, _ := r.BasicAuth()
		return secret
	})
}

type tokenKey struct{}

func (g *Guard) guard(right, challenge string, next web.HandlerFunc, secretOf func(*http.Request) string) http.Handler {
	return web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), g.timeout) // all connections to the database may be busy
		token, err := g.tokens.Find(ctx, secretOf(r))
		cancel()
		switch {
		case errors.Is(err, ErrUnknown):
			w.Header().Set("WWW-Authenticate", challenge)
			return &web.Problem{Status: http.StatusUnauthorized, Detail: "A valid token is needed."}
		case err != nil:
			return err
		case right != Any && !slices.Contains(token.Rights, right):
			return &web.Problem{Status: http.StatusForbidden, Detail: "This token may not " + right + "."}
		case !g.limiter(token).Allow():
			w.Header().Set("Retry-After", strconv.Itoa((g.perMinute+59)/g.perMinute))
			return &web.Problem{Status: http.StatusTooManyRequests}
		}
		body, err := web.ReadBody(w, r) // before the next deadline begins: it is no limit for slow clients
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		ctx, cancel = context.WithTimeout(context.WithValue(r.Context(), tokenKey{}, token), g.timeout)
		defer cancel()
		return next(w, r.WithContext(ctx))
	})
}

func (g *Guard) limiter(token Token) *rate.Limiter {
	limiter, _ := g.limiters.LoadOrStore(token.Name, rate.NewLimiter(rate.Limit(g.perMinute)/60, g.perMinute))
	return limiter.(*rate.Limiter)
}

// Me answers with what is known about the token of the request.
func Me(w http.ResponseWriter, r *http.Request) error {
	token, _ := r.Context().Value(tokenKey{}).(Token)
	return web.WriteJSON(w, http.StatusOK, map[string]any{"name": token.Name, "rights": token.Rights})
}
