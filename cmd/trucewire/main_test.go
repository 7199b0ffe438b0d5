package main

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// childMode makes the test binary behave as the real one, so that tests can start,
// signal and kill a process without building another.
const childMode = "TRUCEWIRE_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		err := run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
		stop()
		os.Exit(report(err, os.Stderr))
	}
	os.Exit(m.Run())
}

// outcome is what a command printed and how it ended.
type outcome struct {
	stdout, stderr string
	code           int
}

// command runs the program in this process.
func command(t testing.TB, stdin string, env map[string]string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	getenv := func(k string) string { return env[k] }
	err := run(t.Context(), args, getenv, strings.NewReader(stdin), &stdout, &stderr)
	code := report(err, &stderr)
	return outcome{stdout.String(), stderr.String(), code}
}

func TestWrongUsageExitsWithTwo(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"unknown command", []string{"rum"}, "no such command: rum; did you mean run?"},
		{"unknown flag", []string{"run", "--tokn", "x"}, "unknown flag: --tokn"},
		{"missing argument", []string{"feed"}, "usage: trucewire feed URL|FILE"},
		{"too many arguments", []string{"version", "now"}, "usage: trucewire version"},
		{"bad time", []string{"replay", "--until", "soon", "-"}, "--until"},
		{"bad digest", []string{"replay", "--digest", "weekly", "-"}, "neither daily nor hourly"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := command(t, "", nil, tt.args...)
			if got.code != exitUsage || !strings.Contains(got.stderr, tt.want) {
				t.Errorf("got exit %d, %q; want 2 and %q", got.code, got.stderr, tt.want)
			}
		})
	}
}

func TestHelpAndVersionExitWithZero(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"run", "--help"}, {"version"}, {"help", "try"}} {
		if got := command(t, "", nil, args...); got.code != exitDone || got.stdout == "" {
			t.Errorf("trucewire %s: exit %d, stdout %q, stderr %q", strings.Join(args, " "), got.code, got.stdout, got.stderr)
		}
	}
}

func TestRunWithoutATokenSaysHowToGetOne(t *testing.T) {
	got := command(t, "", nil, "run", "--data", t.TempDir())
	if got.code != exitFailed {
		t.Errorf("exit: got %d, want 1", got.code)
	}
	for _, want := range []string{"DISCORD_TOKEN", "discord.com/developers/applications", "trucewire try"} {
		if !strings.Contains(got.stderr, want) {
			t.Errorf("stderr lacks %q: %s", want, got.stderr)
		}
	}
}

func TestRunReportsEveryWrongSetting(t *testing.T) {
	got := command(t, "", map[string]string{"TRUCEWIRE_WORKERS": "many"}, "run", "--poll-every", "now", "--log-format", "xml")
	if got.code != exitFailed {
		t.Errorf("exit: got %d, want 1", got.code)
	}
	for _, want := range []string{"environment TRUCEWIRE_WORKERS", "flag --poll-every", "flag --log-format"} {
		if !strings.Contains(got.stderr, want) {
			t.Errorf("stderr lacks %q: %s", want, got.stderr)
		}
	}
}
