package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// Error is why a letter did not go out. Its text is the class and names
// nobody: it may be logged and kept. What the server said is behind Unwrap.
type Error struct {
	Class     string // smtp 550 · timeout · dns · tls · connection · address · sender · other
	permanent bool
	cause     error
}

func (e *Error) Error() string { return "mail: " + e.Class }

// Unwrap may name the recipient.
func (e *Error) Unwrap() error { return e.cause }

// Permanent says that another try at this letter is pointless: the address is
// none, or the server refused the recipient or the content for good. A sender
// or a sign-in the server refuses is the operator's to mend, so the letter waits.
func Permanent(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.permanent
}

// Class is the short name of what went wrong, free of personal data.
func Class(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Class
	}
	return "other"
}

func classified(err error) error {
	if err == nil {
		return nil
	}
	var sending *gomail.SendError
	if errors.As(err, &sending) && sending.ErrorCode() != 0 {
		code := sending.ErrorCode()
		return &Error{Class: fmt.Sprintf("smtp %d", code), permanent: final(sending.Reason, code), cause: err}
	}
	return &Error{Class: class(err), cause: err}
}

func final(step gomail.SendErrReason, code int) bool {
	switch step {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
	default:
		return false
	}
	switch code {
	case 530, 534, 535, 538: // sign in first, or otherwise
		return false
	}
	return code >= 500 && code < 600
}

func class(err error) string {
	var reply *textproto.Error
	var timeout net.Error
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	var operation *net.OpError
	switch {
	case errors.As(err, &reply):
		return fmt.Sprintf("smtp %d", reply.Code)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.As(err, &dns):
		return "dns"
	case errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &alert), strings.Contains(err.Error(), "STARTTLS"):
		return "tls"
	case errors.As(err, &operation):
		return "connection"
	}
	return "other"
}
