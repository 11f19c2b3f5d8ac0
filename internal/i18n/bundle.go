package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Pseudo is the right-to-left development locale: English letters accented
// and bracketed, so that clipped, untranslated or mirrored text shows at once.
const Pseudo = "ar-XB"

// Bundle holds every shipped language. The first one is the fallback.
type Bundle struct {
	locales []*Locale
	byLang  map[string]*Locale
	matcher language.Matcher
}

// message is one entry of a language file, already cut into parts.
type message struct {
	forms map[plural.Form][]Part // plural.Other always present
	other []Part
}

// Part is a literal piece of a message or, where Arg is set, a placeholder.
type Part struct {
	Text string
	Arg  string
}

// Load reads every *.json in dir. English is the fallback and must be there.
// withPseudo adds the development locale, made from English.
func Load(files fs.FS, withPseudo bool) (*Bundle, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	sort.Slice(names, func(i, j int) bool { return names[i] == "en.json" || names[j] != "en.json" && names[i] < names[j] })
	b := &Bundle{byLang: map[string]*Locale{}}
	for _, name := range names {
		raw, err := Read(files, name)
		if err != nil {
			return nil, err
		}
		if err := b.add(strings.TrimSuffix(path.Base(name), ".json"), raw); err != nil {
			return nil, err
		}
		if name == "en.json" && withPseudo {
			if err := b.add(Pseudo, pseudo(raw)); err != nil {
				return nil, err
			}
		}
	}
	if len(b.locales) == 0 || b.locales[0].Lang() != "en" {
		return nil, fmt.Errorf("i18n: en.json is missing")
	}
	tags := make([]language.Tag, len(b.locales))
	for i, l := range b.locales {
		tags[i] = l.tag
	}
	b.matcher = language.NewMatcher(tags)
	return b, nil
}

// Forms are the plural forms of one message as its file has them; a message
// without plurals has only "other".
type Forms map[string]string

// Read parses one language file into its messages.
func Read(files fs.FS, name string) (map[string]Forms, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", name, err)
	}
	out := make(map[string]Forms, len(raw))
	for key, v := range raw {
		var s string
		if json.Unmarshal(v, &s) == nil {
			out[key] = Forms{"other": s}
			continue
		}
		var forms Forms
		if err := json.Unmarshal(v, &forms); err != nil {
			return nil, fmt.Errorf("i18n: %s: %s: neither a text nor plural forms", name, key)
		}
		out[key] = forms
	}
	return out, nil
}

var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

func (b *Bundle) add(lang string, raw map[string]Forms) error {
	tag, err := language.Parse(lang)
	if err != nil {
		return fmt.Errorf("i18n: %s: %w", lang, err)
	}
	l := newLocale(tag, lang, len(raw))
	for key, forms := range raw {
		m := &message{forms: map[plural.Form][]Part{}}
		for category, text := range forms {
			form, known := categories[category]
			if !known {
				return fmt.Errorf("i18n: %s: %s: no plural category %q", lang, key, category)
			}
			parts, err := split(text)
			if err != nil {
				return fmt.Errorf("i18n: %s: %s: %w", lang, key, err)
			}
			m.forms[form] = parts
		}
		if m.other = m.forms[plural.Other]; m.other == nil {
			return fmt.Errorf("i18n: %s: %s: the form \"other\" is missing", lang, key)
		}
		l.messages[key] = m
	}
	b.locales = append(b.locales, l)
	b.byLang[lang] = l
	return nil
}

// split cuts "Leave {org}?" into literal and placeholder parts.
func split(text string) ([]Part, error) {
	parts := []Part{}
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return append(parts, Part{Text: text}), nil
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 2 {
			return nil, fmt.Errorf("unclosed or empty placeholder in %q", text)
		}
		if open > 0 {
			parts = append(parts, Part{Text: text[:open]})
		}
		parts = append(parts, Part{Arg: text[open+1 : open+end]})
		text = text[open+end+1:]
	}
	return parts, nil
}

// Unsent marks the variant of a message that is true as long as no mail goes out.
const Unsent = ".unsent"

// WithoutMail makes every message that has a variant for it say that mails wait.
func (b *Bundle) WithoutMail() {
	for _, l := range b.locales {
		for key, m := range l.messages {
			if of, is := strings.CutSuffix(key, Unsent); is {
				l.messages[of] = m
			}
		}
	}
}

// Locales lists the shipped languages, the fallback first.
func (b *Bundle) Locales() []*Locale { return b.locales }

// Languages are the tags of the languages that people choose from: the pseudo
// language is for developers, who know its name.
func (b *Bundle) Languages() []string {
	var out []string
	for _, l := range b.locales {
		if l.lang != Pseudo {
			out = append(out, l.lang)
		}
	}
	return out
}

// Get returns the language if it is shipped, else nil.
func (b *Bundle) Get(lang string) *Locale { return b.byLang[lang] }

// Default is the language of people of whom nothing is known.
func (b *Bundle) Default() *Locale { return b.locales[0] }

// Match picks the best shipped language: the first of wishes that names one
// exactly (a kept choice, "?lng="), else what the Accept-Language header asks.
// The pseudo locale is never matched by a header.
func (b *Bundle) Match(acceptLanguage string, wishes ...string) *Locale {
	for _, w := range wishes {
		if l := b.byLang[w]; l != nil {
			return l
		}
		if w == "" {
			continue
		}
		if tag, err := language.Parse(w); err == nil {
			if l := b.match(tag); l != nil {
				return l
			}
		}
	}
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err == nil && len(tags) > 0 {
		if l := b.match(tags...); l != nil {
			return l
		}
	}
	return b.Default()
}

func (b *Bundle) match(tags ...language.Tag) *Locale {
	_, i, confidence := b.matcher.Match(tags...)
	if confidence == language.No || b.locales[i].lang == Pseudo {
		return nil
	}
	return b.locales[i]
}
