// Package config reads the settings of the application from the environment.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const devDatabaseURL = "{{ 'postgresql://postgres:postgres@127.0.0.1:5432/app' if cookiecutter.database == 'postgresql' else 'sqlite:///app.db' }}"

// Config is everything that differs between one deployment and another.
type Config struct {
	Dev              bool
	Address          string // host:port to listen on
	PublicURL        *url.URL
	CORSOrigins      []string // other origins whose pages may call the API
	DatabaseURL      string
	StatementTimeout time.Duration // of a request to the database
	APIRate          int           // requests a minute and token
	Drain            time.Duration // from TERM until the port closes
	LogLevel         slog.Level
}

// Load returns the settings, or every problem with them at once. Without dev nothing that matters has a default.
func Load(getenv func(string) string, dev bool) (Config, error) {
	var problems []error
	number := func(name string, fallback, least, most int) int {
		n, err := strconv.Atoi(cmp.Or(getenv(name), strconv.Itoa(fallback)))
		if err != nil || n < least || n > most {
			problems = append(problems, fmt.Errorf("%s must be a number from %d to %d, not %q", name, least, most, getenv(name)))
		}
		return n
	}
	port := strconv.Itoa(number("PORT", 8080, 0, 65535))
	drain, publicURL, databaseURL := 2, "", ""
	if dev {
		drain, publicURL, databaseURL = 0, "http://127.0.0.1:"+port, devDatabaseURL
	}
	cfg := Config{
		Dev:              dev,
		Address:          net.JoinHostPort(cmp.Or(getenv("HOST"), "127.0.0.1"), port),
		CORSOrigins:      strings.Fields(getenv("CORS_ORIGINS")),
		DatabaseURL:      cmp.Or(getenv("DATABASE_URL"), databaseURL),
		StatementTimeout: time.Duration(number("STATEMENT_TIMEOUT", 5, 1, 3600)) * time.Second,
		APIRate:          number("API_RATE", 600, 1, 1e9),
		Drain:            time.Duration(number("DRAIN_SECONDS", drain, 0, 3600)) * time.Second,
	}
	if cfg.DatabaseURL == "" {
		problems = append(problems, errors.New("DATABASE_URL is missing: sqlite:///app.db or postgresql://user:password@host/name; -dev has a default"))
	}
	var err error
	cfg.PublicURL, err = url.Parse(cmp.Or(getenv("PUBLIC_URL"), publicURL))
	if err != nil || cfg.PublicURL.Hostname() == "" || cfg.PublicURL.Scheme != "http" && cfg.PublicURL.Scheme != "https" {
		problems = append(problems, fmt.Errorf("PUBLIC_URL must be the address people use, such as https://shop.example.com, not %q; -dev has a default", getenv("PUBLIC_URL")))
	}
	level := strings.Replace(strings.ToLower(cmp.Or(getenv("LOG_LEVEL"), "info")), "warning", "warn", 1)
	if err := cfg.LogLevel.UnmarshalText([]byte(level)); err != nil {
		problems = append(problems, fmt.Errorf("LOG_LEVEL must be debug, info, warning or error, not %q", getenv("LOG_LEVEL")))
	}
	return cfg, errors.Join(problems...)
}
