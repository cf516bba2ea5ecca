package database_test

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"{{ cookiecutter.module_path }}/internal/database"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
)

func file(content string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(content)}
}

func TestMigrateRunsEachFileOnceInOrder(t *testing.T) {
	migrations := fstest.MapFS{
		"migrations/0002_fill.sql":   file("INSERT INTO notes (text) VALUES ('one'); INSERT INTO notes (text) VALUES ('two');"),
		"migrations/0001_create.sql": file("CREATE TABLE notes (text TEXT NOT NULL);"),
	}
	db := databasetest.Open(t, migrations)
	if err := database.Migrate(t.Context(), db, migrations); err != nil {
		t.Fatal(err)
	}
	var count int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM notes").Scan(&count); err != nil {
		t.Fatal(err)
	}
	if count != 2 {
		t.Errorf("notes = %d, want 2", count)
	}
}

func TestMigrateIsAllOrNothing(t *testing.T) {
	db := databasetest.Open(t)
	err := database.Migrate(t.Context(), db, fstest.MapFS{
		"migrations/0001_create.sql": file("CREATE TABLE notes (text TEXT NOT NULL);"),
		"migrations/0002_broken.sql": file("CREATE TABEL other (text TEXT);"),
	})
	if err == nil || !strings.Contains(err.Error(), "0002_broken.sql") {
		t.Fatalf("error = %v, want one that names 0002_broken.sql", err)
	}
	if _, err := db.ExecContext(t.Context(), "SELECT text FROM notes"); err == nil {
		t.Error("the table of the first migration is there although the second failed")
	}
}

func TestMigrateRefusesTwoFilesOfOneName(t *testing.T) {
	db := databasetest.Open(t)
	one := fstest.MapFS{"migrations/0001_create.sql": file("CREATE TABLE one (text TEXT);")}
	two := fstest.MapFS{"migrations/0001_create.sql": file("CREATE TABLE two (text TEXT);")}
	if err := database.Migrate(t.Context(), db, one, two); err == nil || !strings.Contains(err.Error(), "0001_create.sql") {
		t.Errorf("error = %v, want one that names 0001_create.sql", err)
	}
}

func TestMigrateWaitsForAnotherInstance(t *testing.T) {
	url := databasetest.URL(t)
	migrations := fstest.MapFS{"migrations/0001_create.sql": file("CREATE TABLE notes (text TEXT NOT NULL);")}
	start := make(chan struct{})
	var instances sync.WaitGroup
	for range 8 {
		db, err := database.Open(url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := database.Migrate(t.Context(), db); err != nil { // connects, and makes the table of migrations
			t.Fatal(err)
		}
		instances.Go(func() {
			<-start
			if err := database.Migrate(t.Context(), db, migrations); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	instances.Wait()
}

func TestOpenRejectsOtherAddresses(t *testing.T) {
	for _, address := range []string{
		"", "mysql://localhost/app", "sqlite://", "sqlite:///", "sqlite://app.db", "postgresql://u:hunter2@localhost:port/app",
	} {
		t.Run(address, func(t *testing.T) {
			_, err := database.Open(address)
			if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") {
				t.Fatalf("error = %v, want one that names DATABASE_URL", err)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error holds the password: %v", err)
			}
		})
	}
}
