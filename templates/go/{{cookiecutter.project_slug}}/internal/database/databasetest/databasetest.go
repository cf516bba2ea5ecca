// Package databasetest gives each test a database of its own.
package databasetest

import (
	"crypto/rand"
	"database/sql"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/database"
)

// Open returns a migrated, empty database that is removed after the test: a SQLite file, or, when DATABASE_URL names a
// PostgreSQL server, a schema there. What else that database holds is not touched.
func Open(t testing.TB, migrations ...fs.FS) *sql.DB {
	t.Helper()
	db, err := database.Open(URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := database.Migrate(t.Context(), db, migrations...); err != nil {
		t.Fatal(err)
	}
	return db
}

// URL returns the address of such a database before any migration.
func URL(t testing.TB) string {
	t.Helper()
	if server := os.Getenv("DATABASE_URL"); strings.HasPrefix(server, "postgres") {
		return schema(t, server)
	}
	return "sqlite:///" + filepath.ToSlash(filepath.Join(t.TempDir(), "test.db"))
}

func schema(t testing.TB, server string) string {
	t.Helper()
	db, err := database.Open(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer db.Close()
		if _, err := db.Exec("DROP SCHEMA " + name + " CASCADE"); err != nil {
			t.Error(err)
		}
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}
