// Package phonesink keeps texts and calls in memory instead of sending them, for the
// demo and for tests. Nothing leaves the machine.
package phonesink

import (
	"context"
	"sync"
	"time"

	"sojourn/internal/outbox"
)

const kept = 1000 // messages; older ones are forgotten

// Sink is a Sender of texts and calls.
type Sink struct {
	// Refuse gives what a message fails with, or nil.
	Refuse func(m outbox.Message) error
	// Now is when a message came; nil is time.Now.
	Now func() time.Time

	mu       sync.Mutex
	messages []Message
}

// Message is one that would have gone out.
type Message struct {
	outbox.Message
	At time.Time
}

// Send implements outbox.Sender.
func (s *Sink) Send(_ context.Context, m outbox.Message, _ string) error {
	if s.Refuse != nil {
		if err := s.Refuse(m); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	s.messages = append(s.messages, Message{m, now()})
	if over := len(s.messages) - kept; over > 0 {
		s.messages = append([]Message(nil), s.messages[over:]...)
	}
	return nil
}

// Messages are those of a channel, oldest first.
func (s *Sink) Messages(c outbox.Channel) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if m.Channel == c {
			out = append(out, m)
		}
	}
	return out
}

// To are the texts and calls to a number, oldest first.
func (s *Sink) To(number string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	for _, m := range s.messages {
		if m.To == number {
			out = append(out, m)
		}
	}
	return out
}
