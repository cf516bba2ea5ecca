package tasks

import (
	"embed"
	"errors"
	"net/http"

	"{{ cookiecutter.module_path }}/internal/web"
)

//go:embed tasks.html
var files embed.FS

var tasksPage = web.NewPage(files, "tasks.html")

// view is what tasks.html shows.
type view struct {
	Tasks  []Task
	Title  string   // as the person typed it
	Errors []string // what is wrong with it
}

func (h handlers) page(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, view{})
}

func (h handlers) show(w http.ResponseWriter, r *http.Request, status int, v view) error {
	tasks, _, err := h.store.list(r.Context(), 1, maxLimit)
	if err != nil {
		return err
	}
	v.Tasks = tasks
	return web.WritePage(w, status, tasksPage, v)
}

func (h handlers) add(w http.ResponseWriter, r *http.Request) error {
	title := r.PostFormValue("title")
	sent := change{Title: &title}
	if problem, ok := errors.AsType[*web.Problem](sent.check()); ok {
		return h.show(w, r, problem.Status, view{Title: title, Errors: problem.Errors["title"]})
	}
	if _, err := h.store.create(r.Context(), title, false); err != nil {
		return err
	}
	http.Redirect(w, r, "/tasks", http.StatusSeeOther)
	return nil
}
