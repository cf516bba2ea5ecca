package config_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"{{ cookiecutter.module_path }}/internal/config"
)

func production() map[string]string {
	return map[string]string{"DATABASE_URL": "sqlite:///app.db", "PUBLIC_URL": "https://shop.example.com"}
}

func getenv(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestProductionStartsWithCompleteSettings(t *testing.T) {
	cfg, err := config.Load(getenv(production()), false)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Dev || cfg.Address != "127.0.0.1:8080" || cfg.LogLevel != slog.LevelInfo || cfg.APIRate != 600 ||
		cfg.Drain != 2*time.Second || cfg.StatementTimeout != 5*time.Second || len(cfg.CORSOrigins) != 0 {
		t.Errorf("defaults: %+v", cfg)
	}
}

func TestRefusedSettings(t *testing.T) {
	for name, wrong := range map[string]string{
		"DATABASE_URL=":         "DATABASE_URL is missing",
		"PUBLIC_URL=":           "PUBLIC_URL",
		"PUBLIC_URL=ftp://host": "PUBLIC_URL",
		"LOG_LEVEL=loud":        "LOG_LEVEL",
		"PORT=http":             "PORT",
		"PORT=65536":            "PORT",
		"API_RATE=0":            "API_RATE",
		"DRAIN_SECONDS=-1":      "DRAIN_SECONDS",
		"STATEMENT_TIMEOUT=5s":  "STATEMENT_TIMEOUT",
	} {
		t.Run(name, func(t *testing.T) {
			settings := production()
			variable, value, _ := strings.Cut(name, "=")
			settings[variable] = value
			_, err := config.Load(getenv(settings), false)
			if err == nil || !strings.Contains(err.Error(), wrong) {
				t.Errorf("error = %v, want %q", err, wrong)
			}
		})
	}
}

func TestEveryProblemIsReportedAtOnce(t *testing.T) {
	_, err := config.Load(getenv(map[string]string{"PORT": "x"}), false)
	for _, variable := range []string{"PORT", "DATABASE_URL", "PUBLIC_URL"} {
		if err == nil || !strings.Contains(err.Error(), variable) {
			t.Errorf("error = %v, want it to name %s", err, variable)
		}
	}
}

func TestLevels(t *testing.T) {
	for text, want := range map[string]slog.Level{"debug": slog.LevelDebug, "warn": slog.LevelWarn, "WARNING": slog.LevelWarn, "error": slog.LevelError} {
		settings := production()
		settings["LOG_LEVEL"] = text
		if cfg, err := config.Load(getenv(settings), false); err != nil || cfg.LogLevel != want {
			t.Errorf("%s: %s, %v", text, cfg.LogLevel, err)
		}
	}
}

func TestDevelopmentNeedsNoSettings(t *testing.T) {
	cfg, err := config.Load(getenv(map[string]string{"PORT": "8123"}), true)
	if err != nil || cfg.PublicURL.String() != "http://127.0.0.1:8123" || cfg.Drain != 0 {
		t.Errorf("%+v, %v", cfg, err)
	}
}

func TestOriginsAreAList(t *testing.T) {
	settings := production()
	settings["CORS_ORIGINS"] = "https://a.example https://b.example"
	if cfg, err := config.Load(getenv(settings), false); err != nil || len(cfg.CORSOrigins) != 2 {
		t.Errorf("%q, %v", cfg.CORSOrigins, err)
	}
}
