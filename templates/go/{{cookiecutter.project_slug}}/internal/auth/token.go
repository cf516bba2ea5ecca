// Package auth knows the tokens of the API, and guards what needs one.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The rights that a token may have, and what a route needs that is for every token.
const (
	Read  = "read"
	Write = "write"
	Any   = ""
)

// Token is what is known about a token. Its secret is kept as a hash only.
type Token struct {
	Name   string
	Rights []string
}

// ErrUnknown says that no token has this secret or name, or that it has expired.
var ErrUnknown = errors.New("no such token")

// Store keeps tokens in the database.
type Store struct{ DB *sql.DB }

// Create makes a token and returns its secret, which cannot be found out later.
func (s Store) Create(ctx context.Context, token Token, expires time.Time) (string, error) {
	for i, right := range token.Rights {
		if right != Read && right != Write || slices.Contains(token.Rights[:i], right) {
			return "", fmt.Errorf("rights are read, write or both, not %q", token.Rights)
		}
	}
	secret := rand.Text()
	const query = "INSERT INTO tokens (hash, name, rights, created, expires) VALUES ($1, $2, $3, $4, $5)"
	_, err := s.DB.ExecContext(ctx, query, hash(secret), token.Name, strings.Join(token.Rights, ","), time.Now().UTC(), expires.UTC())
	if err != nil {
		return "", fmt.Errorf("making the token %q: %w", token.Name, err)
	}
	return secret, nil
}

// Find returns the token with this secret.
func (s Store) Find(ctx context.Context, secret string) (Token, error) {
	var name, rights string
	var expires time.Time
	const query = "SELECT name, rights, expires FROM tokens WHERE hash = $1"
	err := s.DB.QueryRowContext(ctx, query, hash(secret)).Scan(&name, &rights, &expires)
	if errors.Is(err, sql.ErrNoRows) || err == nil && time.Now().After(expires) {
		return Token{}, ErrUnknown
	}
	return Token{name, strings.Split(rights, ",")}, err
}

// Revoke removes the token of this name.
func (s Store) Revoke(ctx context.Context, name string) error {
	result, err := s.DB.ExecContext(ctx, "DELETE FROM tokens WHERE name = $1", name)
	if err != nil {
		return err
	}
	if count, err := result.RowsAffected(); err != nil || count == 0 {
		return errors.Join(err, ErrUnknown)
	}
	return nil
}

// hash may be fast: nobody can try all secrets of 128 random bits.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
