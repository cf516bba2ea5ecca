// Package database opens the database that DATABASE_URL names and brings it up to date.
package database

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // registers "sqlite"
)

const maxConnections = 16

// Open returns a pool of connections. It connects on first use, so that an unreachable server is no error yet.
// PostgreSQL ends a statement after the timeout; 0 is none.
func Open(rawURL string, statementTimeout time.Duration) (db *sql.DB, err error) {
	switch scheme, rest, _ := strings.Cut(rawURL, "://"); scheme {
	case "postgresql", "postgres":
		db, err = openPostgreSQL(rawURL, statementTimeout)
	case "sqlite":
		db, err = openSQLite(rest)
	default:
		err = errors.New("DATABASE_URL must start with sqlite:// or postgresql://")
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

func openSQLite(rest string) (*sql.DB, error) {
	path, found := strings.CutPrefix(rest, "/")
	if !found || path == "" {
		return nil, errors.New("DATABASE_URL must be sqlite:///relative/path or sqlite:////absolute/path")
	}
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
