// Command bare is net/http and database/sql alone.
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"MODULE/internal/auth"
	"MODULE/internal/database"
)

type task struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Done    bool      `json:"done"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
}

func main() {
	db, err := database.Open(context.Background(), os.Getenv("DATABASE_URL"), 5*time.Second)
	if err != nil {
		log.Fatal(err)
	}
	tokens := auth.Store{DB: db}
	answer := func(w http.ResponseWriter, body any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(body)
	}
	http.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{"status": "ok"})
	})
	http.HandleFunc("GET /api/tasks", func(w http.ResponseWriter, r *http.Request) {
		token, err := tokens.Find(r.Context(), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		if err != nil || !slices.Contains(token.Rights, auth.Read) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var total int
		if err := db.QueryRowContext(r.Context(), "SELECT count(*) FROM tasks").Scan(&total); err != nil {
			log.Panic(err)
		}
		const query = "SELECT id, title, done, created, updated FROM tasks ORDER BY created DESC, id LIMIT $1 OFFSET $2"
		rows, err := db.QueryContext(r.Context(), query, 20, 0)
		if err != nil {
			log.Panic(err)
		}
		defer rows.Close()
		tasks := []task{}
		for rows.Next() {
			var t task
			if err := rows.Scan(&t.ID, &t.Title, &t.Done, &t.Created, &t.Updated); err != nil {
				log.Panic(err)
			}
			tasks = append(tasks, t)
		}
		answer(w, map[string]any{"data": tasks, "meta": map[string]int{"page": 1, "limit": 20, "total": total}})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
