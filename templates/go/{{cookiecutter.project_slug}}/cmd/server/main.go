// Command server is the whole application in one file: pages, styles and migrations are inside.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/joho/godotenv"

	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database"
	"{{ cookiecutter.module_path }}/internal/server"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C does not wait for requests
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout)
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run is main without the process around it.
func run(ctx context.Context, args []string, getenv func(string) string, stdout io.Writer) error {
	flags := flag.NewFlagSet("server", flag.ContinueOnError)
	dev := flags.Bool("dev", false, "development: read .env, need no settings, log as text")
	healthcheck := flags.Bool("healthcheck", false, "ask the running server whether it is alive, then exit")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *dev {
		values, err := godotenv.Read()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf(".env: %w", err)
		}
		environment := getenv
		getenv = func(name string) string { return cmp.Or(environment(name), values[name]) }
	}
	switch {
	case *healthcheck:
		return checkHealth(ctx, config.Port(getenv))
	case flags.Arg(0) == "token":
		databaseURL, err := config.DatabaseURL(getenv, *dev)
		if err != nil {
			return err
		}
		return runToken(ctx, databaseURL, flags.Args()[1:], stdout)
	case flags.NArg() > 0:
		return fmt.Errorf("unknown command %q; there is: token", flags.Arg(0))
	}
	cfg, err := config.Load(getenv, *dev)
	if err != nil {
		return err
	}
	return serve(ctx, cfg, newLogger(stdout, cfg))
}

func newLogger(w io.Writer, cfg config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.Dev {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

func serve(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Address)
	if err != nil {
		return fmt.Errorf("%w; set another PORT or HOST", err)
	}
	if err := database.Migrate(ctx, cfg.DatabaseURL); err != nil {
		return errors.Join(fmt.Errorf("migrating the database: %w", err), listener.Close())
	}
	db, err := database.Open(cfg.DatabaseURL, cfg.StatementTimeout)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer db.Close()
	log.Info("listening", "url", "http://"+listener.Addr().String())
	return server.New(cfg, db, log).Run(ctx, listener)
}

// checkHealth lets the container image check itself: it holds no shell and no curl.
func checkHealth(ctx context.Context, port string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort("127.0.0.1", port)+"/healthz", http.NoBody)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz answered %s", resp.Status)
	}
	return nil
}
