// Package web is what all handlers share: errors, JSON, pages, the log of requests.
package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
)

// Entry is what the log says about one request, beside its address and its answer.
type Entry struct {
	RequestID string
	Err       error // why it failed
}

type entryKey struct{}

// WithEntry returns a context that carries the entry of the request.
func WithEntry(ctx context.Context, entry *Entry) context.Context {
	return context.WithValue(ctx, entryKey{}, entry)
}

// EntryOf returns the entry of the request, or one that nobody reads.
func EntryOf(ctx context.Context) *Entry {
	if entry, ok := ctx.Value(entryKey{}).(*Entry); ok {
		return entry
	}
	return &Entry{}
}

// HandlerFunc is a handler that may fail. A *Problem becomes the answer; any other error is logged and answered with 500.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

func (handle HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := handle(w, r)
	if err == nil {
		return
	}
	problem, ok := errors.AsType[*Problem](err)
	switch {
	case ok:
	case errors.Is(r.Context().Err(), context.Canceled):
		problem = &Problem{Status: 499} // the client has gone, which the log says as nginx's does
	default:
		EntryOf(r.Context()).Err = err
		problem = &Problem{Status: http.StatusInternalServerError}
	}
	WriteProblem(w, r, problem)
}

// WriteProblem answers with JSON below /api/ and with a page elsewhere.
func WriteProblem(w http.ResponseWriter, r *http.Request, problem *Problem) {
	problem.Type, problem.Title = "about:blank", cmp.Or(http.StatusText(problem.Status), "Client Closed Request")
	write := func() error { return WritePage(w, problem.Status, errorPage, problem) }
	if strings.HasPrefix(r.URL.Path, "/api/") {
		write = func() error { return writeJSON(w, problem.Status, "application/problem+json", problem) }
	}
	if err := write(); err != nil {
		EntryOf(r.Context()).Err = err
		http.Error(w, problem.Title, problem.Status)
	}
}
