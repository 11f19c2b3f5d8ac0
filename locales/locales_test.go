package locales_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"sojourn/internal/i18n"
	"sojourn/locales"
)

func read(t *testing.T) map[string]map[string]i18n.Forms {
	t.Helper()
	names, err := fs.Glob(locales.Files, "*.json")
	if err != nil || len(names) < 2 {
		t.Fatalf("language files: %v, %v", names, err)
	}
	out := map[string]map[string]i18n.Forms{}
	for _, name := range names {
		messages, err := i18n.Read(locales.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(name, ".json")] = messages
	}
	return out
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

func TestEveryLanguageSaysTheSame(t *testing.T) {
	all := read(t)
	english := all["en"]
	for lang, messages := range all {
		for key := range messages {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: %s is not in English", lang, key)
			}
		}
		for key, forms := range english {
			theirs, ok := messages[key]
			if !ok {
				t.Errorf("%s: %s is missing", lang, key)
				continue
			}
			if len(forms) > 1 {
				for _, category := range []string{"one", "other"} {
					if theirs[category] == "" {
						t.Errorf("%s: %s lacks the plural form %q", lang, key, category)
					}
				}
			}
			if got, want := placeholders(theirs["other"]), placeholders(forms["other"]); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the placeholders %v, English has %v", lang, key, got, want)
			}
			for _, text := range theirs {
				if strings.TrimSpace(text) != text || text == "" {
					t.Errorf("%s: %s is empty or has spaces around: %q", lang, key, text)
				}
			}
		}
	}
}

func placeholders(text string) []string {
	list := placeholder.FindAllString(text, -1)
	sort.Strings(list)
	return slices.Compact(list)
}

// A translation that is the same as English is listed here: everything else has
// been forgotten.
var sameWords = regexp.MustCompile(`^[^a-zA-Z]*$|^(\{[^}]*\}[ ·,:]*)+$`)

func TestDutchIsDutch(t *testing.T) {
	all := read(t)
	same := map[string]bool{}
	for _, word := range []string{"English", "Nederlands", "Account", "Contact", "Contact: {address}", "Privacy", "Sojourn", "Filter", "Menu", "Type", "Status", "Code", "Code: {code}", "OK", "Website"} {
		same[word] = true
	}
	for key, forms := range all["nl"] {
		for category, text := range forms {
			if text == all["en"][key][category] && !same[text] && !sameWords.MatchString(text) {
				t.Errorf("nl: %s is English: %q", key, text)
			}
		}
	}
}

// destructive holds, for every language, the verb that each kind of destructive
// message must have and the words that would turn it into its opposite. It is
// about the words on buttons, titles and pills: a leave button that says "keep"
// must be impossible.
var destructive = map[string]map[string]struct {
	verb      *regexp.Regexp
	opposites *regexp.Regexp
}{
	"en": {
		"leave":   {regexp.MustCompile(`(?i)\bleav(e|ing)\b|\bleft\b`), regexp.MustCompile(`(?i)\b(keep|join|stay|accept)\b`)},
		"delete":  {regexp.MustCompile(`(?i)\bdelet(e|ed|ing|ion)\b`), regexp.MustCompile(`(?i)\b(keep|restore|save|enable)\b`)},
		"erase":   {regexp.MustCompile(`(?i)\bdelet(e|ed|ing) .*permanently\b|\bdelete permanently\b`), regexp.MustCompile(`(?i)\b(keep|restore|disable|temporarily)\b`)},
		"restore": {regexp.MustCompile(`(?i)\brestor(e|ed|ing)\b`), regexp.MustCompile(`(?i)\b(delete|remove|erase)\b`)},
		"disable": {regexp.MustCompile(`(?i)\bdisabl(e|ed|ing)\b`), regexp.MustCompile(`(?i)\b(enable|delete|keep)\b`)},
		"enable":  {regexp.MustCompile(`(?i)\benabl(e|ed|ing)\b`), regexp.MustCompile(`(?i)\b(disable|delete)\b`)},
		"decline": {regexp.MustCompile(`(?i)\bdeclin(e|ed|ing)\b`), regexp.MustCompile(`(?i)\b(accept|keep)\b`)},
		"close":   {regexp.MustCompile(`(?i)\bclos(e|ed|ing)\b`), regexp.MustCompile(`(?i)\b(open|keep|delete)\b`)},
		"undo":    {regexp.MustCompile(`(?i)\bundo\b`), regexp.MustCompile(`(?i)\b(delete|keep)\b`)},
		"block":   {regexp.MustCompile(`(?i)\bblock(ed)?\b`), regexp.MustCompile(`(?i)\b(unblock|allow|accept)\b`)},
		"accept":  {regexp.MustCompile(`(?i)\baccept(ed|ing)?\b`), regexp.MustCompile(`(?i)\b(decline|refuse)\b`)},
	},
	"nl": {
		"leave":   {regexp.MustCompile(`(?i)verlaten|verlaat|vertrek|vertrokken`), regexp.MustCompile(`(?i)houden|bewaren|blijven|deelnemen|accepteren`)},
		"delete":  {regexp.MustCompile(`(?i)verwijder`), regexp.MustCompile(`(?i)houden|bewaren|herstellen|inschakelen`)},
		"erase":   {regexp.MustCompile(`(?i)definitief .*verwijder`), regexp.MustCompile(`(?i)houden|bewaren|herstellen|uitschakelen|tijdelijk`)},
		"restore": {regexp.MustCompile(`(?i)herstel`), regexp.MustCompile(`(?i)verwijderen|wissen`)},
		"disable": {regexp.MustCompile(`(?i)uit(ge)?schakel|schakel.* uit`), regexp.MustCompile(`(?i)inschakelen|verwijder|houden`)},
		"enable":  {regexp.MustCompile(`(?i)in(ge)?schakel`), regexp.MustCompile(`(?i)uitschakelen|verwijder`)},
		"decline": {regexp.MustCompile(`(?i)weiger|geweigerd|afgewezen|afwijzen`), regexp.MustCompile(`(?i)accepteren|houden`)},
		"close":   {regexp.MustCompile(`(?i)sluit`), regexp.MustCompile(`(?i)openen|houden|verwijder`)},
		"undo":    {regexp.MustCompile(`(?i)ongedaan (te )?maken`), regexp.MustCompile(`(?i)verwijder|houden|bevestig`)},
		"block":   {regexp.MustCompile(`(?i)blokkeren|geblokkeerd`), regexp.MustCompile(`(?i)deblokkeren|toelaten|accepteren`)},
		"accept":  {regexp.MustCompile(`(?i)accept|geaccepteerd`), regexp.MustCompile(`(?i)weigeren|afwijzen`)},
	},
}

// acts are the keys of destructive words. A key that looks like one and is not
// listed fails below.
var acts = map[string]string{
	"organizations.list.leave":                 "leave",
	"organizations.leave.title":                "leave",
	"organizations.leave.submit":               "leave",
	"organizations.refused.title":              "leave",
	"organizations.receipt.left":               "leave",
	"organizations.receipt.youLeft":            "leave",
	"organizations.receipt.title":              "leave",
	"organizations.receipts.title":             "leave",
	"organizations.receipts.left":              "leave",
	"organizations.mail.subject":               "leave",
	"organizations.mail.footer":                "leave",
	"organizations.list.accept":                "accept",
	"organizations.list.decline":               "decline",
	"requests.case.decline":                    "decline",
	"requests.decline.title":                   "decline",
	"requests.decline.submit":                  "decline",
	"requests.state.declined":                  "decline",
	"securityinfo.usermethods.delete.link":     "delete",
	"securityinfo.usermethods.delete.title":    "delete",
	"securityinfo.usermethods.delete.button":   "delete",
	"organizations.list.leaveSelected":         "leave",
	"organizations.several.title":              "leave",
	"organizations.several.submit":             "leave",
	"organizations.left.left":                  "leave",
	"organizations.successor.title":            "leave",
	"organizations.successor.submit":           "leave",
	"organizations.unrecognized.leave":         "leave",
	"organizations.unrecognized.decline":       "decline",
	"organizations.unrecognized.block":         "block",
	"organizations.blocked.title":              "block",
	"organizations.receipt.undo":               "undo",
	"organizations.undo.title":                 "undo",
	"organizations.undo.submit":                "undo",
	"organizations.refused.close":              "close",
	"organizations.close.title":                "close",
	"organizations.close.submit":               "close",
	"directory.closing.title":                  "close",
	"directory.closing.button":                 "close",
	"organizations.state.disabled":             "disable",
	"organizations.list.disabledOn":            "disable",
	"myaccount.dock.disabled":                  "disable",
	"directory.mail.deleted.subject":           "delete",
	"directory.mail.restored.subject":          "restore",
	"directory.mail.gone.subject":              "erase",
	"directory.mail.erased":                    "erase",
	"directory.delete.button":                  "delete",
	"directory.delete.title":                   "delete",
	"directory.delete.done":                    "delete",
	"directory.group.delete.button":            "delete",
	"directory.group.delete.title":             "delete",
	"directory.erase.button":                   "erase",
	"directory.erase.title":                    "erase",
	"directory.erase.titleMany":                "erase",
	"directory.erase.done":                     "erase",
	"directory.disable.button":                 "disable",
	"directory.enable.button":                  "enable",
	"directory.restore.button":                 "restore",
	"securityinfo.method.delete":               "delete",
	"securityinfo.pass.delete.title":           "delete",
	"securityinfo.pass.delete.button":          "delete",
	"securityinfo.token.delete.title":          "delete",
	"securityinfo.inventory.delete":            "delete",
	"signin.removal.button":                    "delete",
	"signin.removal.head":                      "delete",
	"securityinfo.bound.delete.title":          "delete",
	"securityinfo.bound.delete.button":         "delete",
	"securityinfo.inventory.delete.title":      "delete",
	"securityinfo.authenticator.delete.title":  "delete",
	"securityinfo.authenticator.delete.button": "delete",
	"securityinfo.passkeys.new.delete.title":   "delete",
	"securityinfo.passkeys.new.delete.button":  "delete",
	"securityinfo.passkeys.key.delete.title":   "delete",
	"securityinfo.passkeys.key.delete.button":  "delete",
	"securityinfo.email.delete.title":          "delete",
	"securityinfo.questions.delete.title":      "delete",
	"securityinfo.questions.delete.link":       "delete",
	"securityinfo.phones.delete.title":         "delete",
	"securityinfo.codes.delete.title":          "delete",
	"securityinfo.codes.delete.button":         "delete",
}

func TestDestructiveWordsMeanWhatTheySay(t *testing.T) {
	all := read(t)
	for lang, messages := range all {
		table, ok := destructive[lang]
		if !ok {
			t.Fatalf("%s has no table of destructive words", lang)
		}
		for key, act := range acts {
			forms, ok := messages[key]
			if !ok {
				t.Errorf("%s: %s is gone; correct the table", lang, key)
				continue
			}
			for _, text := range forms {
				if !table[act].verb.MatchString(text) {
					t.Errorf("%s: %s must say %q: %q", lang, key, act, text)
				}
				if table[act].opposites.MatchString(text) {
					t.Errorf("%s: %s says the opposite of %q: %q", lang, key, act, text)
				}
			}
		}
	}
}

// A short message that has one of these verbs in English is a destructive word
// and must stand in the table.
func TestDestructiveWordsAreListed(t *testing.T) {
	button := regexp.MustCompile(`(?i)^(leave|delete|erase|disable|decline)\b`)
	for key, forms := range read(t)["en"] {
		text := forms["other"]
		if button.MatchString(text) && len(text) < 60 && !strings.HasSuffix(text, ".") && acts[key] == "" {
			t.Errorf("%s (%q) is a destructive word that no table checks", key, text)
		}
	}
}

// The word that once stood on a Dutch leave button. It has no place in this file.
func TestDutchNeverKeeps(t *testing.T) {
	text, err := fs.ReadFile(locales.Files, "nl.json")
	if err != nil {
		t.Fatal(err)
	}
	if regexp.MustCompile(`(?i)behoud`).Match(text) {
		t.Error(`nl.json has the word "behouden"`)
	}
}

var inCode = regexp.MustCompile(`"([a-z][a-zA-Z]*(?:\.[a-zA-Z_0-9-]+)+"|[a-z][a-zA-Z]*(?:\.[a-zA-Z_0-9-]+)*\.?"\s*\+)`)

// Every message is used, and every key used exists.
func TestKeysAreUsed(t *testing.T) {
	english := read(t)["en"]
	used, prefixes := map[string]bool{}, []string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "tools") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".templ") && !(strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go")) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range inCode.FindAllStringSubmatch(string(text), -1) {
			key, rest, _ := strings.Cut(m[1], `"`)
			if strings.Contains(rest, "+") || strings.HasSuffix(key, ".") {
				prefixes = append(prefixes, key)
			} else {
				used[key] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for key := range english {
		key = strings.TrimSuffix(key, i18n.Unsent)
		if !used[key] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("%s is used nowhere", key)
		}
	}
	rooms := map[string]bool{}
	for key := range english {
		room, _, _ := strings.Cut(key, ".")
		rooms[room] = true
	}
	for key := range used {
		room, rest, _ := strings.Cut(key, ".")
		if _, ok := english[key]; !ok && rooms[room] && strings.Contains(rest, ".") {
			t.Errorf("%s is used and has no words", key)
		}
	}
}

// claims are what the portal may only say when mails go out.
var claims = regexp.MustCompile(`(?i)by mail|\bmailed\b|\b(was|is|were|been) (also )?(sent|told)\b|\bsent (again )?to\b|\bon its way\b|\bgets? a mail\b|\b(link|invitation) sent\b|administrators told`)

// noClaims use such words for something else.
var noClaims = []string{
	"app.problem.code.mail_capped", "directory.create.mail.missing", "directory.edit.lead.invited", "directory.edit.mail.invited", "directory.properties.privacy.hint",
	"guests.add.here", "requests.refused.many.title",
	"securityinfo.questions.q.shop",
	// only shown where they are sent
	"securityinfo.email.code.lead", "securityinfo.reset.email.sent", "securityinfo.reset.text.sent", "securityinfo.reset.sent.again",
}

// Without a mail server nothing claims that a mail was sent: each such message
// has a variant that is true then.
func TestClaimsOfMail(t *testing.T) {
	english := read(t)["en"]
	for key, forms := range english {
		if strings.Contains(key, ".mail.") && !strings.HasPrefix(key, "directory.create.") || strings.HasPrefix(key, "demo.") || strings.HasPrefix(key, "activity.act.") ||
			strings.HasSuffix(key, i18n.Unsent) || slices.Contains(noClaims, key) {
			continue
		}
		if _, ok := english[key+i18n.Unsent]; claims.MatchString(forms["other"]) && !ok {
			t.Errorf("%s claims a mail, and there is no %s%s: %q", key, key, i18n.Unsent, forms["other"])
		}
	}
	for key := range english {
		if of, is := strings.CutSuffix(key, i18n.Unsent); is && english[of] == nil {
			t.Errorf("%s is the variant of nothing", key)
		}
	}
}
