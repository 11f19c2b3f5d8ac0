package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"sojourn/internal/fault"
	"sojourn/internal/mail"
)

const (
	batch   = 12              // claimed at once
	senders = 4               // at once
	sendMax = time.Minute     // a try
	lease   = 5 * time.Minute // longer than a batch's tries take together
	poll    = 2 * time.Second
	settle  = 50 * time.Millisecond // from Put to its commit, mostly
	insist  = 30 * time.Second      // noting that a mail has gone
)

// Run sends what is due until ctx ends. Tries that have begun are finished.
func (o *Outbox) Run(ctx context.Context) {
	var working sync.WaitGroup
	for _, c := range Channels {
		if o.Delivers(c) {
			working.Go(func() { o.run(ctx, c) })
		}
	}
	working.Wait()
}

func (o *Outbox) run(ctx context.Context, c Channel) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-o.lane(c).waker:
			select {
			case <-ctx.Done():
				return
			case <-time.After(settle):
			}
		}
		if err := o.flush(ctx, c); err != nil && ctx.Err() == nil {
			o.log().Error("outbox: the database refuses", "error", err)
		}
		timer.Reset(poll)
	}
}

// Flush sends what is due now, until nothing is. A message that does not go out is
// no error: it is tried again later or given up.
func (o *Outbox) Flush(ctx context.Context) error {
	for _, c := range Channels {
		if !o.Delivers(c) {
			continue
		}
		if err := o.flush(ctx, c); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (o *Outbox) flush(ctx context.Context, c Channel) error {
	l := o.lane(c)
	l.round.Lock()
	defer l.round.Unlock()
	for ctx.Err() == nil {
		now := o.DB.Now()
		due, err := anyDue(ctx, o.DB, c, now)
		if err != nil || !due {
			return err
		}
		mine, err := claim(ctx, o.DB.Writer(), c, now, now.Add(lease), batch)
		if err != nil {
			return err
		}
		if len(mine) == 0 { // another worker was quicker
			time.Sleep(time.Duration(rand.Int64N(int64(10 * time.Millisecond))))
			continue
		}
		o.sendAll(ctx, mine)
	}
	return ctx.Err()
}

// sendAll tries each of them once. When ctx ends, those not begun are given back.
func (o *Outbox) sendAll(ctx context.Context, mine []claimed) {
	queue := make(chan claimed, len(mine))
	for _, m := range mine {
		queue <- m
	}
	close(queue)
	var working sync.WaitGroup
	for range min(senders, len(mine)) {
		working.Go(func() {
			for m := range queue {
				o.handle(ctx, m)
			}
		})
	}
	working.Wait()
}

func (o *Outbox) handle(ctx context.Context, m claimed) {
	stopping := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx)
	var err error
	if stopping {
		err = giveBack(ctx, o.DB, m)
	} else {
		err = o.try(ctx, m)
	}
	if err != nil { // its lease ends by itself
		o.log().Error("outbox: not noted", "message", m.id, "error", err)
	}
}

// try sends outside any transaction and notes what came of it. The others of its batch
// took their time: what was recalled since is left.
func (o *Outbox) try(ctx context.Context, m claimed) error {
	if still, err := held(ctx, o.DB, m); err != nil || !still {
		return err
	}
	if expired(m.expires, o.DB.Now()) {
		return o.giveUp(ctx, m, Expired, "expired")
	}
	class, final := o.watched(ctx, m)
	now := o.DB.Now()
	switch {
	case class == "":
		o.tally.add(m.channel, Sent)
		return o.noteSent(ctx, m, now)
	case final || exhausted(m.tries, now.Sub(m.created)):
		return o.giveUp(ctx, m, Dead, class)
	}
	o.log().Warn("outbox: not sent yet", "channel", string(m.channel), "message", m.id, "tries", m.tries, "reason", class)
	o.tally.add(m.channel, Retried)
	return postpone(ctx, o.DB, m, now.Add(waitAfter(m.tries, rand.Float64())), class)
}

// giveUp keeps the payload for the organization's administrators, who may have it
// tried again. Of what would be of no use then, only to whom it was to go stays; of
// what is no organization's, nothing.
func (o *Outbox) giveUp(ctx context.Context, m claimed, result, class string) error {
	o.log().Error("outbox: given up", "channel", string(m.channel), "message", m.id, "tries", m.tries, "reason", class)
	o.tally.add(m.channel, result)
	payload := m.payload
	switch {
	case m.tenant == "":
		payload = nil
	case !m.expires.IsZero() && (m.channel != ByMail || expired(m.expires, o.DB.Now())): // a mail's link may stand for days yet
		payload = o.recipientOnly(m)
	}
	return bury(ctx, o.DB, m, o.DB.Now(), class, payload)
}

func (o *Outbox) recipientOnly(m claimed) []byte {
	plain, err := o.Box.Open(purpose, m.tenant, m.id, m.payload)
	var to left
	if err != nil || json.Unmarshal(plain, &to) != nil {
		return nil
	}
	if plain, err = json.Marshal(to); err != nil {
		return nil
	}
	return o.Box.Seal(purpose, m.tenant, m.id, plain)
}

// noteSent insists: a message whose sending is not noted goes out once more when its
// lease ends, and a database that is being restarted is back by then.
func (o *Outbox) noteSent(ctx context.Context, m claimed, now time.Time) error {
	for until := time.Now().Add(insist); ; {
		err := sent(ctx, o.DB, m.id, now)
		f, told := fault.Of(err)
		if err == nil || !told || f.Kind != fault.Unavailable || time.Now().After(until) {
			return err
		}
		time.Sleep(100*time.Millisecond + rand.N(400*time.Millisecond))
	}
}

func (o *Outbox) watched(ctx context.Context, m claimed) (class string, final bool) {
	if o.Watch == nil || m.channel != ByMail {
		return o.send(ctx, m)
	}
	ended := o.Watch(ctx, m.tries)
	class, final = o.send(ctx, m)
	ended(class)
	return class, final
}

// send gives the class of what went wrong, "" when it went out.
func (o *Outbox) send(ctx context.Context, m claimed) (class string, final bool) {
	defer func() {
		if p := recover(); p != nil { // one message does not end the portal
			o.log().Error("outbox: panic", "message", m.id, "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			class, final = "panic", false
		}
	}()
	if m.tries > triesMax {
		return "died trying", true // the process did, each time
	}
	plain, err := o.Box.Open(purpose, m.tenant, m.id, m.payload)
	if err != nil {
		return "other key", false // the operator may bring the right one back
	}
	ctx, cancel := context.WithTimeout(ctx, sendMax)
	defer cancel()
	if err := o.hand(ctx, m, plain); err != nil {
		return failure(err)
	}
	return "", false
}

// hand gives a message to whoever sends those of its channel.
func (o *Outbox) hand(ctx context.Context, m claimed, plain []byte) error {
	if m.channel == ByMail {
		var letter mail.Letter
		if err := json.Unmarshal(plain, &letter); err != nil {
			return &Failure{Class: "payload", Permanent: true, Cause: err}
		}
		return o.Sender.Send(ctx, letter, m.id)
	}
	var one Message
	if err := json.Unmarshal(plain, &one); err != nil {
		return &Failure{Class: "payload", Permanent: true, Cause: err}
	}
	if m.channel == ByText {
		return o.Texts.Send(ctx, one, m.id)
	}
	return o.Calls.Send(ctx, one, m.id)
}
