package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"trucewire/config"
)

// env is what a command may touch of the outside.
type env struct {
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

func newRoot(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:           "trucewire",
		Short:         "A Discord bot that follows ceasefires",
		Long:          "Trucewire reads news feeds, finds what is new about ceasefires, and tells the Discord channels that asked,\ncited, attributed and neutral. `trucewire try` shows it without a token.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{fmt.Errorf("%w; see `%s --help`", err, cmd.CommandPath())}
	})
	root.AddCommand(newRun(e), newTry(e), newReplay(e), newFeed(e), newCheck(e), newVersion(e))
	return root
}

// knownCommand refuses arguments of the bare program: they are misspelt commands.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "see `trucewire --help`"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return &usageError{fmt.Errorf("no such command: %s; %s", args[0], hint)}
}

// arguments turns a cobra check into a usage error.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &usageError{fmt.Errorf("%w; usage: %s", err, cmd.UseLine())}
		}
		return nil
	}
}

// addSettings gives a command a flag for every setting that may stand on a command line.
func addSettings(cmd *cobra.Command) {
	cmd.Flags().String("config", "", "YAML file with settings (environment TRUCEWIRE_CONFIG)")
	for _, o := range config.Options() {
		if o.Secret {
			continue
		}
		cmd.Flags().String(o.Key, "", fmt.Sprintf("%s (environment %s, default %q)", o.Text, o.Env, o.Default))
	}
}

// settings merges what the command was given with environment and file.
func (e *env) settings(cmd *cobra.Command) (config.Settings, error) {
	file, _ := cmd.Flags().GetString("config")
	if file == "" {
		file = e.getenv("TRUCEWIRE_CONFIG")
	}
	given := make(map[string]string)
	for _, o := range config.Options() {
		if f := cmd.Flags().Lookup(o.Key); f != nil && f.Changed {
			given[o.Key] = f.Value.String()
		}
	}
	return config.Load(config.Input{File: file, Getenv: e.getenv, Flags: given})
}

// logger writes to stderr: stdout belongs to the command's own output.
func (e *env) logger(s config.Settings) *slog.Logger {
	opts := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(e.stderr, opts))
	}
	return slog.New(slog.NewTextHandler(e.stderr, opts))
}
