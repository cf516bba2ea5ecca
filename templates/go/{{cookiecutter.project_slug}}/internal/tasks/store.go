package tasks

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"{{ cookiecutter.module_path }}/internal/web"
)

// store keeps tasks in SQLite or PostgreSQL: the SQL is the same.
type store struct{ db *sql.DB }

const columns = "id, title, done, created, updated"

// list returns one page, newest first, and how many tasks there are.
func (s store) list(ctx context.Context, page, limit int) (tasks []Task, total int, err error) {
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM tasks").Scan(&total); err != nil {
		return nil, 0, err
	}
	const query = "SELECT " + columns + " FROM tasks ORDER BY created DESC, id LIMIT $1 OFFSET $2"
	rows, err := s.db.QueryContext(ctx, query, limit, (page-1)*limit)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	tasks = []Task{} // JSON: [] and not null
	for rows.Next() {
		task, err := scan(rows)
		if err != nil {
			return nil, 0, err
		}
		tasks = append(tasks, task)
	}
	return tasks, total, rows.Err()
}

func (s store) get(ctx context.Context, id string) (Task, error) {
	return scan(s.db.QueryRowContext(ctx, "SELECT "+columns+" FROM tasks WHERE id = $1", id))
}

func (s store) create(ctx context.Context, title string, done bool) (Task, error) {
	const query = "INSERT INTO tasks (" + columns + ") VALUES ($1, $2, $3, $4, $4) RETURNING " + columns
	return scan(s.db.QueryRowContext(ctx, query, rand.Text(), title, done, time.Now().UTC()))
}

// update changes what is not nil, in one statement, so that two clients cannot undo each other's fields.
func (s store) update(ctx context.Context, id string, c change) (Task, error) {
	const query = "UPDATE tasks SET title = coalesce($2, title), done = coalesce($3, done), updated = $4 WHERE id = $1 RETURNING " + columns
	return scan(s.db.QueryRowContext(ctx, query, id, c.Title, c.Done, time.Now().UTC()))
}

func (s store) delete(ctx context.Context, id string) error {
	result, err := s.db.ExecContext(ctx, "DELETE FROM tasks WHERE id = $1", id)
	if err != nil {
		return err
	}
	count, err := result.RowsAffected()
	if err == nil && count == 0 {
		return &web.Problem{Status: http.StatusNotFound}
	}
	return err
}

// scan reads one row of columns.
func scan(row interface{ Scan(...any) error }) (Task, error) {
	var t Task
	err := row.Scan(&t.ID, &t.Title, &t.Done, &t.Created, &t.Updated)
	if errors.Is(err, sql.ErrNoRows) {
		return Task{}, &web.Problem{Status: http.StatusNotFound}
	}
	return t, err
}
