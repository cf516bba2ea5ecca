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
	port, drain, publicURL := strconv.Itoa(number("PORT", defaultPort, 0, 65535)), 2, ""
	if dev {
		drain, publicURL = 0, "http://127.0.0.1:"+port
	}
	cfg := Config{
		Dev:              dev,
		Address:          net.JoinHostPort(cmp.Or(getenv("HOST"), "127.0.0.1"), port),
		CORSOrigins:      strings.Fields(getenv("CORS_ORIGINS")),
		StatementTimeout: time.Duration(number("STATEMENT_TIMEOUT", 5, 1, 3600)) * time.Second,
		APIRate:          number("API_RATE", 600, 1, 1e9),
		Drain:            time.Duration(number("DRAIN_SECONDS", drain, 0, 3600)) * time.Second,
	}
	var err error
	if cfg.DatabaseURL, err = DatabaseURL(getenv, dev); err != nil {
		problems = append(problems, err)
	}
	if cfg.PublicURL, err = parsePublicURL(cmp.Or(getenv("PUBLIC_URL"), publicURL)); err != nil {
		problems = append(problems, err)
	}
	level := strings.Replace(strings.ToLower(cmp.Or(getenv("LOG_LEVEL"), "info")), "warning", "warn", 1)
	if err := cfg.LogLevel.UnmarshalText([]byte(level)); err != nil {
		problems = append(problems, fmt.Errorf("LOG_LEVEL must be debug, info, warning or error, not %q", getenv("LOG_LEVEL")))
	}
	return cfg, errors.Join(problems...)
}

// DatabaseURL is all that the commands need which do not serve.
func DatabaseURL(getenv func(string) string, dev bool) (string, error) {
	if address := getenv("DATABASE_URL"); address != "" {
		return address, nil
	}
	if dev {
		return devDatabaseURL, nil
	}
	return "", errors.New("DATABASE_URL is missing: sqlite:///app.db or postgresql://user:password@host/name; -dev has a default")
}

const defaultPort = 8080

// Port returns the port to listen on.
func Port(getenv func(string) string) string {
	return cmp.Or(getenv("PORT"), strconv.Itoa(defaultPort))
}

func parsePublicURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("PUBLIC_URL must be the address people use, such as https://shop.example.com, not %q; -dev has a default", text)
	}
	return u, nil
}
