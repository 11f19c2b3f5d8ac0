package directory

import (
	"strings"

	"sojourn/accounts"
	"sojourn/internal/db"
)

// mostWords is how many words of a query are looked for: more than a name has
// narrow nothing.
const mostWords = 5

// search is how the users are found that a query asks for: every word of it must
// begin a word of the user.
type search struct {
	tenantID string
	words    []string
	few      bool // something else leads to few users
}

// searched reads a query. An address is looked for as a whole.
func searched(tenantID, query string) search {
	folded := accounts.Fold(query)
	words := split(folded)
	if strings.ContainsRune(folded, '@') {
		words = []string{folded}
	}
	return search{tenantID: tenantID, words: words[:min(len(words), mostWords)]}
}

// within adds the conditions: the tenant, and the words. Users are looked up by the
// words. The databases would rather go through the whole tenant in the order of the
// list and ask each user for them: apart keeps them from it.
func (s search) within(w *db.Where) {
	if s.few || len(s.words) > 0 {
		w.And(apart, s.tenantID)
	} else {
		w.And(`u.tenant_id = $?`, s.tenantID)
	}
	for _, word := range s.words {
		from, to := span(string(wordKey(word)))
		w.And(`u.id IN (SELECT w.user_id FROM user_words w WHERE w.tenant_id = $? AND w.word >= $? AND w.word < $?)`, s.tenantID, from, to)
	}
}

// apart says which tenant without offering its lists to go through.
const apart = `(u.tenant_id || '') = $?`

// span is the range of keys that begin with a prefix.
func span(prefix string) (from, to []byte) {
	return []byte(prefix), append([]byte(prefix), 0xff)
}
