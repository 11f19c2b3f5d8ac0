package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The house's directions. Each rule says why. A room has the place of the folder
// it stands in: a sub-room obeys what the room around it does.

var (
	features = []string{"signin", "securityinfo", "activity", "myaccount", "organizations", "requests", "guests", "undelivered", "admin"}
	nouns    = []string{"accounts", "directory", "policies"}
	house    = []string{"app", "cmd", "demo", "seed", "sojourntest"}
)

type sourceFile struct {
	path    string // slash, from the root
	room    string // the package's folder
	name    string
	imports []string
	tree    *ast.File
}

// sources reads every Go file of the product; tests and tools are not part of it.
func sources(t *testing.T) []sourceFile {
	t.Helper()
	var out []sourceFile
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path = filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != ".." || path == "tools" || path == "e2e" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", path), nil, 0)
		if err != nil {
			return err
		}
		f := sourceFile{path: path, room: filepath.ToSlash(filepath.Dir(path)), name: filepath.Base(path), tree: tree}
		for _, i := range tree.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, name)
		}
		out = append(out, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d files found: the walk is broken", len(out))
	}
	return out
}

func (f sourceFile) imported(path string) bool { return slices.Contains(f.imports, path) }

func (f sourceFile) importsRoom(rooms []string) (string, bool) {
	for _, i := range f.imports {
		room, _, _ := strings.Cut(strings.TrimPrefix(i, "sojourn/"), "/")
		if strings.HasPrefix(i, "sojourn/") && slices.Contains(rooms, room) && room != f.top() {
			return i, true
		}
	}
	return "", false
}

func (f sourceFile) top() string {
	top, _, _ := strings.Cut(f.room, "/")
	return top
}

func TestHouse_directions(t *testing.T) {
	outer := append(slices.Clone(features), house...)
	for _, f := range sources(t) {
		complain := func(i, why string) { t.Errorf("%s imports %s: %s", f.path, i, why) }
		switch top := f.top(); {
		case slices.Contains(features, top):
			if i, bad := f.importsRoom(outer); bad {
				complain(i, "rooms never import rooms; declare what you need as an interface and let app fill it")
			}
		case slices.Contains(nouns, top):
			if i, bad := f.importsRoom(outer); bad {
				complain(i, "the nouns stand below every room")
			}
			if i, bad := f.importsRoom([]string{"directory", "policies"}); bad && top == "accounts" {
				complain(i, "the person stands below the organization")
			}
			if i, bad := f.importsRoom([]string{"policies"}); bad && top == "directory" {
				complain(i, "what an organization asks stands above what it is")
			}
		case top == "ui":
			if i, bad := f.importsRoom(append(outer, nouns...)); bad {
				complain(i, "elements know no room")
			}
		case top == "internal":
			if i, bad := f.importsRoom(append(append(outer, nouns...), "ui")); bad && f.room != "internal/dbtest" {
				complain(i, "plumbing knows no room")
			}
		}
		if f.imported("sojourn/sojourntest") {
			complain("sojourn/sojourntest", "only tests put a portal inside themselves")
		}
	}
}

// shared are the sub-rooms made for those beside them, and for rooms above.
var shared = []string{"sojourn/directory/desk"}

// A room stands below its sub-rooms, as the nouns stand below the rooms, and
// sub-rooms do not know each other: each can be read, or thrown away, alone.
func TestHouse_subRooms(t *testing.T) {
	rooms := append(slices.Clone(features), nouns...)
	for _, f := range sources(t) {
		for _, i := range f.imports {
			room, sub, isSub := strings.Cut(strings.TrimPrefix(i, "sojourn/"), "/")
			if !strings.HasPrefix(i, "sojourn/") || !isSub || !slices.Contains(rooms, room) {
				continue
			}
			switch {
			case f.room == room:
				t.Errorf("%s imports its sub-room %s: a room stands below its sub-rooms", f.path, sub)
			case slices.Contains(shared, i):
			case f.top() != "app":
				t.Errorf("%s imports %s: only app puts sub-rooms together", f.path, i)
			}
		}
	}
}

// What a noun is does not depend on how it is shown.
func TestHouse_nounsHaveNoFaces(t *testing.T) {
	for _, f := range sources(t) {
		if !slices.Contains(nouns, f.room) {
			continue
		}
		for _, i := range []string{"net/http", "sojourn/ui", "sojourn/internal/web", "github.com/a-h/templ"} {
			if f.imported(i) {
				t.Errorf("%s imports %s: pages stand in the rooms and sub-rooms above", f.path, i)
			}
		}
	}
}

// Sub-rooms of a noun are its faces: they show it and ask its verbs, and no
// statement of theirs changes a row.
func TestHouse_facesOfNounsOnlyRead(t *testing.T) {
	for _, f := range sources(t) {
		if !slices.Contains(nouns, f.top()) {
			continue
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !strings.HasSuffix(f.name, "store.go") || !writes(fn) {
				continue
			}
			if f.room != f.top() {
				t.Errorf("%s writes in %s: only the noun writes its tables", f.path, fn.Name.Name)
			} else if fn.Name.IsExported() && f.room == "directory" {
				t.Errorf("%s exports %s, which writes: rooms ask a verb", f.path, fn.Name.Name)
			}
		}
	}
}

func TestHouse_rulesArePure(t *testing.T) {
	banned := []string{"context", "net/http", "database/sql", "os", "sojourn/internal/db", "sojourn/internal/web"}
	for _, f := range sources(t) {
		if !strings.HasSuffix(f.name, "rules.go") {
			continue
		}
		for _, b := range banned {
			if f.imported(b) {
				t.Errorf("%s imports %s: rules take values and give values, time included", f.path, b)
			}
		}
	}
}

func TestHouse_facesAndStores(t *testing.T) {
	for _, f := range sources(t) {
		isStore := strings.HasSuffix(f.name, "store.go")
		isFace := strings.Contains(f.name, "pages") && !strings.HasSuffix(f.name, "_templ.go") || f.name == "graph.go"
		if isStore && (f.imported("net/http") || f.imported("sojourn/internal/web")) {
			t.Errorf("%s: a store knows no HTTP", f.path)
		}
		isFace = isFace || slices.Contains(shared, "sojourn/"+f.room)
		if isFace && f.top() != "internal" && (f.imported("database/sql") || f.imported("sojourn/internal/db")) {
			t.Errorf("%s: a face asks the room's verbs, not the database", f.path)
		}
		if strings.HasSuffix(f.name, "_templ.go") {
			for _, i := range f.imports {
				own := i == "sojourn/ui" || i == "sojourn/internal/i18n" || strings.HasPrefix(i, "github.com/a-h/templ")
				noun := i == "sojourn/directory" || i == "sojourn/accounts" || i == "sojourn/policies" || i == "sojourn/internal/smtpsink" || slices.Contains(shared, i)
				if strings.Contains(i, ".") && !own || strings.HasPrefix(i, "sojourn/") && !own && !noun {
					t.Errorf("%s imports %s: a page is written in elements", f.path, i)
				}
			}
		}
	}
}

func TestHouse_oneDriverOneConfig(t *testing.T) {
	drivers := []string{"modernc.org/sqlite", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"}
	for _, f := range sources(t) {
		for _, i := range f.imports {
			for _, d := range drivers {
				if strings.HasPrefix(i, d) && f.room != "internal/db" && f.room != "internal/dbtest" {
					t.Errorf("%s imports %s: only internal/db knows that there are two databases", f.path, i)
				}
			}
			if strings.HasPrefix(i, "go.opentelemetry.io/") && f.room != "internal/trace" && f.room != "internal/tracetest" {
				t.Errorf("%s imports %s: only internal/trace writes spans, so that one place decides what they bear", f.path, i)
			}
			if i == "sojourn/internal/config" && f.top() != "app" && f.top() != "cmd" {
				t.Errorf("%s imports config: only app and cmd read it", f.path)
			}
		}
	}
}

// statusUse finds the status codes of http used outside internal/web: faces may
// say which status a page of theirs has, nobody else.
func TestHouse_statusCodes(t *testing.T) {
	for _, f := range sources(t) {
		face := strings.Contains(f.name, "pages") || f.top() == "app" || f.top() == "internal" || f.top() == "cmd" || f.top() == "ui" || f.top() == "sojourntest" || f.top() == "bench"
		if face {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "http" && strings.HasPrefix(s.Sel.Name, "Status") {
				t.Errorf("%s uses http.%s: rules and verbs speak in faults", f.path, s.Sel.Name)
			}
			return true
		})
	}
}

// Files of a package see each other without imports, so names are checked.
func TestHouse_namesInsideRooms(t *testing.T) {
	byRoom := map[string][]sourceFile{}
	for _, f := range sources(t) {
		byRoom[f.room] = append(byRoom[f.room], f)
	}
	for _, files := range byRoom {
		if top := files[0].top(); !slices.Contains(features, top) && !slices.Contains(nouns, top) {
			continue
		}
		declared := map[string]string{} // name → file
		writers := map[string]bool{}
		for _, f := range files {
			for _, d := range f.tree.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Recv != nil {
					continue
				}
				declared[fn.Name.Name] = f.name
				if strings.HasSuffix(f.name, "store.go") && writes(fn) {
					writers[fn.Name.Name] = true
				}
			}
		}
		for _, f := range files {
			for _, name := range calls(f.tree) {
				from := declared[name]
				if strings.HasSuffix(f.name, "rules.go") && (strings.HasSuffix(from, "store.go") || strings.Contains(from, "pages") || strings.HasSuffix(from, "_templ.go")) {
					t.Errorf("%s uses %s of %s: rules stand alone", f.path, name, from)
				}
				if strings.Contains(f.name, "pages") && writers[name] {
					t.Errorf("%s calls %s, which writes: a face asks a verb", f.path, name)
				}
			}
		}
	}
}

// writes says whether a function of a store holds a statement that changes rows.
func writes(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			for _, verb := range []string{"INSERT ", "UPDATE ", "DELETE "} {
				found = found || strings.Contains(lit.Value, verb)
			}
		}
		return true
	})
	return found
}

func calls(tree *ast.File) []string {
	var out []string
	ast.Inspect(tree, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			if id, ok := c.Fun.(*ast.Ident); ok {
				out = append(out, id.Name)
			}
		}
		return true
	})
	return out
}

// SQL stands in stores, and nowhere a dialect that only one database speaks.
func TestHouse_sqlInStores(t *testing.T) {
	banned := []string{"ILIKE", " LIKE ", "lower(", "upper(", "COLLATE", "::", "ANY($", "FOR UPDATE", "SKIP LOCKED", "GREATEST", "now()", "OFFSET"}
	for _, f := range sources(t) {
		inDB := f.room == "internal/db" || f.room == "internal/dbtest" || f.room == "bench" // bench compares with statements of its own
		ast.Inspect(f.tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING || !isSQL(lit.Value) {
				return true
			}
			if !inDB && !strings.HasSuffix(f.name, "store.go") {
				t.Errorf("%s holds SQL: %.60s", f.path, lit.Value)
			}
			for _, b := range banned {
				if !inDB && strings.Contains(lit.Value, b) {
					t.Errorf("%s: %q is not one text for both databases", f.path, b)
				}
			}
			if strings.Contains(lit.Value, "SELECT *") {
				t.Errorf("%s: columns are listed", f.path)
			}
			return true
		})
	}
}

func isSQL(literal string) bool {
	s := strings.TrimLeft(literal, "`\"\n\t ")
	for _, verb := range []string{"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "} {
		if strings.HasPrefix(s, verb) {
			return true
		}
	}
	return false
}

// The size of files and functions is kept small; templ's output is not ours.
func TestHouse_small(t *testing.T) {
	for _, f := range sources(t) {
		if strings.HasSuffix(f.name, "_templ.go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", f.path))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n > 600 {
			t.Errorf("%s has %d lines: split it by verb", f.path, n)
		}
		for _, word := range []string{"util", "common_", "helper", "service", "manager"} {
			if strings.Contains(f.room, word) {
				t.Errorf("%s: rooms bear the product's words", f.path)
			}
		}
	}
}
