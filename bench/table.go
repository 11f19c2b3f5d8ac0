package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"
)

// print writes the tables in Markdown.
func (b *bench) print(w io.Writer) {
	fmt.Fprintf(w, "%d cores, %s %s/%s; %d connections, medians of %d interleaved rounds of %v; the page has %d bytes and is sent uncompressed.\n\n",
		runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, conns, b.rounds, b.slice, b.size)
	fmt.Fprintf(w, "| | | requests/s | CPU µs a request | | aim |\n|---|---|--:|--:|---|---|\n")
	slices.SortStableFunc(b.rows, func(a, b *row) int { return strings.Compare(a.letter, b.letter) })
	for _, r := range b.rows {
		if len(r.samples) > 0 {
			r.print(w)
		}
	}
	fmt.Fprintf(w, "\n| | measured | aim |\n|---|--:|---|\n")
	f := b.facts
	if f.start > 0 {
		figure(w, "start to first answer, database as left", millis(f.start), "at most 150 ms", f.start <= 150*time.Millisecond)
		figure(w, "start to first answer, new database", millis(f.first), "at most 150 ms", f.first <= 150*time.Millisecond)
	}
	if f.idle > 0 {
		figure(w, "resident memory, idle", mega(f.idle), "at most 30 MB", f.idle*1024 <= 30e6)
		figure(w, "resident memory, after load", mega(f.loaded), "", true)
		figure(w, "resident memory, peak (sign-in hashes in 19 MiB)", mega(f.peak), "", true)
	}
	cold := f.page + f.style + f.script
	figure(w, fmt.Sprintf("bytes on the wire, cold (page %d, style %d, script %d)", f.page, f.style, f.script), kilo(cold), "at most 30 KB", cold <= 30_000)
	figure(w, "bytes on the wire, warm (page)", kilo(f.page), "at most 8 KB", f.page <= 8_000)
	if f.many > 0 {
		figure(w, fmt.Sprintf("first page of somebody in %d organizations", maxPlaces), millis(f.many), "", true)
		figure(w, "their search through all of them", millis(f.search), "", true)
	}
	if e := f.entries; e.signIn > 0 {
		figure(w, "CPU of Argon2id, bare", millis(e.hash), "", true)
		figure(w, fmt.Sprintf("CPU of the request that takes a password, %.1f %% of it Argon2id", 100*e.of(e.last)), millis(e.last), "at least 95 %", e.of(e.last) >= 0.95)
		figure(w, fmt.Sprintf("CPU of a whole sign-in with its three pages, %.1f %% of it Argon2id", 100*e.of(e.signIn)), millis(e.signIn), "at least 95 %", e.of(e.signIn) >= 0.95)
		figure(w, fmt.Sprintf("resident memory, peak while %d try to sign in at once", flooded), mega(e.peak), "below 200 MB", e.peak*1024 < 200e6)
		figure(w, fmt.Sprintf("tries answered meanwhile, of which %d asked to come back", e.busy), fmt.Sprint(e.tries), "", true)
		figure(w, fmt.Sprintf("Organizations page meanwhile, median of %d", e.pages), millis(e.middle), "", true)
		figure(w, "Organizations page meanwhile, 99th percentile", millis(e.slow), "", true)
	}
	for _, text := range f.left {
		fmt.Fprintf(w, "\n%s.\n", text)
	}
}

func (r *row) print(w io.Writer) {
	times, aim := "", ""
	if r.base != nil && len(r.base.samples) > 0 {
		ratio := r.median(sample.micro) / r.base.median(sample.micro)
		times = fmt.Sprintf("%.1f × (%s)", ratio, r.base.name)
		if r.aim > 0 {
			aim = verdict(fmt.Sprintf("at most %.0f × (%s)", r.aim, r.base.name), ratio <= r.aim)
		}
	}
	fmt.Fprintf(w, "| (%s) | %s | %.0f | %.0f | %s | %s |\n", r.name, r.text, r.median(sample.rate), r.median(sample.micro), times, aim)
}

func figure(w io.Writer, name, value, aim string, met bool) {
	fmt.Fprintf(w, "| %s | %s | %s |\n", name, value, verdict(aim, met))
}

func verdict(aim string, met bool) string {
	if met {
		return aim
	}
	return aim + ": missed"
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
func mega(kib int) string           { return fmt.Sprintf("%.1f MB", float64(kib)*1024/1e6) }
func kilo(n int) string             { return fmt.Sprintf("%.1f KB", float64(n)/1000) }
