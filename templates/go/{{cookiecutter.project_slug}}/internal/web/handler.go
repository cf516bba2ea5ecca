// Package web is what all handlers share: errors, JSON, pages, messages between pages.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
)

// HandlerFunc is a handler that may fail. A *Problem becomes the answer; any other error is logged and answered with 500.
type HandlerFunc func(http.ResponseWriter, *http.Request) error

func (handle HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := handle(w, r)
	if err == nil {
		return
	}
	problem, ok := errors.AsType[*Problem](err)
	if !ok && r.Context().Err() != nil {
		return // the client has gone, which is what the error says
	}
	if !ok {
		Logger(r.Context()).Error("request failed", "error", err)
		problem = &Problem{Status: http.StatusInternalServerError}
	}
	WriteProblem(w, r, problem)
}

// WriteProblem answers with JSON below /api/ and with a page elsewhere.
func WriteProblem(w http.ResponseWriter, r *http.Request, problem *Problem) {
	problem.Type, problem.Title = "about:blank", http.StatusText(problem.Status)
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeJSON(w, problem.Status, "application/problem+json", problem)
		return
	}
	WritePage(w, r, problem.Status, errorPage, problem)
}

type loggerKey struct{}

// WithLogger returns a context for one request whose log lines name that request.
func WithLogger(ctx context.Context, log *slog.Logger) context.Context {
	return context.WithValue(ctx, loggerKey{}, log)
}

// Logger returns the logger of the request.
func Logger(ctx context.Context) *slog.Logger {
	if log, ok := ctx.Value(loggerKey{}).(*slog.Logger); ok {
		return log
	}
	return slog.Default()
}
