package usermethods

import (
	"strconv"
	"strings"
	"time"

	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

// PassForm is what somebody typed about a pass.
type PassForm struct {
	Minutes, Length string
	Once            bool
}

// wantedPass is a pass as it shall be.
type wantedPass struct {
	Minutes, Length int
	Once            bool
}

const (
	leastMinutes = int(securityinfo.MinPassLife / time.Minute)
	mostMinutes  = int(securityinfo.MaxPassLife / time.Minute)
	leastSigns   = securityinfo.MinPass
	mostSigns    = securityinfo.MaxPass
)

func (p PassForm) read() (wantedPass, error) {
	bad := fault.New(fault.Invalid, "invalid", "securityinfo.invalid.title")
	w := wantedPass{Once: p.Once}
	var ok bool
	if w.Minutes, ok = between(p.Minutes, leastMinutes, mostMinutes); !ok {
		bad.Field("minutes", "securityinfo.usermethods.pass.minutes.range", "min", leastMinutes, "max", mostMinutes)
	}
	if w.Length, ok = between(p.Length, leastSigns, mostSigns); !ok {
		bad.Field("length", "securityinfo.usermethods.pass.length.range", "min", leastSigns, "max", mostSigns)
	}
	return w, bad.ErrOrNil()
}

func between(typed string, least, most int) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	return n, err == nil && n >= least && n <= most
}
