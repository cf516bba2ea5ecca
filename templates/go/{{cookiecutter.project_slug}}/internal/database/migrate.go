package database

import (
	"context"
	"embed"
	"io/fs"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations
var files embed.FS

// Migrate runs what is new in migrations/, each file in a transaction of its own. Instances that start together on
// PostgreSQL wait for each other.
func Migrate(ctx context.Context, rawURL string) error {
	migrations, err := fs.Sub(files, "migrations")
	if err != nil {
		return err
	}
	return migrate(ctx, rawURL, migrations)
}

func migrate(ctx context.Context, rawURL string, migrations fs.FS) error {
	db, err := Open(rawURL, 0) // a migration may take its time
	if err != nil {
		return err
	}
	defer db.Close()
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{}
	if _, ok := db.Driver().(*stdlib.Driver); ok {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // tries every second, for five minutes
		if err != nil {
			return err
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, migrations, options...)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
