package server

import (
	"context"
	"database/sql"
	"io/fs"
	"net/http"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/tasks" // example
	"{{ cookiecutter.module_path }}/internal/web"
)

// Migrations are the tables of every part of the application, in the order in which they are created.
var Migrations = []fs.FS{
	tasks.Migrations, // example
}

// routes is everything that this server answers.
func routes(ctx context.Context, cfg config.Config, db *sql.DB) *http.ServeMux {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", web.HandlerFunc(web.Home))
	mux.HandleFunc("GET /static/{file}", web.Static)
	mux.HandleFunc("GET /healthz", alive)
	mux.Handle("GET /readyz", ready(db))

	flash := web.Flash{Key: cfg.SecretKey, Secure: cfg.PublicURL.Scheme == "https"} // example
	tasks.Register(mux, db, flash, ctx.Done())                                      // example
	return mux
}

// alive says that the process runs; an orchestrator restarts it when this fails.
func alive(w http.ResponseWriter, _ *http.Request) {
	web.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// ready says that the database answers; a load balancer sends no requests here while this fails.
func ready(db *sql.DB) http.Handler {
	return web.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		var one int
		if err := db.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
			web.Logger(r.Context()).Error("the database does not answer", "error", err)
			web.WriteJSON(w, http.StatusServiceUnavailable, map[string]string{"status": "no database"})
			return nil
		}
		web.WriteJSON(w, http.StatusOK, map[string]string{"status": "ok"})
		return nil
	})
}
