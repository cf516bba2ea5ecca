package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"{{ cookiecutter.module_path }}/internal/database/databasetest"
)

// The tests start this very program again, as the server.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_AS_SERVER") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

func productionSettings(t *testing.T) []string {
	return []string{
		"DATABASE_URL=" + databasetest.URL(t),
		"PUBLIC_URL=http://127.0.0.1",
		"DRAIN_SECONDS=0",
	}
}

// command prepares the program with nothing around it: an empty folder and only these settings.
func command(t *testing.T, settings []string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{"TEST_AS_SERVER=1", "PORT=0", "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}, settings...)
	cmd.Stderr = os.Stderr
	return cmd
}

// start returns the address of a server that listens.
func start(t *testing.T, cmd *exec.Cmd) *url.URL {
	t.Helper()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		var line struct{ Msg, URL string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("the log is not JSON: %s", lines.Text())
		}
		if line.Msg == "listening" {
			go func() { _, _ = io.Copy(io.Discard, stdout) }()
			address, err := url.Parse(line.URL)
			if err != nil {
				t.Fatal(err)
			}
			return address
		}
	}
	t.Fatal("the server ended before it listened")
	return nil
}

func get(t *testing.T, address *url.URL, path string) (status int, body string) {
	t.Helper()
	response, err := http.Get(address.JoinPath(path).String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func TestOneFileIsTheWholeServer(t *testing.T) {
	cmd := command(t, productionSettings(t))
	address := start(t, cmd)
	for _, path := range []string{"/", "/static/style.css", "/readyz"} {
		if status, _ := get(t, address, path); status != http.StatusOK {
			t.Errorf("GET %s = %d, want 200", path, status)
		}
	}
	health := command(t, append(productionSettings(t), "PORT="+address.Port()), "-healthcheck")
	if err := health.Run(); err != nil {
		t.Errorf("-healthcheck beside a running server: %v", err)
	}
}

func TestTermEndsTheServer(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no TERM")
	}
	cmd := command(t, productionSettings(t))
	address := start(t, cmd)
	get(t, address, "/") // leaves an idle connection
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
}

func TestServerRefusesToStartWithoutSettings(t *testing.T) {
	cmd := command(t, nil)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil {
		t.Error("it started and ended well")
	}
	if !strings.Contains(stderr.String(), "PUBLIC_URL must be") {
		t.Errorf("stderr = %q", stderr.String())
	}
}

func TestTakenPortIsNamed(t *testing.T) {
	port := start(t, command(t, productionSettings(t))).Port()
	for _, args := range [][]string{nil, {"-dev"}} {
		cmd := command(t, append(productionSettings(t), "PORT="+port), args...)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		if err := cmd.Run(); err == nil {
			t.Errorf("%q: it started and ended well", args)
		}
		line, rest, _ := strings.Cut(stderr.String(), "\n")
		if rest != "" || !strings.Contains(line, "127.0.0.1:"+port) || !strings.HasSuffix(line, "; set another PORT or HOST") {
			t.Errorf("%q: stderr = %q", args, stderr.String())
		}
	}
}

func TestHealthcheckFails(t *testing.T) {
	failing := httptest.NewServer(http.NotFoundHandler())
	defer failing.Close()
	address, err := url.Parse(failing.URL)
	if err != nil {
		t.Fatal(err)
	}
	for name, port := range map[string]string{"no server": "1", "another server": address.Port()} {
		cmd := command(t, append(productionSettings(t), "PORT="+port), "-healthcheck")
		cmd.Stderr = nil
		if err := cmd.Run(); err == nil {
			t.Errorf("-healthcheck passes with %s", name)
		}
	}
}

func TestDevelopmentNeedsNoSettings(t *testing.T) {
	cmd := command(t, []string{"DATABASE_URL=" + databasetest.URL(t)}, "-dev") // the default is a developer's own
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "listening") {
			return
		}
	}
	t.Error("the server ended before it listened")
}

func TestTokens(t *testing.T) {
	settings := productionSettings(t)
	address := start(t, command(t, settings))
	output := func(args ...string) string {
		t.Helper()
		cmd := command(t, settings, append([]string{"token"}, args...)...)
		content, err := cmd.Output()
		if err != nil {
			t.Fatalf("token %q: %v", args, err)
		}
		return strings.TrimSpace(string(content))
	}
	me := func(secret string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address.JoinPath("/api/me").String(), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+secret)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		return response.StatusCode
	}
	secret := output("create", "-rights", "read,write", "ann")
	if got := me(secret); got != http.StatusOK {
		t.Errorf("with a new token: %d", got)
	}
	output("revoke", "ann")
	if got := me(secret); got != http.StatusUnauthorized {
		t.Errorf("with a revoked token: %d", got)
	}
	for _, args := range []string{"create", "create -rights admin x", "revoke", "revoke nobody", "other"} {
		cmd := command(t, settings, append([]string{"token"}, strings.Fields(args)...)...)
		cmd.Stderr = nil
		if err := cmd.Run(); err == nil {
			t.Errorf("token %q ended well", args)
		}
	}
}
