package directory

import (
	"strconv"
	"strings"
	"time"
)

// telling is how far the people of an organization have been told of its closing, or
// that it was stopped.
type telling struct {
	announced time.Time // when the closing was that was stopped; zero: it closes
	after     string    // id of the user told last
}

// String is how it is kept: the time in front where there is one.
func (t telling) String() string {
	if t.announced.IsZero() {
		return t.after
	}
	return strconv.FormatInt(t.announced.UnixMicro(), 10) + " " + t.after
}

func parseTelling(kept string) telling {
	at, after, stopped := strings.Cut(kept, " ")
	if !stopped {
		return telling{after: kept}
	}
	micros, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return telling{after: kept}
	}
	return telling{announced: time.UnixMicro(micros).UTC(), after: after}
}
