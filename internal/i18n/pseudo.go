package i18n

import "strings"

var accents = strings.NewReplacer("a", "á", "e", "é", "i", "í", "o", "ó", "u", "ú", "A", "Á", "E", "É", "O", "Ó", "n", "ñ", "c", "ç")

// pseudo makes the development locale out of English: accented, bracketed and
// a third longer, as a translation would be. Placeholders stay as they are.
func pseudo(english map[string]Forms) map[string]Forms {
	out := make(map[string]Forms, len(english))
	for key, forms := range english {
		out[key] = Forms{}
		for category, text := range forms {
			parts, err := split(text)
			if err != nil {
				out[key][category] = text
				continue
			}
			var b strings.Builder
			b.WriteString("⟦")
			for _, p := range parts {
				if p.Arg != "" {
					b.WriteString("{" + p.Arg + "}")
					continue
				}
				b.WriteString(accents.Replace(p.Text))
			}
			b.WriteString(strings.Repeat("·", len(text)/4))
			b.WriteString("⟧")
			out[key][category] = b.String()
		}
	}
	return out
}
