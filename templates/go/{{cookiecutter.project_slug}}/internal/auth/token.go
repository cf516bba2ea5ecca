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

// The rights that a token may have.
const (
	Read  = "read"
	Write = "write"
)

// Token is what is known about a token. Its secret is kept as a hash only.
type Token struct {
	Name    string
	Rights  []string
	Created time.Time
	Expires time.Time
}

// ErrUnknown says that no token has this secret or name, or that it has expired.
var ErrUnknown = errors.New("no such token")

// Store keeps tokens in the database.
type Store struct {
	DB *sql.DB
}

// Create makes a token and returns its secret, which cannot be found out later.
func (s Store) Create(ctx context.Context, name string, rights []string, expires time.Time) (string, error) {
	secret := rand.Text()
	const query = "INSERT INTO tokens (hash, name, rights, created, expires) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name) DO NOTHING"
	result, err := s.DB.ExecContext(ctx, query, hash(secret), name, strings.Join(rights, ","), time.Now().UTC(), expires.UTC())
	if err != nil {
		return "", err
	}
	if count, err := result.RowsAffected(); err != nil || count == 0 {
		return "", errors.Join(err, fmt.Errorf("a token called %q is there already; revoke it first", name))
	}
	return secret, nil
}

// Find returns the token with this secret.
func (s Store) Find(ctx context.Context, secret string) (Token, error) {
	const query = "SELECT name, rights, created, expires FROM tokens WHERE hash = $1"
	token, err := scan(s.DB.QueryRowContext(ctx, query, hash(secret)))
	if errors.Is(err, sql.ErrNoRows) || err == nil && time.Now().After(token.Expires) {
		return Token{}, ErrUnknown
	}
	return token, err
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

// List returns all tokens by name.
func (s Store) List(ctx context.Context) ([]Token, error) {
	rows, err := s.DB.QueryContext(ctx, "SELECT name, rights, created, expires FROM tokens ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tokens []Token
	for rows.Next() {
		token, err := scan(rows)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, token)
	}
	return tokens, rows.Err()
}

func scan(row interface{ Scan(...any) error }) (token Token, err error) {
	var rights string
	err = row.Scan(&token.Name, &rights, &token.Created, &token.Expires)
	token.Rights = strings.Split(rights, ",")
	return token, err
}

// ParseRights reads rights as they are written: read, write, or both with a comma.
func ParseRights(text string) ([]string, error) {
	rights := strings.Split(text, ",")
	for i, right := range rights {
		if right != Read && right != Write || slices.Contains(rights[:i], right) {
			return nil, fmt.Errorf("rights must be read, write or read,write, not %q", text)
		}
	}
	return rights, nil
}

// hash may be fast: nobody can try all secrets of 128 random bits.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
