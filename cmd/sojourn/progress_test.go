package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens a pseudo terminal: what is written to tty can be read as it
// would be seen.
func terminal(t *testing.T) (tty *os.File, seen func() string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo terminals here: %v", err)
	}
	t.Cleanup(func() { master.Close() })
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	text := make(chan string)
	go func() {
		var b bytes.Buffer
		io.Copy(&b, master) // ends with an error when the last writer has closed
		text <- b.String()
	}()
	return tty, func() string {
		tty.Close()
		return <-text
	}
}

func soon(t *testing.T) {
	patience = 50 * time.Millisecond
	t.Cleanup(func() { patience = 2 * time.Second })
}

func TestProgress(t *testing.T) {
	soon(t)
	tty, seen := terminal(t)
	end := progress(tty, "Purging", func() (int64, int64) { return 3, 4 })
	time.Sleep(500 * time.Millisecond)
	end()
	end() // harmless
	text := seen()
	if !strings.Contains(text, "\r\x1b[KPurging ["+strings.Repeat("#", 22)+strings.Repeat(" ", 8)+"] 75 %") {
		t.Errorf("no bar: %q", text)
	}
	if strings.Count(text, "75 %") < 2 {
		t.Errorf("it does not move on: %q", text)
	}
	if !strings.HasSuffix(text, "\r\x1b[K") {
		t.Errorf("the bar stays behind: %q", text)
	}
}

func TestProgress_silent(t *testing.T) {
	tty, seen := terminal(t)
	progress(tty, "Quick", nil)()
	if text := seen(); text != "" {
		t.Errorf("what is quick shows %q", text)
	}
	soon(t)
	path := t.TempDir() + "/log"
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, w := range []io.Writer{file, &b} {
		end := progress(w, "Long", nil)
		time.Sleep(100 * time.Millisecond)
		end()
	}
	if text, err := os.ReadFile(path); err != nil || len(text) != 0 || b.Len() != 0 {
		t.Errorf("outside a terminal it shows %q %q, %v", text, b.String(), err)
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		done, total int64
		want        string
	}{
		{0, 0, "… 12 s"}, {0, 10, "[" + strings.Repeat(" ", 30) + "] 0 %"}, {5, 10, "[" + strings.Repeat("#", 15) + strings.Repeat(" ", 15) + "] 50 %"},
		{10, 10, "[" + strings.Repeat("#", 30) + "] 100 %"}, {12, 10, "[" + strings.Repeat("#", 30) + "] 100 %"}, {1 << 40, 1 << 41, "[" + strings.Repeat("#", 15) + strings.Repeat(" ", 15) + "] 50 %"},
	} {
		if got := bar(c.done, c.total, 12*time.Second); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.done, c.total, got, c.want)
		}
	}
}
