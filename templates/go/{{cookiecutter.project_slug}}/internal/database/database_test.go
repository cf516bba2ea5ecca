package database_test

import (
	"database/sql"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"{{ cookiecutter.module_path }}/internal/database"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
)

func file(statements string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + statements)}
}

func open(t *testing.T, address string, timeout time.Duration) *sql.DB {
	t.Helper()
	db, err := database.Connect(address, timeout)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestTablesGrow(t *testing.T) {
	address := databasetest.URL(t)
	migrations := fstest.MapFS{"1_create.sql": file("CREATE TABLE notes (text TEXT, old TEXT); INSERT INTO notes VALUES ('one', 'x');")}
	for name, statements := range map[string]string{
		"2_add.sql":    "ALTER TABLE notes ADD COLUMN due TIMESTAMP;",
		"3_rename.sql": "ALTER TABLE notes RENAME COLUMN text TO title;",
		"4_drop.sql":   "ALTER TABLE notes DROP COLUMN old;",
		"5_unique.sql": "CREATE UNIQUE INDEX notes_title ON notes (title);",
		"6_free.sql":   "DROP INDEX notes_title;",
	} {
		migrations[name] = file(statements)
	}
	for range 2 { // the second time there is nothing to do
		if err := database.MigrateFrom(t.Context(), address, migrations); err != nil {
			t.Fatal(err)
		}
	}
	var title string
	if err := open(t, address, 0).QueryRowContext(t.Context(), "SELECT title FROM notes WHERE due IS NULL").Scan(&title); err != nil || title != "one" {
		t.Errorf("title = %q, %v", title, err)
	}
}

func TestAFailedMigrationLeavesNothing(t *testing.T) {
	address := databasetest.URL(t)
	broken := fstest.MapFS{
		"1_create.sql": file("CREATE TABLE notes (text TEXT);"),
		"2_broken.sql": file("ALTER TABLE notes ADD COLUMN due TEXT; INSERT INTO notes VALUES ('one', 'x'); CREATE TABEL other (text TEXT);"),
	}
	if err := database.MigrateFrom(t.Context(), address, broken); err == nil || !strings.Contains(err.Error(), "version:2") {
		t.Fatalf("error = %v, want one that names version 2", err)
	}
	broken["2_broken.sql"] = file("ALTER TABLE notes ADD COLUMN due TEXT;")
	if err := database.MigrateFrom(t.Context(), address, broken); err != nil {
		t.Fatalf("after it was mended: %v", err)
	}
	var count int
	if err := open(t, address, 0).QueryRowContext(t.Context(), "SELECT count(*) FROM notes").Scan(&count); err != nil || count != 0 {
		t.Errorf("notes = %d, %v, want none", count, err)
	}
}

func TestInstancesThatStartTogetherMigrateOnce(t *testing.T) {
	address := databasetest.URL(t)
	if strings.HasPrefix(address, "sqlite") {
		t.Skip("SQLite is for one instance")
	}
	migrations := fstest.MapFS{"1_create.sql": file("CREATE TABLE notes (text TEXT);")}
	if err := database.MigrateFrom(t.Context(), address, migrations); err != nil {
		t.Fatal(err)
	}
	migrations["2_slow.sql"] = file("SELECT pg_sleep(0.2); CREATE TABLE others (text TEXT);")
	var instances sync.WaitGroup
	for range 4 {
		instances.Go(func() {
			if err := database.MigrateFrom(t.Context(), address, migrations); err != nil {
				t.Error(err)
			}
		})
	}
	instances.Wait()
}

func TestAStatementIsEnded(t *testing.T) {
	address := databasetest.URL(t)
	if strings.HasPrefix(address, "sqlite") {
		t.Skip("SQLite has no such limit")
	}
	db := open(t, address, 100*time.Millisecond)
	if _, err := db.ExecContext(t.Context(), "SELECT pg_sleep(10)"); err == nil || !strings.Contains(err.Error(), "statement timeout") {
		t.Errorf("error = %v", err)
	}
}

func TestOpenRejectsOtherAddresses(t *testing.T) {
	for _, address := range []string{
		"", "mysql://localhost/app", "sqlite://", "sqlite:///", "sqlite://app.db", "postgresql://u:hunter2@localhost:port/app",
	} {
		t.Run(address, func(t *testing.T) {
			_, err := database.Open(t.Context(), address, 0)
			if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") {
				t.Fatalf("error = %v, want one that names DATABASE_URL", err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error holds the password: %v", err)
			}
		})
	}
}

func TestPostgresIsAnotherNameOfPostgreSQL(t *testing.T) {
	if _, err := database.Connect("postgres://localhost/app", 0); err != nil {
		t.Error(err)
	}
}
