package main

import (
	"fmt"
	"slices"

	"github.com/alecthomas/kong"

	"sojourn/internal/config"
)

type helpCommand struct {
	Topic []string `arg:"" optional:"" help:"config, or a command."`
}

func (helpCommand) Help() string {
	return `Examples:
  sojourn help config
  sojourn help user create`
}

// Run explains a topic.
func (c helpCommand) Run(e *env) error {
	if slices.Equal(c.Topic, []string{"config"}) {
		return config.Manual(e.out)
	}
	node := e.parser.Model.Node
	for _, word := range c.Topic {
		i := slices.IndexFunc(node.Children, func(child *kong.Node) bool { return child.Name == word })
		if i < 0 {
			return wrong("there is no command %q; sojourn --help lists them", word)
		}
		node = node.Children[i]
	}
	ctx, err := kong.Trace(e.parser, c.Topic)
	if err != nil {
		return err
	}
	return ctx.PrintUsage(false)
}

// shown are the settings that the help of a command shows among its flags. The
// others go for every command alike and have a manual of their own.
var shown = map[string][]string{
	"serve": {"listen", "database", "base-url"},
	"demo":  {"listen"},
}

// printHelp prints the help of a command without the settings.
func printHelp(o kong.HelpOptions, ctx *kong.Context) error {
	command := ""
	if selected := ctx.Selected(); selected != nil {
		command = selected.Name
	}
	for _, f := range ctx.Model.Flags {
		f.Hidden = f.Name != "help" && !slices.Contains(shown[command], f.Name)
	}
	if err := kong.DefaultHelpPrinter(o, ctx); err != nil {
		return err
	}
	_, err := fmt.Fprint(ctx.Stdout, "\nSettings, such as which database, are flags too: \"sojourn help config\".\n")
	return err
}
