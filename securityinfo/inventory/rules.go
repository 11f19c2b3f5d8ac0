package inventory

import (
	"bytes"
	"encoding/base32"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/securityinfo"
)

const (
	maxFile  = 1 << 20 // octets
	maxLines = 5000
	maxWrong = 50 // lines that are told of

	minSeed = 16 // octets: 128 bits, RFC 4226 section 4
	maxSeed = 64
	maxWord = 100 // characters of a manufacturer and a model
)

// columns are those of the file; the last may be missing, and is SHA-1 then.
var columns = []string{"upn", "serial number", "secret key", "time interval", "manufacturer", "model", "hash function"}

// line is one token of a file.
type line struct {
	Number int // in the file
	UPN    string
	accounts.Token
	Seed []byte
}

// Wrong is what is wrong with one line of a file. It never says what stands there.
type Wrong struct {
	Line int
	Key  string
}

// BadFile are the lines for which a file was refused.
type BadFile []Wrong

// lines counts the lines: several things may be wrong with one.
func (b BadFile) lines() int {
	seen := map[int]bool{}
	for _, w := range b {
		seen[w.Line] = true
	}
	return len(seen)
}

func (b BadFile) Error() string { return "a file of tokens with lines that are wrong" }

// read takes a file apart into its lines, and says what is wrong with some of them: those
// are among them, since whom they name is looked up all the same.
func read(data []byte) (out []line, wrong BadFile, err error) {
	switch {
	case len(data) == 0:
		return nil, nil, badFile("file_missing", "securityinfo.inventory.file.missing")
	case len(data) > maxFile:
		return nil, nil, badFile("file_large", "securityinfo.inventory.file.large")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, nil, badFile("file_text", "securityinfo.inventory.file.text")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.Comma = -1, separator(data)
	head, err := r.Read()
	if err != nil || !isHead(head) {
		return nil, nil, badFile("file_head", "securityinfo.inventory.file.head")
	}
	seen := map[string]bool{}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if bad := new(csv.ParseError); errors.As(err, &bad) { // where the next line begins is anybody's guess
			return out, append(wrong, Wrong{bad.Line, "securityinfo.inventory.line.quotes"}), nil
		}
		if len(out) >= maxLines {
			return nil, nil, badFile("file_long", "securityinfo.inventory.file.long")
		}
		l, key := readLine(fields, len(head))
		l.Number, _ = r.FieldPos(0)
		if folded := accounts.Fold(l.Serial); key == "" && seen[folded] {
			key = "securityinfo.inventory.line.twice"
		} else {
			seen[folded] = true
		}
		if key != "" {
			wrong = append(wrong, Wrong{l.Number, key})
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		return nil, nil, badFile("file_empty", "securityinfo.inventory.file.empty")
	}
	return out, wrong, nil
}

// separator is what the first line is parted by.
func separator(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		return ';'
	}
	return ','
}

func isHead(head []string) bool {
	for i, name := range head {
		head[i] = strings.ToLower(strings.Join(strings.Fields(name), " "))
	}
	return slices.Equal(head, columns) || slices.Equal(head, columns[:len(columns)-1])
}

// readLine reads a line, and says what is wrong with it.
func readLine(fields []string, want int) (l line, wrong string) {
	if len(fields) != want {
		return l, "securityinfo.inventory.line.fields"
	}
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	l.UPN, l.Manufacturer, l.Model = fields[0], fields[4], fields[5]
	var err error
	if l.Serial, err = securityinfo.SerialNumber(fields[1]); err != nil {
		return l, "securityinfo.inventory.line.serial"
	}
	if l.Seed, err = seed(fields[2]); err != nil || len(l.Seed) < minSeed || len(l.Seed) > maxSeed {
		return l, "securityinfo.inventory.line.seed"
	}
	if l.Period = map[string]int{"30": 30, "60": 60}[fields[3]]; l.Period == 0 {
		return l, "securityinfo.inventory.line.period"
	}
	if !short(l.Manufacturer) || !short(l.Model) {
		return l, "securityinfo.inventory.line.words"
	}
	if len(fields) == len(columns) {
		switch strings.ToLower(strings.ReplaceAll(fields[6], "-", "")) {
		case "", "sha1", "hmacsha1":
		case "sha256", "hmacsha256":
			l.SHA256 = true
		default:
			return l, "securityinfo.inventory.line.hash"
		}
	}
	return l, ""
}

// seed reads a key as it is written in base32, in groups or with signs that fill up.
func seed(text string) ([]byte, error) {
	text = strings.TrimRight(strings.ToUpper(strings.Join(strings.Fields(text), "")), "=")
	return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(text)
}

func short(s string) bool {
	return utf8.RuneCountInString(s) <= maxWord && (s == "" || accounts.Visible(s))
}

func badFile(code, key string) error {
	return fault.New(fault.Invalid, code, key, "max", maxLines).Field("file", key, "max", maxLines)
}

// mayChange: a token that somebody uses is a sign-in method of theirs.
func mayChange(t accounts.Token) error {
	if t.Owner == "" {
		return nil
	}
	return fault.New(fault.Conflict, "token_used", "securityinfo.inventory.used.title")
}

func noMember() error {
	return fault.New(fault.Invalid, "no_member", "securityinfo.inventory.assign.nobody").Field("name", "securityinfo.inventory.assign.nobody")
}
