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

// patience is how long something may take before a bar shows that it goes on.
var patience = 2 * time.Second

// progress draws a bar on a terminal, and nothing anywhere else, until end is
// called. far says how far it is; without it only the time is told.
func progress(w io.Writer, what string, far func() (done, total int64)) (end func()) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		draw(f, what, far, stop)
	}()
	return sync.OnceFunc(func() {
		close(stop)
		<-stopped
	})
}

func draw(w io.Writer, what string, far func() (done, total int64), stop chan struct{}) {
	begun := time.Now()
	select {
	case <-stop:
		return
	case <-time.After(patience):
	}
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		var done, total int64
		if far != nil {
			done, total = far()
		}
		fmt.Fprintf(w, "\r\x1b[K%s %s", what, bar(done, total, time.Since(begun)))
		select {
		case <-stop:
			fmt.Fprint(w, "\r\x1b[K") // what came of it is said by whoever asked
			return
		case <-tick.C:
		}
	}
}

func bar(done, total int64, since time.Duration) string {
	if total <= 0 {
		return fmt.Sprintf("… %d s", int(since.Seconds()))
	}
	const width = 30
	done = min(done, total)
	part := int(done * width / total)
	return fmt.Sprintf("[%s%s] %d %%", strings.Repeat("#", part), strings.Repeat(" ", width-part), done*100/total)
}
