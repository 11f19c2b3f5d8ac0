package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress draws a bar on a terminal once something takes longer than patience.
type progress struct {
	w       io.Writer
	what    string
	total   int
	started time.Time
	shown   bool
	stop    chan struct{}
	once    sync.Once
}

const patience = 2 * time.Second

func newProgress(w io.Writer, what string, total int) *progress {
	return &progress{w: w, what: what, total: total, started: time.Now(), stop: make(chan struct{})}
}

// newFileProgress watches a copy grow to the size of its source.
func newFileProgress(w io.Writer, what, source, copied string) *progress {
	p := newProgress(w, what, int(sizeOf(source)))
	go func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-p.stop:
				return
			case <-tick.C:
				p.at(int(sizeOf(copied)))
			}
		}
	}()
	return p
}

func sizeOf(path string) int64 {
	if info, err := os.Stat(path); err == nil {
		return info.Size()
	}
	return 0
}

// at draws how far it is.
func (p *progress) at(done int) {
	f, isFile := p.w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) || time.Since(p.started) < patience || p.total == 0 {
		return
	}
	p.shown = true
	const width = 30
	part := min(width, done*width/p.total)
	fmt.Fprintf(p.w, "\r%s [%s%s] %d %%", p.what, strings.Repeat("#", part), strings.Repeat(" ", width-part), min(100, done*100/p.total))
}

// end leaves the line of the bar.
func (p *progress) end() {
	p.once.Do(func() { close(p.stop) })
	if p.shown {
		fmt.Fprintln(p.w)
	}
}
