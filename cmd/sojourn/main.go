// Command sojourn is the whole product: the portal and its operator's tools.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // SOJOURN_TIME_ZONE works on a machine without a zone database

	"github.com/alecthomas/kong"

	"sojourn/internal/config"
)

// Exit codes.
const (
	exitFailed  = 1 // something went wrong
	exitUsage   = 2 // the call, a name in it or a setting is wrong
	exitRefused = 3 // a rule refuses it; nothing was changed
)

const description = `Sojourn: one place where people see and control their account in every
organization they belong to, and where organizations let guests in, let them go
and can take them back.

Start with "sojourn demo" to look around, or "sojourn serve" for real.
"sojourn help config" lists everything that can be set.

Exit codes: 0 done, 1 failed, 2 the call or a setting is wrong, 3 refused by a
rule; with 2 and 3 nothing was changed.`

type commands struct {
	config.Config

	Serve   serveCommand   `cmd:"" help:"Run the portal."`
	Demo    demoCommand    `cmd:"" help:"Run the portal with made-up organizations and people, on this machine only."`
	Key     keyCommand     `cmd:"" help:"Make and change the master key."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date and stop. serve does it too."`
	Routes  routesCommand  `cmd:"" help:"List every route with who may ask for it."`
	Version versionCommand `cmd:"" help:"Say which version this is."`
	Purge   purgeCommand   `cmd:"" help:"Delete permanently what has been deleted for 30 days. serve does it by itself."`
	Backup  backupCommand  `cmd:"" help:"Copy an SQLite database while it is in use."`
	Seed    seedCommand    `cmd:"" help:"Make a directory of any size, to measure with."`
	Tenant  tenantCommand  `cmd:"" help:"Create, list, close and reopen organizations."`
	User    userCommand    `cmd:"" help:"Create, disable, delete, restore and hold users; send sign-in links."`
	Group   groupCommand   `cmd:"" help:"Create groups, add and remove members."`
	Role    roleCommand    `cmd:"" help:"Grant and revoke roles."`
	Guest   guestCommand   `cmd:"" help:"Add guests."`

	Connection connectionCommand `cmd:"" help:"Let members of one organization use what another shares, without a user there."`
	Help       helpCommand       `cmd:"" help:"Explain the settings (help config) or a command."`
}

// env is what a command runs in.
type env struct {
	ctx    context.Context
	config config.Config
	typed  map[string]bool // flags given at the command line, not by the environment
	out    io.Writer
	err    io.Writer
	parser *kong.Kong
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // asked a second time, it ends at once
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("sojourn"), kong.Description(description), kong.Writers(out, errOut), kong.Help(printHelp),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}), kong.Exit(func(code int) { exit = code; panic(helped{}) }))
	if err != nil {
		fmt.Fprintln(errOut, "sojourn:", err)
		return exitFailed
	}
	parsed, code := parse(parser, args, errOut, &exit)
	if parsed == nil {
		return code
	}
	e := &env{ctx: ctx, config: c.Config, typed: typed(parsed), out: out, err: errOut, parser: parser}
	if err := parsed.Run(e); err != nil {
		return e.fail(err)
	}
	return 0
}

// helped unwinds after --help: kong asks to exit, and a test must survive it.
type helped struct{}

func parse(parser *kong.Kong, args []string, errOut io.Writer, exit *int) (parsed *kong.Context, code int) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(helped); !ok {
				panic(p)
			}
			parsed, code = nil, *exit
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err == nil {
		return parsed, 0
	}
	fmt.Fprintln(errOut, "sojourn:", err)
	words := []string{"sojourn"}
	var off *kong.ParseError
	if errors.As(err, &off) && off.Context != nil {
		for _, p := range off.Context.Path {
			if p.Command != nil {
				words = append(words, p.Command.Name)
			}
		}
	}
	fmt.Fprintf(errOut, "Try: %s --help\n", strings.Join(words, " "))
	return nil, exitUsage
}

// typed are the flags that stand at the command line.
func typed(parsed *kong.Context) map[string]bool {
	flags := map[string]bool{}
	for _, p := range parsed.Path {
		if p.Flag != nil && !p.Resolved {
			flags[p.Flag.Name] = true
		}
	}
	return flags
}
