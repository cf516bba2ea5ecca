package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/database"
)

const statementTimeout = 5 * time.Second

var errTokenUsage = errors.New(`usage: server token create [-rights read,write] NAME
       server token revoke NAME
       server token list`)

// runToken makes, removes and lists the tokens of the API.
func runToken(ctx context.Context, databaseURL string, args []string, stdout io.Writer) error {
	if err := database.Migrate(ctx, databaseURL); err != nil {
		return fmt.Errorf("migrating the database: %w", err)
	}
	db, err := database.Open(databaseURL, statementTimeout)
	if err != nil {
		return err
	}
	defer db.Close()
	tokens := auth.Store{DB: db}
	switch {
	case len(args) > 0 && args[0] == "create":
		return createToken(ctx, tokens, args[1:], stdout)
	case len(args) == 2 && args[0] == "revoke":
		return tokens.Revoke(ctx, args[1])
	case len(args) == 1 && args[0] == "list":
		return listTokens(ctx, tokens, stdout)
	default:
		return errTokenUsage
	}
}

func createToken(ctx context.Context, tokens auth.Store, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("token create", flag.ContinueOnError)
	written := flags.String("rights", auth.Read, "read, write or read,write")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errTokenUsage
	}
	rights, err := auth.ParseRights(*written)
	if err != nil {
		return err
	}
	secret, err := tokens.Create(ctx, flags.Arg(0), rights, time.Now().AddDate(1, 0, 0))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, secret)
	return err
}

func listTokens(ctx context.Context, tokens auth.Store, stdout io.Writer) error {
	all, err := tokens.List(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "NAME\tRIGHTS\tEXPIRES")
	for _, token := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\n", token.Name, strings.Join(token.Rights, ","), token.Expires.Format(time.DateOnly))
	}
	return table.Flush()
}
