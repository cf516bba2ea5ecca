// Package tasks is the example: an API and a page over one table.
package tasks

import (
	"database/sql"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/web"
)

const maxTitle = 200 // characters

// Task is one thing to do.
type Task struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Done    bool      `json:"done"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
}

// change is what clients may set. A field that was not sent is nil.
type change struct {
	Title *string `json:"title"`
	Done  *bool   `json:"done"`
}

// check trims the title and returns a *web.Problem unless a task may become so.
func (c *change) check() error {
	if c.Title == nil {
		return nil
	}
	*c.Title = strings.TrimSpace(*c.Title)
	var message string
	switch length := utf8.RuneCountInString(*c.Title); {
	case length == 0:
		message = "must not be empty"
	case length > maxTitle:
		message = "must not be longer than 200 characters"
	case !storable(*c.Title):
		message = "must be text"
	default:
		return nil
	}
	return &web.Problem{Status: http.StatusUnprocessableEntity, Errors: map[string][]string{"title": {message}}}
}

// storable says whether PostgreSQL takes the text: UTF-8 without NUL.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

// Register adds the routes.
func Register(mux *http.ServeMux, guard *auth.Guard, db *sql.DB) {
	h := handlers{store{db}}
	mux.Handle("GET /api/tasks", guard.API(auth.Read, h.list))
	mux.Handle("POST /api/tasks", guard.API(auth.Write, h.create))
	mux.Handle("GET /api/tasks/{id}", guard.API(auth.Read, h.get))
	mux.Handle("PATCH /api/tasks/{id}", guard.API(auth.Write, h.update))
	mux.Handle("DELETE /api/tasks/{id}", guard.API(auth.Write, h.delete))

	mux.Handle("GET /tasks", guard.Page(auth.Read, h.page))
	mux.Handle("POST /tasks", guard.Page(auth.Write, h.add))
}

type handlers struct{ store store }
