package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestServerWorksWithoutTheExample follows "Remove the example" of README.md in a copy. Delete it with the example.
func TestServerWorksWithoutTheExample(t *testing.T) {
	root := t.TempDir()
	for _, folder := range []string{"cmd", "internal"} {
		if err := os.CopyFS(filepath.Join(root, folder), os.DirFS(filepath.Join("../..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		edit(t, filepath.Join("../..", file), filepath.Join(root, file), func(string) bool { return true })
	}
	for _, gone := range []string{"internal/tasks", "cmd/server/without_example_test.go"} {
		if err := os.RemoveAll(filepath.Join(root, gone)); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"internal/server/routes.go", "internal/web/home.html"} {
		path := filepath.Join(root, file)
		edit(t, path, path, func(line string) bool {
			return !strings.HasSuffix(line, "// example") && !strings.Contains(line, "/* example */")
		})
	}

	program := filepath.Join(root, "server.exe") // the suffix is for Windows and does no harm elsewhere
	for _, args := range [][]string{
		{"vet", "./..."},
		{"build", "-o", program, "./cmd/server"},
	} {
		cmd := exec.CommandContext(t.Context(), "go", args...)
		cmd.Dir = root
		if output, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", args[0], err, output)
		}
	}

	cmd := command(t, productionSettings(t))
	cmd.Path = program
	address := start(t, cmd)
	for path, want := range map[string]int{"/readyz": http.StatusOK, "/api/tasks": http.StatusNotFound, "/tasks": http.StatusNotFound} {
		if status, _ := get(t, address, path); status != want {
			t.Errorf("GET %s = %d, want %d", path, status, want)
		}
	}
	if status, body := get(t, address, "/"); status != http.StatusOK || strings.Contains(body, `href="/tasks"`) {
		t.Errorf("GET / = %d: %s", status, body)
	}
}

// edit copies the lines that keep wants.
func edit(t *testing.T, from, to string, keep func(line string) bool) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var kept strings.Builder
	for line := range strings.Lines(string(content)) {
		if keep(strings.TrimRight(line, "\r\n")) {
			kept.WriteString(line)
		}
	}
	if err := os.WriteFile(to, []byte(kept.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
