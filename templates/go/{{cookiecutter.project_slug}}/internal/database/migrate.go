package database

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5/stdlib"
)

// migrationLock is any number, as long as nothing else in this PostgreSQL database locks the same one.
const migrationLock = 7239014552

// Migrate runs every migrations/*.sql that has not run yet, in the order of the sources and of the file names within one.
// A file name stands for one migration, so no two sources may share it. All run in one transaction under a lock:
// instances that start together wait for the first.
func Migrate(ctx context.Context, db *sql.DB, sources ...fs.FS) error {
	tx, err := db.BeginTx(ctx, nil) // on SQLite this takes the write lock
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing

	if _, ok := db.Driver().(*stdlib.Driver); ok {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", migrationLock); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)"); err != nil {
		return err
	}
	seen := make(map[string]bool)
	for _, source := range sources {
		names, err := fs.Glob(source, "migrations/*.sql")
		if err != nil {
			return err
		}
		for _, name := range names {
			if seen[name] {
				return fmt.Errorf("two migrations are called %s", name)
			}
			seen[name] = true
			if err := migrate(ctx, tx, source, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return tx.Commit()
}

func migrate(ctx context.Context, tx *sql.Tx, source fs.FS, name string) error {
	var done bool
	const query = "SELECT EXISTS (SELECT 1 FROM migrations WHERE name = $1)"
	if err := tx.QueryRowContext(ctx, query, name).Scan(&done); err != nil || done {
		return err
	}
	statements, err := fs.ReadFile(source, name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO migrations (name) VALUES ($1)", name)
	return err
}
