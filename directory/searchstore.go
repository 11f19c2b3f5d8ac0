package directory

import (
	"context"

	"sojourn/internal/db"
)

// commonFrom is how many users have a word that is called common: so many are
// looked up and sorted in the time of a page. A word that more have is soon met
// by whoever goes through the list.
const commonFrom = 2000

// plan orders the words of a search, the rarest first, and decides how to look
// for them. A list that is narrowed down by more than a word may be long without
// showing anything, and is not gone through.
func (s search) plan(ctx context.Context, c db.Conn, narrowed bool) (search, error) {
	rarest, users := 0, commonFrom+1
	for i, word := range s.words {
		n, err := usersWith(ctx, c, s.tenantID, word, commonFrom)
		if err != nil {
			return s, err
		}
		if n < users {
			rarest, users = i, n
		}
	}
	if len(s.words) > 0 {
		s.words[0], s.words[rarest] = s.words[rarest], s.words[0]
	}
	s.inOrder = len(s.words) == 1 && users == commonFrom && !narrowed
	return s, nil
}

// usersWith counts the words of a tenant's users that begin with a word, up to most.
func usersWith(ctx context.Context, c db.Conn, tenantID, word string, most int) (int, error) {
	from, to := wordSpan(word)
	return db.Count(ctx, c, `
		SELECT count(*) FROM (SELECT 1 FROM user_words WHERE tenant_id = $1 AND word >= $2 AND word < $3 LIMIT $4) AS few`, tenantID, from, to, most)
}
