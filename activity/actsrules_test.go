package activity

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sojourn/internal/i18n"
	"sojourn/locales"
)

// Acts that no organization is told of: they have no words.
var outside = []string{"account.create", "account.link", "account.settings", "account.rename", "account.photo", "account.photo_remove", "clock.trust", "key.replace", "key.rotate"}

var inSource = regexp.MustCompile(`\bAct:\s*"([a-z_]+\.[a-z_]+)"`)

// What of the source is a reason for a refusal that the log can hold: the kinds of
// faults of which a refused try is recorded, and what makes them.
var reasonsInSource = []*regexp.Regexp{
	regexp.MustCompile(`fault\.New\(fault\.(?:Forbidden|Conflict|NotFound|TooMany|Gone), "([a-z_]*[a-z])"[,)]`),
	regexp.MustCompile(`\brefusal\(fault\.\w+, "([a-z_]*[a-z])"`),
	regexp.MustCompile(`\bblocked\(\w+, "([a-z_]+)"`),
	regexp.MustCompile(`= words\{code: "([a-z_]+)"`),
	regexp.MustCompile(`(?m)^\tundo\w+ += "([a-z_]+)"`),
}

// Every reason has its words, in every language, and none that are another's act.
func TestReasons_haveWords(t *testing.T) {
	found := map[string]string{"not_found": "", "home_organization": "", "direct_connect": "", "leave_not_allowed": "", "last_administrator": "", "too_many_from_here": "", "tenant_frozen": "", "tenant_closed": ""}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "previews.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, one := range reasonsInSource {
			for _, m := range one.FindAllStringSubmatch(string(text), -1) {
				found[m[1]] = path
			}
		}
		return err
	})
	if err != nil || len(found) < 80 {
		t.Fatalf("%d reasons found, %v", len(found), err)
	}
	for code, path := range reasonsOfEntries(t) {
		found[code] = path
	}
	if _, is := found["reported"]; !is {
		t.Error("the reasons of what was done are not found")
	}
	delete(found, "unknown_host") // nobody acts there
	for code, path := range found {
		if !explained(code) {
			t.Errorf("%s is a reason in %s and has no words: add it to reasons", code, path)
		}
	}
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		for _, code := range reasons {
			if key := "activity.because." + code; words.Get(lang).T(key) == key {
				t.Errorf("%s has no words in %s", code, lang)
			}
		}
	}
}

// reasonsOfEntries are why something is recorded as done: the Reason of an audit.Entry,
// by its path, written there or a constant of its package.
func reasonsOfEntries(t *testing.T) map[string]string {
	found, consts := map[string]string{}, map[string]string{} // of a folder and a name
	var given []func()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		of := filepath.Dir(path) + "."
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, value := range n.Values {
					if text, is := literal(value); is && i < len(n.Names) {
						consts[of+n.Names[i].Name] = text
					}
				}
			case *ast.CompositeLit:
				if reason := reasonOf(n); reason != nil {
					given = append(given, func() {
						code, is := literal(reason)
						if name, named := reason.(*ast.Ident); !is && named {
							code, is = consts[of+name.Name]
						}
						if !is {
							t.Errorf("%s: a reason of an audit.Entry is neither written there nor a constant", path)
						}
						found[code] = path
					})
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range given {
		one()
	}
	return found
}

// reasonOf is the Reason in an audit.Entry, nil where there is none.
func reasonOf(n *ast.CompositeLit) ast.Expr {
	sort, is := n.Type.(*ast.SelectorExpr)
	if !is || sort.Sel.Name != "Entry" {
		return nil
	}
	if from, is := sort.X.(*ast.Ident); !is || from.Name != "audit" {
		return nil
	}
	for _, element := range n.Elts {
		if pair, is := element.(*ast.KeyValueExpr); is {
			if key, is := pair.Key.(*ast.Ident); is && key.Name == "Reason" {
				return pair.Value
			}
		}
	}
	return nil
}

func literal(e ast.Expr) (string, bool) {
	basic, is := e.(*ast.BasicLit)
	if !is || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

// Every act that is recorded has its words, in every language.
func TestActs_haveWords(t *testing.T) {
	recorded := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "previews.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range inSource.FindAllStringSubmatch(string(text), -1) {
			recorded[m[1]] = path
		}
		return err
	})
	if err != nil || len(recorded) < 20 {
		t.Fatalf("%d acts found, %v", len(recorded), err)
	}
	for _, act := range outside {
		delete(recorded, act)
	}
	for act, path := range recorded {
		if !known(act) {
			t.Errorf("%s is recorded in %s and has no words: add it to acts", act, path)
		}
	}
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages() {
		seen := map[string]string{}
		for _, act := range acts {
			text := words.Get(lang).T("activity.act." + act)
			if text == "activity.act."+act {
				t.Errorf("%s has no words in %s", act, lang)
			}
			if other := seen[text]; other != "" {
				t.Errorf("%s: %s and %s are both %q", lang, act, other, text)
			}
			seen[text] = act
		}
	}
}
