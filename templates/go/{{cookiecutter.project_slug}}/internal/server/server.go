// Package server puts the HTTP server together: routes, and what happens around every request.
package server

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
)

// New returns the server. When ctx ends, streams end; other requests may finish.
func New(ctx context.Context, cfg config.Config, db *sql.DB, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler(ctx, cfg, db, log),
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second, // a client that trickles its headers holds nothing up
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}

func handler(ctx context.Context, cfg config.Config, db *sql.DB, log *slog.Logger) http.Handler {
	// Read from the last line up: the order in which a request passes.
	h := explainMisses(routes(ctx, cfg, db))
	h = http.MaxBytesHandler(h, maxBody)
	h = refuseForeignPosts(h)
	h = checkHost(h, cfg)
	h = setSecurityHeaders(h, cfg)
	h = recoverPanics(h)
	return logRequests(h, log)
}
