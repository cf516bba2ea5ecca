// Package database opens the database that DATABASE_URL names and brings it up to date.
package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // registers "sqlite"
)

const maxConnections = 16

//go:embed migrations
var files embed.FS

// Open brings the database up to date and returns a pool of connections. PostgreSQL ends a statement after the timeout.
func Open(ctx context.Context, rawURL string, statementTimeout time.Duration) (*sql.DB, error) {
	migrations, _ := fs.Sub(files, "migrations") // fails only for a name that no path can have
	if err := migrate(ctx, rawURL, migrations); err != nil {
		return nil, fmt.Errorf("migrating the database: %w", err)
	}
	return connect(rawURL, statementTimeout)
}

// migrate runs what is new, each file in a transaction of its own. Instances that start together on PostgreSQL wait for
// each other.
func migrate(ctx context.Context, rawURL string, migrations fs.FS) error {
	db, err := connect(rawURL, 0) // a migration may take its time
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

// connect returns a pool that connects on first use. A timeout of 0 is none.
func connect(rawURL string, statementTimeout time.Duration) (db *sql.DB, err error) {
	path, isFile := strings.CutPrefix(rawURL, "sqlite:///")
	switch {
	case isFile && path != "":
		db, err = openSQLite(path)
	case strings.HasPrefix(rawURL, "postgresql://"), strings.HasPrefix(rawURL, "postgres://"):
		db, err = openPostgreSQL(rawURL, statementTimeout)
	default:
		err = errors.New("DATABASE_URL must be sqlite:///relative/path, sqlite:////absolute/path or postgresql://user:password@host/name")
	}
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections) // the default keeps two and opens the others again and again
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

func openPostgreSQL(rawURL string, statementTimeout time.Duration) (*sql.DB, error) {
	cfg, err := pgx.ParseConfig(rawURL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err) // pgx leaves the password out of this error
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 5 * time.Second
	}
	cfg.RuntimeParams["statement_timeout"] = strconv.FormatInt(statementTimeout.Milliseconds(), 10)
	return stdlib.OpenDB(*cfg), nil
}

func openSQLite(path string) (*sql.DB, error) {
	options := url.Values{
		"_busy_timeout": {"5000"},
		"_foreign_keys": {"on"},
		"_journal_mode": {"wal"},       // readers do not wait for the writer
		"_synchronous":  {"normal"},    // safe with the write-ahead log
		"_txlock":       {"immediate"}, // a transaction that writes waits for its turn at the start, not in the middle
		"_time_format":  {"sqlite"},
		"_texttotime":   {"1"},                  // RETURNING tells no column types
		"_pragma":       {"temp_store(memory)"}, // works in a container without a writable /tmp
		"_error_rc":     {"1"},
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+options.Encode())
}
