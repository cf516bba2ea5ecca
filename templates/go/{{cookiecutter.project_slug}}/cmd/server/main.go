// Command server is the whole application in one file: pages, styles and migrations are inside.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
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
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	dev := flag.Bool("dev", false, "development: read .env, need no settings, log as text")
	healthcheck := flag.Bool("healthcheck", false, "ask the running server whether it is alive, then exit")
	flag.Parse()
	if *dev {
		if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf(".env: %w", err)
		}
	}
	cfg, err := config.Load(os.Getenv, *dev)
	switch {
	case err != nil:
		return err
	case *healthcheck:
		return checkHealth(ctx, cfg.Address)
	case flag.Arg(0) == "token":
		return runToken(ctx, cfg, flag.Arg(1), flag.Args()[min(2, flag.NArg()):])
	case flag.NArg() > 0:
		return fmt.Errorf("unknown command %q; there is: token", flag.Arg(0))
	}
	return serve(ctx, cfg)
}

func serve(ctx context.Context, cfg config.Config) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cfg.Address)
	if err != nil {
		return fmt.Errorf("%w; set another PORT or HOST", err)
	}
	defer listener.Close()
	db, err := database.Open(ctx, cfg.DatabaseURL, cfg.StatementTimeout)
	if err != nil {
		return err
	}
	defer db.Close()
	options := &slog.HandlerOptions{Level: cfg.LogLevel}
	log := slog.New(slog.NewJSONHandler(os.Stdout, options))
	if cfg.Dev {
		log = slog.New(slog.NewTextHandler(os.Stdout, options))
	}
	log.Info("listening", "url", "http://"+listener.Addr().String())
	return server.New(cfg, db, log).Run(ctx, listener)
}

// checkHealth lets the container image check itself: it holds no shell and no curl.
func checkHealth(ctx context.Context, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", http.NoBody)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: 2 * time.Second, Transport: new(http.Transport)} // unlike the default one, through no proxy
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz answered %s", resp.Status)
	}
	return nil
}
