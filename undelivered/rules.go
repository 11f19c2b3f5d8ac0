package undelivered

import (
	"strconv"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/outbox"
	"sojourn/internal/phone"
)

// reason groups the classes of what went wrong into what people can do about it.
func reason(class string) string {
	kind, code, _ := strings.Cut(class, " ")
	switch {
	case class == "expired", class == "address", class == "timeout", class == "dns", class == "tls", class == "connection":
		return class
	case class == "twilio 21610":
		return "unsubscribed"
	case kind == "twilio" && ofNumber[code]:
		return "number"
	case kind == "smtp" && strings.HasPrefix(code, "5"):
		return "refused"
	case kind == "smtp":
		return "busy"
	case kind == "twilio", kind == "http":
		return "provider"
	}
	return "other"
}

// answer is what the other side answered, and who that is: a mail server, or the
// provider of messages. Both are "" where nothing came back.
func answer(class string) (side, code string) {
	kind, code, _ := strings.Cut(class, " ")
	switch kind {
	case "smtp":
		return "server", code
	case "twilio", "http":
		return "provider", code
	}
	return "", ""
}

// ofNumber are Twilio's codes that say that the number is none, or not fit.
var ofNumber = map[string]bool{"21211": true, "21214": true, "21217": true, "21401": true, "21421": true, "21612": true, "21614": true, "21635": true, "13223": true, "13224": true, "13225": true, "13226": true}

// again decides whether a message may be tried again: something of it is left, its
// channel is open, and a number is still one that messages go to.
func again(d outbox.Undelivered, delivers bool, allowed phone.Countries) error {
	if !d.Again {
		return fault.New(fault.Conflict, "message_gone", "undelivered.refused.gone.title")
	}
	if !delivers {
		return fault.New(fault.Conflict, "channel_closed", "undelivered.refused.closed.title")
	}
	if d.Channel == outbox.ByMail {
		return nil
	}
	use := phone.ForText
	if d.Channel == outbox.ByVoice {
		use = phone.ForOffice
	}
	n, err := phone.Of(d.To)
	if err == nil {
		err = n.For(use, allowed)
	}
	if err != nil {
		return fault.New(fault.Conflict, "number_refused", "undelivered.refused.number.title")
	}
	return nil
}

// mask shows of an address or number what tells it from others.
func mask(c outbox.Channel, to string) string {
	switch {
	case to == "":
		return ""
	case c != outbox.ByMail:
		return phone.Masked(to)
	}
	name, domain, found := strings.Cut(to, "@")
	if !found || name == "" {
		return "•••"
	}
	first := []rune(name)[0]
	return string(first) + "•••@" + domain
}

// point is where a page of the list begins: behind a message.
type point struct {
	at int64 // microseconds
	id string
}

var newest = point{at: 1<<63 - 1}

func cursor(at time.Time, id string) directory.Cursor {
	return directory.Cursor{Key: []byte(strconv.FormatInt(at.UnixMicro(), 10)), ID: id}
}

// behind reads a cursor; anything else is the start of the list.
func behind(c directory.Cursor) point {
	at, err := strconv.ParseInt(string(c.Key), 10, 64)
	if err != nil || c.ID == "" {
		return newest
	}
	return point{at, c.ID}
}
