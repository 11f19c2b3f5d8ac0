package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sojourn/internal/config"
	"sojourn/internal/fault"
	"sojourn/internal/i18n"
	"sojourn/locales"
)

// usage is an error of whoever typed the command: a name that nobody has, an
// address that cannot be read.
type usage struct{ text string }

func (u *usage) Error() string { return u.text }

func wrong(format string, args ...any) error { return &usage{fmt.Sprintf(format, args...)} }

// ways are what the operator can do about a refusal, by its reason code.
var ways = map[string]string{
	"restore_conflict": "--way replace deletes that one and restores this one; --way merge adds the groups to that one",
	"no_conflict":      "leave --way out: nobody is in the way",
	"deleted_here":     "sojourn user restore brings them back; --anew invites them all the same",
	"already_invited":  "an administrator can send the invitation again, under Users",
	"legal_hold":       "sojourn user release ends the hold",
	"clock_jumped":     "if the clock is right, say so: sojourn purge --clock-is-right",
	"tenant_closed":    "sojourn tenant reopen opens it again",
}

// fail tells an error in words and gives the exit code.
func (e *env) fail(err error) int {
	var off *usage
	var setting *config.Wrong
	f, isFault := fault.Of(err)
	switch {
	case e.ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(e.err, "sojourn: interrupted")
		return exitFailed
	case errors.As(err, &off), errors.As(err, &setting):
		fmt.Fprintln(e.err, "sojourn:", err)
		return exitUsage
	case !isFault:
		fmt.Fprintln(e.err, "sojourn:", err)
		return exitFailed
	}
	if tellErr := e.tell(f); tellErr != nil {
		fmt.Fprintln(e.err, "sojourn:", err)
	}
	switch f.Kind {
	case fault.Unavailable:
		fmt.Fprintln(e.err, "  "+strings.ReplaceAll(err.Error(), "\n", ": ")) // which part, for whoever looks after it
		return exitFailed
	case fault.Invalid:
		return exitUsage
	}
	return exitRefused
}

// tell says what a fault says on a page, and what to do about it here.
func (e *env) tell(f *fault.Fault) error {
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		return err
	}
	l := words.Default()
	title := l.T(f.Key, f.Args...)
	fmt.Fprintf(e.err, "sojourn: %s (%s)\n", title, f.Code)
	for _, field := range f.Fields {
		if text := l.T(field.Key, field.Args...); text != title {
			fmt.Fprintf(e.err, "  %s: %s\n", field.Name, text)
		}
	}
	if way := ways[f.Code]; way != "" {
		fmt.Fprintln(e.err, "  "+way)
	}
	return nil
}
