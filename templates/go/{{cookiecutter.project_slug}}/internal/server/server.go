// Package server puts the HTTP server together: routes, what happens around every request, and how it stops.
package server

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
)

const shutdownGrace = 6 * time.Second // with DRAIN_SECONDS it must stay below the 10 seconds after which orchestrators kill

// Server is an HTTP server that stops without losing requests.
type Server struct {
	http.Server
	log      *slog.Logger
	drain    time.Duration
	draining atomic.Bool
}

// New returns a server for this database.
func New(cfg config.Config, db *sql.DB, log *slog.Logger) *Server {
	s := &Server{log: log, drain: cfg.Drain}
	forms := http.NewCrossOriginProtection() // browsers say on which site a form was
	forms.AddInsecureBypassPattern("/api/")  // no browser sends the tokens of the API by itself

	// Read from the last line up: the order in which a request passes.
	h := forms.Handler(routes(cfg, db, &s.draining))
	h = allowOrigins(h, cfg.CORSOrigins)
	h = checkHost(h, cfg)
	h = s.setHeaders(h, cfg)
	h = observe(h, log)

	s.Server = http.Server{
		Handler:           h,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second, // a client that trickles its headers holds nothing up
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	return s
}

// Run serves until ctx ends. Then it says that it is not ready, so that load balancers turn to others, goes on serving for
// a while, and at last waits for the requests that have begun.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.log.Info("shutting down")
	s.draining.Store(true)
	time.Sleep(s.drain)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := s.Shutdown(grace); err != nil {
		s.log.Warn("requests were cut off", "error", err)
		return s.Close()
	}
	return nil
}
