package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// gauge is what is looked at. Memory may grow by a factor, a number of things by a
// small difference.
type gauge struct {
	name   string
	of     func(look) float64
	shown  string
	factor float64
	least  bool // the least of many looks, not the median
}

// The heap swings by 19 MiB with each password that is hashed and with each collection:
// what is lost for good raises its least.
var gauges = []gauge{
	{"resident MB", func(l look) float64 { return l.memory / 1e6 }, "%.1f", 1.1, false},
	{"least heap MB", func(l look) float64 { return l.heap / 1e6 }, "%.1f", 1.1, true},
	{"goroutines", func(l look) float64 { return l.goroutines }, "%.0f", 0, false},
	{"descriptors", func(l look) float64 { return l.descriptors }, "%.0f", 0, false},
	{"database connections", func(l look) float64 { return l.openDatabase }, "%.0f", 0, false},
}

// in is what some looks come to.
func (f gauge) in(looks []look) float64 {
	var all []float64
	for _, l := range looks {
		all = append(all, f.of(l))
	}
	slices.Sort(all)
	if f.least {
		return all[0]
	}
	return all[len(all)/2]
}

// printLooks is a row a minute (six in a short soak), each of all looks in it.
func printLooks(w io.Writer, looks []look, last time.Duration) {
	step := time.Minute
	if last < 3*time.Minute {
		step = last / 6
	}
	fmt.Fprint(w, "| after | requests/s |")
	for _, f := range gauges {
		fmt.Fprintf(w, " %s |", f.name)
	}
	fmt.Fprintf(w, "\n|--:|--:|%s\n", strings.Repeat("--:|", len(gauges)))
	for from := time.Duration(0); from < last; from += step {
		var row []look
		for _, l := range looks {
			if l.at >= from && l.at < from+step {
				row = append(row, l)
			}
		}
		if len(row) < 2 {
			continue
		}
		first, end := row[0], row[len(row)-1]
		fmt.Fprintf(w, "| %v | %.0f |", (from + step).Round(time.Second), (end.requests-first.requests)/(end.at-first.at).Seconds())
		for _, f := range gauges {
			fmt.Fprintf(w, " "+f.shown+" |", f.in(row))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

// flat holds the second half of the time against the first, without a minute (or a
// quarter of a short soak) in which everything warms up.
func flat(w io.Writer, looks []look, last time.Duration) error {
	warm := min(time.Minute, last/4)
	middle := warm + (last-warm)/2
	var first, second []look
	for _, l := range looks {
		switch {
		case l.at >= middle:
			second = append(second, l)
		case l.at >= warm:
			first = append(first, l)
		}
	}
	if len(first) < 3 || len(second) < 3 {
		return errors.New("too few looks")
	}
	var errs []error
	for _, f := range gauges {
		a, z := f.in(first), f.in(second)
		most := a * f.factor
		if f.factor == 0 {
			most = a + max(3, a/20)
		}
		text := fmt.Sprintf("%s: "+f.shown+" in the first half, "+f.shown+" in the second", f.name, a, z)
		if z > most {
			errs = append(errs, errors.New("not flat: "+text))
		}
		fmt.Fprintf(w, "- %s\n", verdict(text+", at most "+fmt.Sprintf(f.shown, most), z <= most))
	}
	fmt.Fprintln(w)
	return errors.Join(errs...)
}
