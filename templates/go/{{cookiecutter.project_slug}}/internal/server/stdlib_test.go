package server

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// TestOnlyTheStandardLibrary proves that routing, JSON, pages, cookies and logging need nothing else; the two modules in
// go.mod are database drivers. Delete it when this server takes its first other module.
func TestOnlyTheStandardLibrary(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard", ".")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	packages := json.NewDecoder(stdout)
	count := 0
	for {
		var p struct {
			ImportPath string
			Standard   bool
		}
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		count++
		if !p.Standard && !strings.HasPrefix(p.ImportPath, "{{ cookiecutter.module_path }}/") {
			t.Errorf("the server needs %s", p.ImportPath)
		}
	}
	if err := cmd.Wait(); err != nil || count == 0 {
		t.Errorf("go list: %v, %d packages", err, count)
	}
}
