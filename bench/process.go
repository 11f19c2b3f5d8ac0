package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// facts are what is not counted per request.
type facts struct {
	idle, loaded, peak  int // resident KiB
	start, first        time.Duration
	page, style, script int // bytes on the wire
	many, search        time.Duration
	entries             entries
	left                []string // what was left out, and why
}

// built is the real program, compiled when it is first asked for.
func (b *bench) built() (program string, err error) {
	if b.program != "" {
		return b.program, nil
	}
	say("building sojourn")
	program = filepath.Join(b.dir, "sojourn")
	build := exec.CommandContext(b.ctx, "go", "build", "-o", program, "./cmd/sojourn")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build sojourn: %w", err)
	}
	b.program = program
	return program, nil
}

// process measures the real program: memory and start.
func (b *bench) process(w world, file string) error {
	program, err := b.built()
	if err != nil {
		return err
	}
	small := filepath.Join(b.dir, "process.db")
	if err := copyFile(file, small); err != nil {
		return err
	}
	var again, first []time.Duration
	for i := range 9 {
		took, err := b.startUp(program, small)
		if err != nil {
			return err
		}
		again = append(again, took)
		if took, err = b.startUp(program, filepath.Join(b.dir, fmt.Sprintf("new%d.db", i))); err != nil {
			return err
		}
		first = append(first, took)
	}
	b.facts.start, b.facts.first = middle(again), middle(first)
	return b.memory(w, program, small)
}

func middle(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// launch runs sojourn serve and waits for its first answer.
func (b *bench) launch(program, file string) (cmd *exec.Cmd, address string, took time.Duration, err error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", 0, err
	}
	address = free.Addr().String()
	free.Close()
	cmd = exec.CommandContext(b.ctx, program, "serve", "--listen", address, "--database", "sqlite:"+file, "--secret-key-file", b.key)
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	cmd.Env = append(os.Environ(), "SOJOURN_LOG_LEVEL=error")
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, "", 0, err
	}
	if err := answers(b.ctx, "http://"+address+"/healthz"); err != nil {
		halt(cmd)
		return nil, "", 0, fmt.Errorf("%w\n%s", err, log.String())
	}
	return cmd, address, time.Since(begun), nil
}

// answers waits for the first answer, trying each millisecond.
func answers(ctx context.Context, url string) error {
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) && ctx.Err() == nil {
		res, err := http.Get(url)
		if err == nil {
			res.Body.Close()
			if res.StatusCode == 200 {
				return nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return errors.Join(ctx.Err(), fmt.Errorf("%s does not answer", url))
}

func halt(cmd *exec.Cmd) {
	http.DefaultClient.CloseIdleConnections()
	cmd.Process.Signal(syscall.SIGTERM)
	cmd.Wait()
}

func (b *bench) startUp(program, file string) (time.Duration, error) {
	cmd, _, took, err := b.launch(program, file)
	if err != nil {
		return 0, err
	}
	halt(cmd)
	return took, nil
}

// memory reads what is resident before anybody has come, and after a load that
// follows a sign-in.
func (b *bench) memory(w world, program, file string) error {
	cmd, address, _, err := b.launch(program, file)
	if err != nil {
		return err
	}
	defer halt(cmd)
	time.Sleep(2 * time.Second)
	if b.facts.idle, err = resident(cmd.Process.Pid, "VmRSS"); err != nil {
		b.facts.left = append(b.facts.left, "memory is left out: "+err.Error())
		return nil
	}
	ann, err := signIn(address, w.ann.PrincipalName)
	if err != nil {
		return err
	}
	request, deadline := ann.request("/organizations", true), time.Now().Add(b.slice)
	done := make(chan error, conns)
	for range conns {
		go func() {
			c, err := dial(address)
			if err == nil {
				defer c.conn.Close()
				_, err = c.repeat(0, same(request), deadline)
			}
			done <- err
		}()
	}
	for range conns {
		err = errors.Join(err, <-done)
	}
	if err != nil {
		return err
	}
	if b.facts.loaded, err = resident(cmd.Process.Pid, "VmRSS"); err != nil {
		return err
	}
	b.facts.peak, err = resident(cmd.Process.Pid, "VmHWM")
	return err
}

// resident reads a line of /proc/PID/status, in KiB.
func resident(pid int, name string) (int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
		}
	}
	return 0, fmt.Errorf("/proc has no %s", name)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}
