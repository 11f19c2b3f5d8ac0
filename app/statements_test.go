package app_test

import (
	"context"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
)

// Every statement of every store is one text that both databases understand.
func TestStatements(t *testing.T) {
	statements := statementsOf(t)
	if len(statements) < 100 {
		t.Fatalf("only %d statements found: the search is broken", len(statements))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for text, where := range statements {
			stmt, err := d.Raw().PrepareContext(context.Background(), text)
			if err != nil {
				t.Errorf("%s: %v\n%s", where, err, text)
				continue
			}
			stmt.Close()
		}
	})
}

// statementsOf finds the constant SQL texts of all stores. A text that is put
// together with a Where at run time is prepared by the tests of its list.
func statementsOf(t *testing.T) map[string]string {
	out := map[string]string{}
	byRoom := map[string]map[string]ast.Expr{} // constants of a room
	files := sources(t)
	for _, f := range files {
		if byRoom[f.room] == nil {
			byRoom[f.room] = map[string]ast.Expr{}
		}
		for _, d := range f.tree.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				for i, name := range s.(*ast.ValueSpec).Names {
					if values := s.(*ast.ValueSpec).Values; i < len(values) {
						byRoom[f.room][name.Name] = values[i]
					}
				}
			}
		}
	}
	for _, f := range files {
		if !strings.HasSuffix(f.name, "store.go") {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			if text, whole := constant(e, byRoom[f.room]); whole && isSQL(text) {
				out[text] = f.path
				return false
			}
			if _, isBinary := e.(*ast.BinaryExpr); isBinary {
				return false // put together at run time
			}
			return true
		})
	}
	return out
}

// constant evaluates a string made of literals and the room's constants.
func constant(e ast.Expr, known map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.Ident:
		if v, ok := known[e.Name]; ok {
			return constant(v, known)
		}
	case *ast.BinaryExpr:
		left, ok := constant(e.X, known)
		right, also := constant(e.Y, known)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}
