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
	inOrder  bool // the list is gone through by name, each user asked for the words
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

// within adds the conditions: the tenant, and the words. Where few users have the
// first word, they are looked up by it. The databases would rather go through
// the whole tenant in the order of the list; an expression in the place of the
// column keeps them from it.
func (s search) within(w *db.Where) {
	words := s.words
	switch {
	case s.few:
		w.And(apart, s.tenantID)
	case s.inOrder || len(words) == 0:
		w.And(`u.tenant_id = $?`, s.tenantID)
	default:
		w.And(apart, s.tenantID)
		from, to := wordSpan(words[0])
		w.And(`u.id IN (SELECT w.user_id FROM user_words w WHERE w.tenant_id = $? AND w.word >= $? AND w.word < $?)`, s.tenantID, from, to)
		words = words[1:]
	}
	for _, word := range words {
		from, to := wordSpan(word)
		w.And(`EXISTS (SELECT 1 FROM user_words w WHERE w.user_id = u.id AND w.word >= $? AND w.word < $?)`, from, to)
	}
}

// apart says which tenant without offering its lists to go through.
const apart = `(u.tenant_id || '') = $?`

// span is the range of keys that begin with a prefix.
func span(prefix string) (from, to []byte) {
	return []byte(prefix), append([]byte(prefix), 0xff)
}

func wordSpan(word string) (from, to []byte) { return span(string(wordKey(word))) }
