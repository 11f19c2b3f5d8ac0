package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// server is a child as its parent holds it.
type server struct {
	address string
	command *exec.Cmd
	ask     io.WriteCloser
	answers *bufio.Reader
}

// start runs a child and waits until it listens.
func start(ctx context.Context, s spec) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "child", string(text))
	cmd.Stderr = os.Stderr
	ask, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &server{command: cmd, ask: ask, answers: bufio.NewReader(out)}
	if c.address, err = c.line(); err != nil {
		return nil, fmt.Errorf("the server of %s does not start: %w", s.Kind, err)
	}
	return c, nil
}

func (s *server) line() (string, error) {
	line, err := s.answers.ReadString('\n')
	return strings.TrimSpace(line), err
}

// cpu is the CPU time the child has used so far.
func (s *server) cpu() (time.Duration, error) { return s.tell("cpu") }

func (s *server) tell(line string) (time.Duration, error) {
	if _, err := io.WriteString(s.ask, line+"\n"); err != nil {
		return 0, err
	}
	text, err := s.line()
	if err != nil {
		return 0, err
	}
	micros, err := strconv.ParseInt(text, 10, 64)
	return time.Duration(micros) * time.Microsecond, err
}

// stop ends the child.
func (s *server) stop() {
	s.ask.Close()
	s.command.Wait()
}
