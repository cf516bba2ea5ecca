package server

import (
	"context"
	"database/sql"
	_ "embed"
	"net/http"
	"sync/atomic"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/config"
{% if cookiecutter.example %}
	"{{ cookiecutter.module_path }}/internal/tasks"
{% endif %}
	"{{ cookiecutter.module_path }}/internal/web"
)

//go:embed openapi.json
var document []byte

// routes is everything that this server answers.
func routes(cfg config.Config, db *sql.DB, draining *atomic.Bool) *http.ServeMux {
	guard := auth.NewGuard(db, cfg.APIRate, cfg.StatementTimeout)
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", web.HandlerFunc(web.Home))
	mux.HandleFunc("GET /static/{file}", web.Static)
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(document) // fails only when the client has gone
	})
	mux.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {}) // the process runs
	mux.Handle("GET /readyz", ready(db, draining))
	mux.Handle("GET /api/me", guard.API(auth.Any, auth.Me))
{% if cookiecutter.example %}
	tasks.Register(mux, guard, db)
{% endif %}
	return mux
}

// ready says that the database answers and the server stays; a load balancer sends no requests here while this fails.
func ready(db *sql.DB, draining *atomic.Bool) http.Handler {
	return web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		if draining.Load() {
			return web.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "shutting down"})
		}
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if err := db.PingContext(ctx); err != nil {
			web.EntryOf(ctx).Err = err
			return web.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "no database"})
		}
		return web.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
	})
}
