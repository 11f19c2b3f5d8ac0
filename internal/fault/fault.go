// Package fault is the one error type that people see: a kind, a reason code
// for machines and a message key with its values for people. Any other error
// is an internal one and is shown as such.
package fault

import "errors"

// Kind is what sort of refusal it is. Only internal/web knows which status
// code a kind has.
type Kind int

const (
	Invalid     Kind = iota + 1 // the input is wrong; say where and how to mend it
	NotFound                    // unknown, or not yours: the two are never told apart
	Forbidden                   // known, but a rule or a rank refuses it
	Conflict                    // it collides with what stands
	SignedOut                   // sign in first
	Proof                       // type the password again first
	TooMany                     // wait
	Unavailable                 // try again in a moment
	Method                      // the page does not take requests of this method
	TooLarge                    // more than is taken
	Gone                        // a one-time thing that has been used or has expired
)

// Fault is a refusal that a person can read.
type Fault struct {
	Kind   Kind
	Code   string // reason code: stable, for machines and the audit log
	Key    string // message key
	Args   []any  // placeholder names and values, in pairs
	Fields []Field
	At     string // of a Proof: the page that takes it, "" for the usual one
}

// Field is what is wrong with one input.
type Field struct {
	Name string
	Key  string
	Args []any
}

// New makes a fault. args are pairs of placeholder name and value.
func New(kind Kind, code, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Code: code, Key: key, Args: args}
}

// Field adds what is wrong with one input and returns the fault.
func (f *Fault) Field(name, key string, args ...any) *Fault {
	f.Fields = append(f.Fields, Field{Name: name, Key: key, Args: args})
	return f
}

// ErrOrNil is the fault if any field was added, else nil.
func (f *Fault) ErrOrNil() error {
	if len(f.Fields) == 0 {
		return nil
	}
	return f
}

func (f *Fault) Error() string { return f.Code }

// Of finds the fault in an error.
func Of(err error) (*Fault, bool) {
	var f *Fault
	ok := errors.As(err, &f)
	return f, ok
}

// Is says whether err is a fault with this reason code.
func Is(err error, code string) bool {
	f, ok := Of(err)
	return ok && f.Code == code
}

// Missing is the answer for everything unknown and everything foreign.
func Missing() *Fault { return New(NotFound, "not_found", "ui.error.notFound.title") }
