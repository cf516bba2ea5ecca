package config_test

import (
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"{{ cookiecutter.module_path }}/internal/config"
)

func production() map[string]string {
	return map[string]string{
		"DATABASE_URL": "sqlite:///app.db",
		"PUBLIC_URL":   "https://tasks.example.com",
		"SECRET_KEY":   strings.Repeat("s", 64),
	}
}

func getenv(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestProductionStartsWithCompleteSettings(t *testing.T) {
	cfg, err := config.Load(getenv(production()), false)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Address != "127.0.0.1:8080" || cfg.LogLevel != slog.LevelInfo {
		t.Errorf("address %s, level %s: want 127.0.0.1:8080 and INFO", cfg.Address, cfg.LogLevel)
	}
}

func TestProductionRefuses(t *testing.T) {
	for name, wrong := range map[string]string{
		"SECRET_KEY=":           "SECRET_KEY is missing",
		"SECRET_KEY=change-me":  "SECRET_KEY is still the one from .env.example",
		"SECRET_KEY=short":      "SECRET_KEY is too short",
		"DATABASE_URL=":         "DATABASE_URL is missing",
		"PUBLIC_URL=":           "PUBLIC_URL",
		"PUBLIC_URL=ftp://host": "PUBLIC_URL",
		"LOG_LEVEL=loud":        "LOG_LEVEL",
		"PORT=http":             "PORT",
		"PORT=65536":            "PORT",
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
	for _, variable := range []string{"PORT", "DATABASE_URL", "PUBLIC_URL", "SECRET_KEY"} {
		if err == nil || !strings.Contains(err.Error(), variable) {
			t.Errorf("error = %v, want it to name %s", err, variable)
		}
	}
}

// The value that .env.example ships must be the one that production refuses.
func TestExampleSecretIsRefused(t *testing.T) {
	example, err := config.WithEnvFile(getenv(nil), "../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	settings := production()
	settings["SECRET_KEY"] = example("SECRET_KEY")
	if _, err := config.Load(getenv(settings), false); err == nil || !strings.Contains(err.Error(), ".env.example") {
		t.Errorf("error = %v, want it to name .env.example", err)
	}
	if _, err := config.Load(example, true); err != nil {
		t.Errorf("development does not start with .env.example: %v", err)
	}
}

func TestDevelopmentNeedsNoSettings(t *testing.T) {
	first, err := config.Load(getenv(nil), true)
	if err != nil {
		t.Fatal(err)
	}
	second, err := config.Load(getenv(nil), true)
	if err != nil {
		t.Fatal(err)
	}
	if first.SecretKey == second.SecretKey {
		t.Error("two starts share a secret")
	}
}

func TestEnvFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	content := "# comment\n\nA=1\nB = two words \nC=\"quoted\"\nD=x=y\nE=from file\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	lookup, err := config.WithEnvFile(getenv(map[string]string{"E": "from environment"}), path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"A": "1", "B": "two words", "C": "quoted", "D": "x=y", "E": "from environment", "F": ""}
	got := make(map[string]string)
	for name := range want {
		got[name] = lookup(name)
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEnvFileNamesTheBrokenLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("A=1\nnonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := config.WithEnvFile(getenv(nil), path); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error = %v, want it to name line 2", err)
	}
}
