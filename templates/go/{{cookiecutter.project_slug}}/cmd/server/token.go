package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/database"
)

// runToken makes and revokes the tokens of the API.
func runToken(ctx context.Context, databaseURL string, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("token", flag.ContinueOnError)
	rights := flags.String("rights", auth.Read, "read, write or read,write")
	if len(args) == 0 {
		args = []string{""}
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	command, name := args[0], flags.Arg(0)
	if command != "create" && command != "revoke" || flags.NArg() != 1 {
		return errors.New("usage: server token create [-rights read,write] NAME, or server token revoke NAME")
	}
	if err := database.Migrate(ctx, databaseURL); err != nil {
		return fmt.Errorf("migrating the database: %w", err)
	}
	db, err := database.Open(databaseURL, 0)
	if err != nil {
		return err
	}
	defer db.Close()
	tokens := auth.Store{DB: db}
	if command == "revoke" {
		return tokens.Revoke(ctx, name)
	}
	secret, err := tokens.Create(ctx, auth.Token{Name: name, Rights: strings.Split(*rights, ",")}, time.Now().AddDate(1, 0, 0))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, secret)
	return err
}
