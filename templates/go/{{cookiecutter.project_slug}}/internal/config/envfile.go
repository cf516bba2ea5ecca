package config

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// WithEnvFile returns a getenv that falls back to the NAME=value lines of a file. A missing file is an empty one.
func WithEnvFile(getenv func(string) string, path string) (func(string) string, error) {
	file, err := os.Open(path) //nolint:gosec // no user chooses the path
	if errors.Is(err, fs.ErrNotExist) {
		return getenv, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()

	values := make(map[string]string)
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		if !found {
			return nil, fmt.Errorf("%s, line %d: expected NAME=value", path, number)
		}
		values[strings.TrimSpace(name)] = unquote(strings.TrimSpace(value))
	}
	return func(name string) string {
		if value := getenv(name); value != "" {
			return value
		}
		return values[name]
	}, lines.Err()
}

// unquote removes one pair of quotes around a value.
func unquote(value string) string {
	if n := len(value); n >= 2 && value[0] == value[n-1] && strings.ContainsRune(`"'`, rune(value[0])) {
		return value[1 : n-1]
	}
	return value
}
