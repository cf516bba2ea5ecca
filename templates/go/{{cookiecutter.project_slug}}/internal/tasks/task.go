// Package tasks is the example: an API, a page and live updates over one table. README.md says how to remove it.
package tasks

import (
	"database/sql"
	"embed"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"{{ cookiecutter.module_path }}/internal/web"
)

// Migrations create the table.
//
//go:embed migrations
var Migrations embed.FS

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

// check trims the title and returns nil when a task may become so.
func (c *change) check() *web.Problem {
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
	return &web.Problem{Status: http.StatusUnprocessableEntity, Errors: web.FieldErrors("title", message)}
}

// storable says whether PostgreSQL takes the text: UTF-8 without NUL.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

// Register adds the routes of the example. Streams end when closing is closed.
func Register(mux *http.ServeMux, db *sql.DB, flash web.Flash, closing <-chan struct{}) {
	h := &handlers{store: store{db}, feed: newFeed(), flash: flash, closing: closing}
	for pattern, handle := range map[string]web.HandlerFunc{
		"GET /api/tasks":         h.list,
		"POST /api/tasks":        h.create,
		"GET /api/tasks/{id}":    h.get,
		"PATCH /api/tasks/{id}":  h.update,
		"DELETE /api/tasks/{id}": h.delete,
		"GET /api/tasks/events":  h.events,

		"GET /tasks":         h.page,
		"POST /tasks":        h.add,
		"GET /tasks/list":    h.listFragment,
		"GET /tasks/live.js": h.script,
	} {
		mux.Handle(pattern, handle)
	}
}

type handlers struct {
	store   store
	feed    *feed
	flash   web.Flash
	closing <-chan struct{}
}
