package securityinfo

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

// maxSerial is how many characters a serial number has at most.
const maxSerial = 64

// SerialNumber reads what was typed as the serial number of a token.
func SerialNumber(typed string) (string, error) {
	s := strings.Join(strings.Fields(norm.NFKC.String(typed)), " ")
	switch {
	case s == "":
		return "", refusedSerial("serial_missing", "securityinfo.token.serial.missing")
	case utf8.RuneCountInString(s) > maxSerial || !accounts.Visible(s):
		return "", refusedSerial("serial_invalid", "securityinfo.token.serial.invalid")
	}
	return s, nil
}

func refusedSerial(code, key string) error {
	return fault.New(fault.Invalid, code, key).Field("serial", key)
}

// mayTake says whether a member may take a token into use: it is nobody's and waits for
// them, or for whoever has it in hand. Whoever put it into the inventory knows what it
// shows, so somebody with a role takes none but that which waits for them: it was given
// them by an administrator who may act on that role. Any other answers like one that
// there is not.
func mayTake(t accounts.Token, userID string, administers bool) bool {
	if userID == "" || t.Owner != "" {
		return false
	}
	return t.Assigned == userID || t.Assigned == "" && !administers
}

// noToken is the answer for a token that may not be taken. Whoever has a role is told
// what they need, whatever serial number they typed.
func noToken(administers bool) error {
	if administers {
		return refusedSerial("serial_unassigned", "securityinfo.token.unassigned")
	}
	return refusedSerial("serial_unknown", "securityinfo.token.unknown")
}

// TokenCodeNow is what a token shows, and for how long yet.
func TokenCodeNow(seed []byte, sha256 bool, period int, now time.Time) (code string, left time.Duration, err error) {
	m := maker{seed: seed, sha256: sha256, period: period}
	step := m.stepAt(now)
	code, err = m.codeAt(step)
	return code, time.Unix((step+1)*m.seconds(), 0).Sub(now), err
}
