package activity

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sojourn/accounts"
	"sojourn/directory/desk"
	"sojourn/internal/audit"
	"sojourn/internal/i18n"
	"sojourn/locales"
	"sojourn/policies"
	"sojourn/ui"
)

// Every detail that is recorded has its words, in every language.
func TestDetails_haveWords(t *testing.T) {
	found := detailsInSource(t)
	for _, name := range []string{"minutes", "once", "method", "way", "tokens", "reason", "mail", "description", "statement", "administrators", "helpdesk", "idle", "added"} {
		if found[name] == "" {
			t.Errorf("%s is not found in the source: this test shows nothing", name)
		}
	}
	for name, path := range found {
		if _, known := detailOf("", name); !known {
			t.Errorf("%s is a detail in %s and has no words: add it to told", name, path)
		}
	}
	for _, m := range policies.Governed {
		if as, known := detailOf("policy.methods", string(m)); !known || as.sort != people {
			t.Errorf("who may use %s has no words", m)
		}
	}
	for lang, l := range languages(t) {
		for _, list := range []map[string]detail{told, others} {
			for name, as := range list {
				if as.label == "" && as.sort != ways && as.sort != within || as.label != "" && !l.Has(as.label) {
					t.Errorf("%s has no words in %s", name, lang)
				}
			}
		}
	}
}

func languages(t *testing.T) map[string]*i18n.Locale {
	t.Helper()
	words, err := i18n.Load(locales.Files, false)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*i18n.Locale{}
	for _, lang := range words.Languages() {
		out[lang] = words.Get(lang)
	}
	return out
}

// detailsInSource are the names of details, with where they were found: in an
// audit.Details, in what says what a name was and is, and in what a policy says of itself.
func detailsInSource(t *testing.T) map[string]string {
	found := map[string]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ofPolicies := strings.HasSuffix(path, "policies/codesrules.go")
		ast.Inspect(file, func(n ast.Node) bool {
			for _, name := range namesOf(n, ofPolicies) {
				found[name] = path
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(found, "organization") // only the person is told
	return found
}

func namesOf(n ast.Node, ofPolicies bool) (out []string) {
	add := func(e ast.Expr) {
		if text, is := literal(e); is {
			out = append(out, text)
		}
	}
	switch n := n.(type) {
	case *ast.CompositeLit:
		if sort, is := n.Type.(*ast.SelectorExpr); !(is && sort.Sel.Name == "Details") && !(ofPolicies && isTexts(n.Type)) {
			return nil
		}
		for _, element := range n.Elts {
			if pair, is := element.(*ast.KeyValueExpr); is {
				add(pair.Key)
			}
		}
	case *ast.CallExpr:
		name, is := n.Fun.(*ast.Ident)
		switch {
		case is && name.Name == "changes":
			for i := 0; i < len(n.Args); i += 3 {
				add(n.Args[i])
			}
		case is && name.Name == "put" && ofPolicies:
			add(n.Args[1])
		}
	}
	return out
}

// isTexts says whether a type is map[string]string.
func isTexts(e ast.Expr) bool {
	m, is := e.(*ast.MapType)
	if !is {
		return false
	}
	value, is := m.Value.(*ast.Ident)
	return is && value.Name == "string"
}

// Every method has its words, and every way to sign in.
func TestProofs_haveWords(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../accounts/factors.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	ast.Inspect(file, func(node ast.Node) bool {
		if spec, is := node.(*ast.ValueSpec); is {
			if kind, is := spec.Type.(*ast.Ident); is && kind.Name == "MethodType" {
				text, _ := literal(spec.Values[0])
				if n++; !slices.Contains(types, accounts.MethodType(text)) {
					t.Errorf("%s has no words: add it to types", text)
				}
			}
		}
		return true
	})
	if n != len(types) {
		t.Errorf("%d methods are found, want %d", n, len(types))
	}
	for _, second := range types {
		if (second.IsSecond() || second == accounts.RecoveryCodes) && !slices.Contains(proofs, "password+"+string(second)) {
			t.Errorf("the password and %s have no words: add them to proofs", second)
		}
	}
	for lang, l := range languages(t) {
		for _, code := range proofs {
			if !l.Has("activity.method." + code) {
				t.Errorf("%s has no words in %s", code, lang)
			}
		}
		for _, one := range types {
			if keys := proofKeys(string(one), ""); len(keys) != 1 || !l.Has(keys[0]) {
				t.Errorf("%s has no words in %s", one, lang)
			}
		}
	}
}

// Whatever has words in the log can be chosen among its acts.
func TestActs_areAll(t *testing.T) {
	messages, err := i18n.Read(locales.Files, "en.json")
	if err != nil {
		t.Fatal(err)
	}
	for key := range messages {
		if act, is := strings.CutPrefix(key, "activity.act."); is && !known(act) {
			t.Errorf("%s has words and is not among the acts", act)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// said is a line's details as one reads them.
func said(t *testing.T, lang string, l Line) string {
	t.Helper()
	s := &ui.Shell{Locale: languages(t)[lang]}
	var out []string
	list := l.told(s, desk.Desk{})
	if with := l.other(s, desk.Desk{}); with != nil {
		list = append(list, with)
	}
	for _, c := range list {
		var b bytes.Buffer
		if err := c.Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		out = append(out, html.UnescapeString(tags.ReplaceAllString(b.String(), "")))
	}
	return strings.Join(out, "; ")
}

func TestTold(t *testing.T) {
	group := map[string]Thing{"g1": {ID: "g1", Name: "All staff", Kind: "group"}}
	for _, c := range []struct {
		line   Line
		en, nl string
	}{
		{Line{Act: "pass.give", Values: audit.Details{"minutes": "60", "once": "true"}}, "Good for: 60 minutes; Can be used: once", "Geldig: 60 minuten; Te gebruiken: één keer"},
		{Line{Act: "pass.give", Values: audit.Details{"minutes": "1", "once": "false"}, With: Thing{ID: "x"}}, "Good for: 1 minute; Can be used: more than once", "Geldig: 1 minuut; Te gebruiken: meer dan één keer"},
		{Line{Act: "method.add", Values: audit.Details{"method": "questions"}}, "Security questions", "Beveiligingsvragen"},
		{Line{Act: "session.start", Values: audit.Details{"method": "password+phone", "way": "text"}}, "Password and code by text message", "Wachtwoord en code per sms"},
		{Line{Act: "session.start", Values: audit.Details{"method": "pass"}}, "Temporary access pass", "Tijdelijke toegangspas"},
		{Line{Act: "session.start", Values: audit.Details{"method": "password+something"}}, "password+something", "password+something"},
		{Line{Act: "user.create", Values: audit.Details{"name": "Jo → Jan", "principal": "jo@contoso.example"}}, "Name: Jo → Jan; Sign-in name: jo@contoso.example", "Naam: Jo → Jan; Aanmeldnaam: jo@contoso.example"},
		{Line{Act: "user.rename", Values: audit.Details{"name": "Jo → Jan", "mail": "– → jo@post.example"}}, "Mail address: from nothing to jo@post.example; Name: from Jo to Jan", "E-mailadres: van niets naar jo@post.example; Naam: van Jo naar Jan"},
		{Line{Act: "tenant.properties", Values: audit.Details{"name": "Contoso → Contoso", "privacy": " → p@contoso.example", "technical": " → "}}, "Privacy contact: from nothing to p@contoso.example", "Contact voor privacy: van niets naar p@contoso.example"},
		{Line{Act: "user.hold", Values: audit.Details{"reason": "case 7 → court"}}, "Why: case 7 → court", "Waarom: case 7 → court"},
		{Line{Act: "policy.second", Values: audit.Details{"members": "none → group g1 except g2", "trust": "yes → no"}, groups: group, With: group["g1"]},
			"Required of: from nobody to members of All staff, except members of a group that was deleted; Trust the second step of a guest’s home organization: from yes to no",
			"Verplicht voor: van niemand naar leden van All staff, behalve leden van een groep die is verwijderd; De tweede stap van de thuisorganisatie van een gast vertrouwen: van ja naar nee"},
		{Line{Act: "policy.methods", Values: audit.Details{"questions": "all → none"}}, "Security questions: from everybody to nobody", "Beveiligingsvragen: van iedereen naar niemand"},
		{Line{Act: "policy.reset", Values: audit.Details{"administrators": "yes → no", "methods": "authenticator email → email", "reconfirm": "180 → 1"}},
			"Tell administrators of a reset of one of them: from yes to no; Methods available: from Authenticator app, Email to Email; Confirm again after: from 180 days to 1 day",
			"Beheerders laten weten van herstel bij een van hen: van ja naar nee; Beschikbare methoden: van Authenticator-app, E-mail naar E-mail; Opnieuw bevestigen na: van 180 dagen naar 1 dag"},
		{Line{Act: "policy.sessions", Values: audit.Details{"idle": "8h0m0s → 15m0s", "lasts": "24h0m0s → 1h0m0s"}}, "Ends without use after: from 8 hours to 15 minutes; Ends at most after: from 24 hours to 1 hour", "Eindigt zonder gebruik na: van 8 uur naar 15 minuten; Eindigt hoogstens na: van 24 uur naar 1 uur"},
		{Line{Act: "policy.passwords", Values: audit.Details{"words": "1 → 2", "added": "contoso"}}, "Added: contoso; Number of words: from 1 to 2", "Toegevoegd: contoso; Aantal woorden: van 1 naar 2"},
		{Line{Act: "setting.experience", With: Thing{ID: "none"}}, "For: nobody", "Voor: niemand"},
		{Line{Act: "setting.experience", With: group["g1"]}, "All staff", "All staff"},
		{Line{Act: "setting.external_user_leave", With: Thing{ID: "no"}}, "Guests may leave by themselves: no", "Gasten mogen zelf vertrekken: nee"},
		{Line{Act: "setting.undo_days", With: Thing{ID: "7"}}, "Leaving can be undone within: 7 days", "Vertrek ongedaan te maken binnen: 7 dagen"},
		{Line{Act: "link.create", With: Thing{ID: "5b1f6f0e-93a2-4c57-9d7e-0123456789ab"}}, "", ""},
		{Line{Act: "something.new", Values: audit.Details{"unheard": "of"}}, "unheard: of", "unheard: of"},
	} {
		for lang, want := range map[string]string{"en": c.en, "nl": c.nl} {
			if got := said(t, lang, c.line); got != want {
				t.Errorf("%s, %s:\n%s\nwant\n%s", c.line.Act, lang, got, want)
			}
		}
	}
}
