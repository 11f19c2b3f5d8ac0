package main

import (
	"fmt"

	"sojourn/internal/secret"
)

type keyCommand struct {
	New    keyNewCommand    `cmd:"" help:"Make a new master key."`
	Rotate keyRotateCommand `cmd:"" help:"Seal everything with the first of the master keys."`
}

type keyNewCommand struct{}

func (keyNewCommand) Help() string {
	return `Prints a new master key and changes nothing. To bring it into use while the portal
serves, on one replica after the other:

  1. Add the new key as a second line to the key file (or to SOJOURN_SECRET_KEY, with a
     space between) of every replica, and restart each: now all can read what it seals.
  2. Put the new key first, and restart each: now all seal with it.
  3. Run sojourn key rotate. It says when the old key is no longer needed.

Example:
  sojourn key new >> /etc/sojourn/key`
}

// Run prints a key.
func (keyNewCommand) Run(e *env) error {
	_, err := fmt.Fprintln(e.out, secret.NewKey())
	return err
}

type keyRotateCommand struct{}

func (keyRotateCommand) Help() string {
	return `The secrets of authenticator apps and hardware tokens, and waiting messages, that an
older key sealed are sealed with the first key of the key file. The portal may serve meanwhile; the command may be run again
at any time. A password moves to the new key when its owner signs in next: until then
the old key must stay in the file, below the new one.

Example:
  SOJOURN_SECRET_KEY_FILE=/etc/sojourn/key sojourn key rotate`
}

// Run seals anew what older keys sealed.
func (keyRotateCommand) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	done, err := a.SecurityInfo.Reseal(e.ctx)
	if err != nil {
		return err
	}
	messages, err := a.Outbox.Reseal(e.ctx)
	if err != nil {
		return err
	}
	if err := a.SecurityInfo.NoteRotation(e.ctx, operator, done); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "Sealed with key %s: secrets of methods %d, messages %d.\n", a.Box.PepperID(), done.Sealed, messages)
	if done.Passwords+done.Answers == 0 {
		_, err = fmt.Fprintln(e.out, "No older key is needed any more: take it out of the key file.")
		return err
	}
	_, err = fmt.Fprintf(e.out, "An older key is still needed: passwords not used since %d, answers to security questions %d. Run this again later.\n", done.Passwords, done.Answers)
	return err
}
