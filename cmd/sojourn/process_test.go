package main

import (
	"bytes"
	"encoding/hex"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is a sojourn that runs by itself.
type process struct {
	t        *testing.T
	cmd      *exec.Cmd
	out, err output
	ended    chan struct{}
	code     int
}

// output is what a process has said so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // has something in it when something was said
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	select {
	case o.more <- struct{}{}:
	default:
	}
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// start runs a command in an environment of its own: these settings and nothing
// else of sojourn's.
func start(t *testing.T, settings []string, args ...string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: exec.Command(self, args...), ended: make(chan struct{})}
	p.out.more, p.err.more = make(chan struct{}, 1), make(chan struct{}, 1)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	p.cmd.Env = append([]string{asCommand + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir()}, settings...)
	if cover := os.Getenv("GOCOVERDIR"); cover != "" {
		p.cmd.Env = append(p.cmd.Env, "GOCOVERDIR="+cover)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.cmd.Wait()
		p.code = p.cmd.ProcessState.ExitCode()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.ended
	})
	return p
}

// settings are those of a database and the key of the tests.
func settings(source string) []string {
	return []string{"SOJOURN_DATABASE=" + source, "SOJOURN_SECRET_KEY=" + hex.EncodeToString(testKey), "SOJOURN_DRAIN_TIME=0s"}
}

const long = 30 * time.Second // machines are slow when everybody tests at once

// says waits until the process has said something that fits and gives the first
// group of it.
func (p *process) says(pattern string) string {
	p.t.Helper()
	re := regexp.MustCompile(pattern)
	late := time.After(long)
	for {
		if found := re.FindStringSubmatch(p.out.String()); found != nil {
			return found[len(found)-1]
		}
		select {
		case <-p.out.more:
		case <-p.ended:
			if !re.MatchString(p.out.String()) {
				p.t.Fatalf("ended with %d and never said %q:\n%s%s", p.code, pattern, p.out.String(), p.err.String())
			}
		case <-late:
			p.t.Fatalf("did not say %q:\n%s%s", pattern, p.out.String(), p.err.String())
		}
	}
}

// address waits for the address of a portal.
func (p *process) address() string {
	p.t.Helper()
	return p.says(`Sojourn is at (http://localhost:\d+)\n`)
}

// ready waits until the portal answers.
func (p *process) ready() (address string) {
	p.t.Helper()
	address = p.address()
	res, err := http.Get(address + "/readyz")
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.err.String())
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("not ready: %s\n%s", res.Status, p.err.String())
	}
	return address
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// end waits for the process to end and gives its exit code.
func (p *process) end() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(long):
		p.t.Fatalf("still runs:\n%s%s", p.out.String(), p.err.String())
	}
	return p.code
}

// stops asks the process to stop and fails the test unless it does so cleanly.
func (p *process) stops() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	if code := p.end(); code != 0 || strings.TrimSpace(p.err.String()) != "" {
		p.t.Errorf("stopped with %d:\n%s", code, p.err.String())
	}
}
