package auth

import (
	"context"
	"database/sql"
	"errors"
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

// NewGuard allows every token perMinute requests to the API, and every request the timeout.
func NewGuard(db *sql.DB, perMinute int, timeout time.Duration) *Guard {
	return &Guard{tokens: Store{db}, perMinute: perMinute, timeout: timeout}
}

// API wants the token as Authorization: Bearer, and puts it into the context.
func (g *Guard) API(right string, next web.HandlerFunc) http.Handler {
	return g.limitTime(func(w http.ResponseWriter, r *http.Request) error {
		scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			secret = ""
		}
		token, err := g.admit(r.Context(), w, `Bearer realm="api"`, secret, right)
		if err != nil {
			return err
		}
		if wait := g.wait(token); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())+1))
			return &web.Problem{Status: http.StatusTooManyRequests}
		}
		return next(w, r.WithContext(context.WithValue(r.Context(), tokenKey{}, token)))
	})
}

// Page wants the token as the password that browsers ask for, with any user name.
func (g *Guard) Page(right string, next web.HandlerFunc) http.Handler {
	return g.limitTime(g.Stream(right, next))
}

// Stream is a Page that goes on until one side ends it.
func (g *Guard) Stream(right string, next web.HandlerFunc) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, secret, _ := r.BasicAuth()
		if _, err := g.admit(r.Context(), w, `Basic realm="a token as the password", charset="UTF-8"`, secret, right); err != nil {
			return err
		}
		return next(w, r)
	}
}

// admit returns the token, or the problem that it is unknown or lacks the right.
func (g *Guard) admit(ctx context.Context, w http.ResponseWriter, challenge, secret, right string) (Token, error) {
	ctx, cancel := context.WithTimeout(ctx, g.timeout)
	defer cancel()
	token, err := g.tokens.Find(ctx, secret)
	if errors.Is(err, ErrUnknown) {
		w.Header().Set("WWW-Authenticate", challenge)
		return Token{}, &web.Problem{Status: http.StatusUnauthorized, Detail: "A valid token is needed."}
	}
	if err == nil && right != Any && !slices.Contains(token.Rights, right) {
		err = &web.Problem{Status: http.StatusForbidden, Detail: "This token may not " + right + "."}
	}
	return token, err
}

// wait counts a request, or returns how long the token has to wait before the next one.
func (g *Guard) wait(token Token) time.Duration {
	limiter, _ := g.limiters.LoadOrStore(token.Name, rate.NewLimiter(rate.Limit(g.perMinute)/60, g.perMinute))
	reservation := limiter.(*rate.Limiter).Reserve()
	delay := reservation.Delay()
	if delay > 0 {
		reservation.Cancel()
	}
	return delay
}

// limitTime ends what a handler waits for, such as a connection to the database when all are busy.
func (g *Guard) limitTime(next web.HandlerFunc) http.Handler {
	return web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), g.timeout)
		defer cancel()
		return next(w, r.WithContext(ctx))
	})
}

type tokenKey struct{}

// Me answers with what is known about the token of the request.
func Me(w http.ResponseWriter, r *http.Request) error {
	token, _ := r.Context().Value(tokenKey{}).(Token)
	return web.WriteJSON(w, http.StatusOK, map[string]any{"name": token.Name, "rights": token.Rights})
}
