package activity

import (
	"strconv"
	"time"

	"sojourn/directory"
)

// point is a row in a list by time, the newest first: what comes next is older.
type point struct {
	at int64 // microseconds
	id string
}

// newest is before every row.
var newest = point{at: 1<<63 - 1}

func cursor(at time.Time, id string) directory.Cursor {
	return directory.Cursor{Key: []byte(strconv.FormatInt(at.UnixMicro(), 10)), ID: id}
}

// behind reads a cursor; ok is false where it is none, and the list begins.
func behind(c directory.Cursor) (p point, ok bool) {
	at, err := strconv.ParseInt(string(c.Key), 10, 64)
	if err != nil || c.ID == "" {
		return newest, false
	}
	return point{at, c.ID}, true
}
