package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database"
)

// runToken makes and revokes the tokens of the API.
func runToken(ctx context.Context, cfg config.Config, command string, args []string) error {
	flags := flag.NewFlagSet("token", flag.ExitOnError)
	rights := flags.String("rights", auth.Read, "read, write or read,write")
	_ = flags.Parse(args) // ends the program on a mistake
	if command != "create" && command != "revoke" || flags.NArg() != 1 {
		return errors.New("usage: server token create [-rights read,write] NAME, or server token revoke NAME")
	}
	db, err := database.Open(ctx, cfg.DatabaseURL, cfg.StatementTimeout)
	if err != nil {
		return err
	}
	defer db.Close()
	tokens, name := auth.Store{DB: db}, flags.Arg(0)
	if command == "revoke" {
		return tokens.Revoke(ctx, name)
	}
	secret, err := tokens.Create(ctx, auth.Token{Name: name, Rights: strings.Split(*rights, ",")}, time.Now().AddDate(1, 0, 0))
	if err != nil {
		return err
	}
	fmt.Println(secret)
	return nil
}
