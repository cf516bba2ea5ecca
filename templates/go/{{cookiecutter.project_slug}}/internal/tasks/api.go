package tasks

import (
	"math"
	"net/http"
	"strconv"

	"{{ cookiecutter.module_path }}/internal/web"
)

// maxLimit is the largest page of a list.
const maxLimit = 100

func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	page := number(query.Get("page"), 1, math.MaxInt32/maxLimit)
	limit := number(query.Get("limit"), 20, maxLimit)
	tasks, total, err := h.store.list(r.Context(), page, limit)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, map[string]any{
		"data": tasks,
		"meta": map[string]int{"page": page, "limit": limit, "total": total},
	})
}

// number reads a parameter from 1 to most. What is no number becomes the fallback.
func number(text string, fallback, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return fallback
	}
	return min(max(n, 1), most)
}

func (h handlers) create(w http.ResponseWriter, r *http.Request) error {
	var sent change
	if err := sent.read(w, r, true); err != nil {
		return err
	}
	task, err := h.store.create(r.Context(), *sent.Title, sent.Done != nil && *sent.Done)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/api/tasks/"+task.ID)
	return web.WriteJSON(w, http.StatusCreated, task)
}

// read fills what is sent. Without a title, a task that is new has an empty one, which check refuses.
func (c *change) read(w http.ResponseWriter, r *http.Request, isNew bool) error {
	if err := web.ReadJSON(w, r, c); err != nil {
		return err
	}
	if c.Title == nil && isNew {
		c.Title = new(string)
	}
	return c.check()
}

func (h handlers) get(w http.ResponseWriter, r *http.Request) error {
	task, err := h.store.get(r.Context(), pathID(r))
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, task)
}

func (h handlers) update(w http.ResponseWriter, r *http.Request) error {
	var sent change
	if err := sent.read(w, r, false); err != nil {
		return err
	}
	task, err := h.store.update(r.Context(), pathID(r), sent)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, task)
}

func (h handlers) delete(w http.ResponseWriter, r *http.Request) error {
	if err := h.store.delete(r.Context(), pathID(r)); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// pathID returns the id in the address, or "", which no task has, where it cannot be one.
func pathID(r *http.Request) string {
	if id := r.PathValue("id"); storable(id) {
		return id
	}
	return ""
}
