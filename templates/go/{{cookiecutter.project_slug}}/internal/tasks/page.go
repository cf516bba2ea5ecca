package tasks

import (
	"embed"
	"net/http"

	"{{ cookiecutter.module_path }}/internal/web"
)

//go:embed tasks.html live.js
var files embed.FS

var tasksPage = web.NewPage(files, "tasks.html")

// view is what tasks.html shows.
type view struct {
	Tasks  []Task
	Flash  string
	Title  string   // as the person typed it
	Errors []string // what is wrong with it
}

func (h *handlers) page(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, "layout.html", view{Flash: h.flash.Take(w, r)})
}

// listFragment is what live.js fetches after a change.
func (h *handlers) listFragment(w http.ResponseWriter, r *http.Request) error {
	return h.show(w, r, http.StatusOK, "list", view{})
}

func (h *handlers) show(w http.ResponseWriter, r *http.Request, status int, template string, v view) error {
	tasks, _, err := h.store.list(r.Context(), 1, maxLimit)
	if err != nil {
		return err
	}
	v.Tasks = tasks
	web.WriteFragment(w, r, status, tasksPage, template, v)
	return nil
}

func (h *handlers) add(w http.ResponseWriter, r *http.Request) error {
	if err := web.ReadForm(r); err != nil {
		return err
	}
	title := r.PostForm.Get("title")
	sent := change{Title: &title}
	if problem := sent.check(); problem != nil {
		return h.show(w, r, problem.Status, "layout.html", view{Title: title, Errors: problem.Errors["title"]})
	}
	if _, err := h.store.create(r.Context(), title, false); err != nil {
		return err
	}
	h.feed.publish()
	h.flash.Set(w, "Task added.")
	http.Redirect(w, r, "/tasks", http.StatusSeeOther)
	return nil
}

func (h *handlers) script(w http.ResponseWriter, r *http.Request) error {
	http.ServeFileFS(w, r, files, "live.js")
	return nil
}
