// Package sheet writes tables for programs that show them: CSV as RFC 4180 has
// it, in UTF-8 with a byte order mark, and no cell that such a program would
// take for a formula.
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

const mark = "\ufeff" // without it some programs read another encoding

// Writer writes one table.
type Writer struct{ out *csv.Writer }

// New begins a table with its heads.
func New(w io.Writer, heads ...string) (*Writer, error) {
	if _, err := io.WriteString(w, mark); err != nil {
		return nil, err
	}
	s := &Writer{out: csv.NewWriter(w)}
	s.out.UseCRLF = true
	return s, s.out.Write(heads)
}

// Row writes one line.
func (s *Writer) Row(cells ...string) error {
	guarded := make([]string, len(cells))
	for i, cell := range cells {
		guarded[i] = Guard(cell)
	}
	return s.out.Write(guarded)
}

// Flush hands on what is written.
func (s *Writer) Flush() error {
	s.out.Flush()
	return s.out.Error()
}

// Guard keeps a program that shows a table from taking a cell for a formula.
func Guard(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
