package smtpsink

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"
)

const (
	kept     = 1000             // messages; older ones are forgotten
	sizeMax  = 1 << 20          // of one message
	connsMax = 64               // at once
	patience = 60 * time.Second // for a command, and for a whole message
)

// Sink is the server. Set the fields before Listen.
type Sink struct {
	// Refuse gives the code with which a recipient is refused, or 0.
	Refuse func(rcpt string) (code int)
	// Now is when a message came; nil is time.Now.
	Now func() time.Time

	listener net.Listener
	slots    chan struct{}
	running  sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	conns    map[net.Conn]bool
	messages []Message
	last     int
}

// Listen opens the port, such as "127.0.0.1:0", and serves until Close.
func (s *Sink) Listen(address string) error {
	if err := loopback(address); err != nil {
		return err
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("mail sink: %w", err)
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	s.listener, s.slots, s.conns = l, make(chan struct{}, connsMax), map[net.Conn]bool{}
	s.running.Go(s.accept)
	return nil
}

func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("mail sink: %w", err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("mail sink: %s is not a loopback address", address)
}

// Host and Port are where it listens.
func (s *Sink) Host() string { return s.listener.Addr().(*net.TCPAddr).IP.String() }

// Port is the number it listens on.
func (s *Sink) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

func (s *Sink) accept() {
	for {
		s.slots <- struct{}{}
		conn, err := s.listener.Accept()
		if err != nil {
			<-s.slots
			if errors.Is(err, net.ErrClosed) {
				return
			}
			time.Sleep(10 * time.Millisecond) // out of descriptors, most likely
			continue
		}
		s.running.Go(func() {
			defer func() { <-s.slots }()
			defer conn.Close()
			if s.track(conn) {
				defer s.forget(conn)
				newConversation(s, conn).run()
			}
		})
	}
}

func (s *Sink) track(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.conns[conn] = true
	}
	return !s.closed
}

func (s *Sink) forget(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
}

// Close ends the server and every conversation; the messages stay.
func (s *Sink) Close() error {
	s.mu.Lock()
	s.closed = true
	for conn := range s.conns {
		conn.Close()
	}
	s.mu.Unlock()
	err := s.listener.Close()
	s.running.Wait()
	return err
}

// keep adds a message for each recipient.
func (s *Sink) keep(m Message, rcpts []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rcpt := range rcpts {
		s.last++
		m.ID, m.To = s.last, rcpt
		s.messages = append(s.messages, m)
	}
	if over := len(s.messages) - kept; over > 0 {
		s.messages = append([]Message(nil), s.messages[over:]...)
	}
}

// Messages are those kept, oldest first.
func (s *Sink) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message(nil), s.messages...)
}

// To are the messages to one address, oldest first.
func (s *Sink) To(address string) []Message {
	var out []Message
	for _, m := range s.Messages() {
		if strings.EqualFold(m.To, address) {
			out = append(out, m)
		}
	}
	return out
}

// Message finds one by its ID.
func (s *Sink) Message(id int) (Message, bool) {
	for _, m := range s.Messages() {
		if m.ID == id {
			return m, true
		}
	}
	return Message{}, false
}
