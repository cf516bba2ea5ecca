package auth

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"{{ cookiecutter.module_path }}/internal/web"
)

const lookUp = 5 * time.Second // includes the wait for a connection to the database

// Guard lets requests through that bring a token with the right they need.
type Guard struct {
	tokens  Store
	limits  *limits
	timeout time.Duration
}

// NewGuard allows every token perMinute requests to the API, and every request the timeout.
func NewGuard(db *sql.DB, perMinute int, timeout time.Duration) *Guard {
	return &Guard{Store{db}, newLimits(perMinute), timeout}
}

// API wants the token as Authorization: Bearer, and puts it into the context.
func (g *Guard) API(right string, next web.HandlerFunc) http.Handler {
	return g.limitTime(func(w http.ResponseWriter, r *http.Request) error {
		scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			secret = ""
		}
		token, err := g.find(r.Context(), secret)
		if errors.Is(err, ErrUnknown) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="api"`)
			return &web.Problem{Status: http.StatusUnauthorized, Detail: "Send a token as Authorization: Bearer."}
		}
		if err != nil {
			return err
		}
		if wait := g.limits.wait(token.Name); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			return &web.Problem{Status: http.StatusTooManyRequests}
		}
		if right != "" && !slices.Contains(token.Rights, right) {
			return missing(right)
		}
		return next(w, r.WithContext(context.WithValue(r.Context(), tokenKey{}, token)))
	})
}

// Page wants the token as the password that browsers ask for, with any user name.
func (g *Guard) Page(right string, next web.HandlerFunc) http.Handler {
	return g.limitTime(g.basic(right, next))
}

// Stream is a Page that goes on until one side ends it.
func (g *Guard) Stream(right string, next web.HandlerFunc) http.Handler {
	return g.basic(right, next)
}

func (g *Guard) basic(right string, next web.HandlerFunc) web.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, secret, _ := r.BasicAuth()
		token, err := g.find(r.Context(), secret)
		if errors.Is(err, ErrUnknown) {
			w.Header().Set("WWW-Authenticate", `Basic realm="a token as the password", charset="UTF-8"`)
			return &web.Problem{Status: http.StatusUnauthorized, Detail: "Log in with any name and a token as the password."}
		}
		if err != nil {
			return err
		}
		if !slices.Contains(token.Rights, right) {
			return missing(right)
		}
		return next(w, r)
	}
}

func (g *Guard) find(ctx context.Context, secret string) (Token, error) {
	ctx, cancel := context.WithTimeout(ctx, lookUp)
	defer cancel()
	return g.tokens.Find(ctx, secret)
}

// limitTime ends what a handler waits for, such as a connection to the database when all are busy.
func (g *Guard) limitTime(next web.HandlerFunc) http.Handler {
	return web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), g.timeout)
		defer cancel()
		return next(w, r.WithContext(ctx))
	})
}

func missing(right string) error {
	return &web.Problem{Status: http.StatusForbidden, Detail: "This token lacks the right to " + right + "."}
}

type tokenKey struct{}

// Me answers with what is known about the token of the request.
func Me(w http.ResponseWriter, r *http.Request) error {
	token, _ := r.Context().Value(tokenKey{}).(Token)
	return web.WriteJSON(w, http.StatusOK, map[string]any{"name": token.Name, "rights": token.Rights})
}
