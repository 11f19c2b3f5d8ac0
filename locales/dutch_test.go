package locales_test

import (
	"strings"
	"testing"
)

// Dutch quotes in one way, and whoever is asked is asked "aan".
func TestDutchIsOfOnePiece(t *testing.T) {
	for key, forms := range read(t)["nl"] {
		for _, text := range forms {
			if strings.ContainsAny(text, `“”„"`) {
				t.Errorf("%s quotes in another way than ‘…’: %s", key, text)
			}
			for _, ask := range []string{"Vraag het ", "vraag het "} {
				if _, whom, found := strings.Cut(text, ask); found && !strings.HasPrefix(whom, "aan ") && !strings.HasPrefix(whom, "dan aan ") && !strings.HasPrefix(whom, "anders aan ") {
					t.Errorf("%s asks without aan: %s", key, text)
				}
			}
		}
	}
}
