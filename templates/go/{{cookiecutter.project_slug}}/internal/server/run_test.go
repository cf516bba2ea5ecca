package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
)

// start runs a server on a free port, with one more route, until stop is called; ended tells what Run returns.
func start(t *testing.T, drain time.Duration, slow http.HandlerFunc) (address string, stop func(), ended <-chan error) {
	t.Helper()
	cfg := config.Config{Dev: true, PublicURL: &url.URL{Scheme: "http", Host: "127.0.0.1"}, StatementTimeout: time.Second, Drain: drain}
	s := New(cfg, databasetest.Open(t), slog.New(slog.DiscardHandler))
	mux := http.NewServeMux()
	mux.HandleFunc("/slow", slow)
	mux.Handle("/", s.Handler)
	s.Handler = mux
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error, 1)
	go func() { result <- s.Run(ctx, listener) }()
	return "http://" + listener.Addr().String(), cancel, result
}

func get(address string) (status int, closes bool, err error) {
	response, err := http.Get(address)
	if err != nil {
		return 0, false, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return response.StatusCode, response.Close, err
}

func TestRequestsThatHaveBegunAreAnswered(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	address, stop, ended := start(t, 0, func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-release
		if r.Context().Err() != nil {
			t.Error("the context of a request that has begun ends with the server")
		}
	})
	answer := make(chan error, 1)
	go func() {
		status, _, err := get(address + "/slow")
		if status != http.StatusOK {
			err = fmt.Errorf("status %d: %w", status, err)
		}
		answer <- err
	}()
	<-begun
	stop()
	for { // until the port is closed
		if _, _, err := get(address + "/healthz"); err != nil {
			break
		}
	}
	close(release)
	if err := errors.Join(<-answer, <-ended); err != nil {
		t.Error(err)
	}
}

func TestDrainingServerSaysSoAndGoesOn(t *testing.T) {
	address, stop, ended := start(t, 2*time.Second, func(http.ResponseWriter, *http.Request) {})
	if status, closes, err := get(address + "/readyz"); status != http.StatusOK || closes || err != nil {
		t.Fatalf("/readyz = %d, closes: %t, %v", status, closes, err)
	}
	stop()
	for {
		status, _, err := get(address + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		if status == http.StatusServiceUnavailable {
			break
		}
	}
	if status, closes, err := get(address + "/"); status != http.StatusOK || !closes || err != nil {
		t.Errorf("/ = %d, closes: %t, %v", status, closes, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestSlowClientsAreLimited(t *testing.T) {
	s := New(config.Config{PublicURL: &url.URL{}}, nil, slog.New(slog.DiscardHandler))
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 {
		t.Error("a timeout is missing")
	}
}

func TestPanicsAreHidden(t *testing.T) {
	var lines bytes.Buffer
	cfg := config.Config{PublicURL: &url.URL{Scheme: "http", Host: "example.com"}}
	handler := New(cfg, nil, slog.New(slog.NewJSONHandler(&lines, nil))).Handler // no database: asking it panics
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/readyz", http.NoBody))
	if answer.Code != http.StatusInternalServerError {
		t.Errorf("status = %d, want 500", answer.Code)
	}
	for _, inside := range []string{"nil pointer", ".go", "goroutine"} {
		if strings.Contains(answer.Body.String(), inside) {
			t.Errorf("the answer holds %q: %s", inside, answer.Body)
		}
		if !strings.Contains(lines.String(), inside) {
			t.Errorf("the log lacks %q: %s", inside, &lines)
		}
	}
}

func TestHalfAnswersAreCutOff(t *testing.T) {
	handler := observe(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "half")
		panic("late")
	}), slog.New(slog.DiscardHandler))
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("panic = %v, want http.ErrAbortHandler", err)
		}
	}()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", http.NoBody))
}
