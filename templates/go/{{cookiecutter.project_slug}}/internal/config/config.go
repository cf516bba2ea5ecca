// Package config reads the settings of the application from the environment.
package config

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
)

const (
	exampleSecret   = "change-me" // as in .env.example
	minSecretLength = 32
)

// Config is everything that differs between one deployment and another.
type Config struct {
	Dev         bool
	Address     string // host:port to listen on
	DatabaseURL string
	LogLevel    slog.Level
	PublicURL   *url.URL // what people type: decides which Host is answered, and whether cookies need https
	SecretKey   string   // signs cookies
}

// Load returns the settings, or every problem with them at once. Without dev nothing that matters has a default.
func Load(getenv func(string) string, dev bool) (Config, error) {
	value := func(name, fallback string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return fallback
	}
	cfg := Config{
		Dev:         dev,
		Address:     net.JoinHostPort(value("HOST", "127.0.0.1"), Port(getenv)),
		DatabaseURL: getenv("DATABASE_URL"),
		SecretKey:   getenv("SECRET_KEY"),
	}
	publicURL := getenv("PUBLIC_URL")
	if dev {
		cfg.DatabaseURL = value("DATABASE_URL", "sqlite:///app.db")
		cfg.SecretKey = value("SECRET_KEY", rand.Text())
		publicURL = value("PUBLIC_URL", "http://127.0.0.1:"+Port(getenv))
	}

	var problems []error
	if _, err := strconv.ParseUint(Port(getenv), 10, 16); err != nil {
		problems = append(problems, fmt.Errorf("PORT must be a number up to 65535, not %q", Port(getenv)))
	}
	if err := cfg.LogLevel.UnmarshalText([]byte(value("LOG_LEVEL", "info"))); err != nil {
		problems = append(problems, fmt.Errorf("LOG_LEVEL must be debug, info, warn or error, not %q", getenv("LOG_LEVEL")))
	}
	if cfg.DatabaseURL == "" {
		problems = append(problems, errors.New("DATABASE_URL is missing: sqlite:///app.db or postgresql://user:password@host/name"))
	}
	var err error
	if cfg.PublicURL, err = parsePublicURL(publicURL); err != nil {
		problems = append(problems, err)
	}
	if !dev {
		problems = append(problems, checkSecret(cfg.SecretKey))
	}
	return cfg, errors.Join(problems...)
}

// Port returns the port to listen on, 8080 unless PORT says otherwise.
func Port(getenv func(string) string) string {
	if port := getenv("PORT"); port != "" {
		return port
	}
	return "8080"
}

func parsePublicURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("PUBLIC_URL must be the address people use, such as https://tasks.example.com, not %q", text)
	}
	return u, nil
}

func checkSecret(secret string) error {
	switch {
	case secret == "":
		return errors.New("SECRET_KEY is missing: set it to a long random text, or start with -dev")
	case secret == exampleSecret:
		return errors.New("SECRET_KEY is still the one from .env.example: set it to a long random text")
	case len(secret) < minSecretLength:
		return fmt.Errorf("SECRET_KEY is too short: it needs at least %d characters", minSecretLength)
	}
	return nil
}
