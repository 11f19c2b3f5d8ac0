package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	namedTest = regexp.MustCompile("`([a-z/]+)\\.(Test[A-Za-z0-9_]+)`")
	namedWalk = regexp.MustCompile("walk: `([^`]+)`")
	aRow      = regexp.MustCompile(`(?m)^\| .*$`)
	asvsID    = regexp.MustCompile(`^V([1-9]|1[0-7])\.\d{1,2}\.\d{1,2}$`)
)

// The tests that docs/security.md names are there, and each promise names one.
func TestSecurity_testsExist(t *testing.T) {
	text, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]map[string]bool{}
	named := namedTest.FindAllStringSubmatch(string(text), -1)
	for _, m := range named {
		if known[m[1]] == nil {
			known[m[1]] = testsIn(t, m[1])
		}
		if !known[m[1]][m[2]] {
			t.Errorf("there is no test %s.%s", m[1], m[2])
		}
	}
	walks := walkNames(t)
	for _, m := range namedWalk.FindAllStringSubmatch(string(text), -1) {
		if !strings.Contains(walks, "name: '"+m[1]+"'") {
			t.Errorf("there is no walk %q", m[1])
		}
	}
	rows := 0
	for _, row := range aRow.FindAllString(string(text), -1) {
		if strings.HasPrefix(row, "| promise |") {
			continue
		}
		rows++
		if !namedTest.MatchString(row) {
			t.Errorf("no test holds %s", row)
		}
		cells := strings.Split(row, "|")
		for id := range strings.FieldsSeq(cells[len(cells)-3]) {
			if !asvsID.MatchString(id) {
				t.Errorf("%s is no requirement", id)
			}
		}
	}
	if rows < 30 || len(named) < 100 {
		t.Errorf("%d promises, %d tests: the tables are not read", rows, len(named))
	}
}

// testsIn are the tests of a folder.
func testsIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				found[f.Name.Name] = true
			}
		}
	}
	return found
}

// walkNames is the text of all walks, where their names stand.
func walkNames(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	walks := os.DirFS("../e2e/walks")
	names, err := fs.Glob(walks, "*.mjs")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(walks, name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
