package undelivered

import (
	"fmt"
	"time"

	"sojourn/directory/desk"
	"sojourn/internal/outbox"
	"sojourn/ui"
)

// Previews are the states of the pages of the room, with made-up data.
func Previews(s *ui.Shell) []ui.Preview {
	m := desk.MadeUp(s)
	full := listData{Desk: m.All, After: "x", Next: "y"}
	for i, one := range []struct {
		channel    outbox.Channel
		to, class  string
		tries      int
		user       *Recipient
		mayBeAgain bool
	}{
		{outbox.ByMail, "chidi@relecloud.example", "smtp 550", 1, &Recipient{ID: "1", Name: "Chidi Okonkwo"}, true},
		{outbox.ByText, "+31612345642", "twilio 21614", 1, &Recipient{ID: "2", Name: desk.LongName}, true},
		{outbox.ByText, "+447400123456", "expired", 4, &Recipient{ID: "3", Name: "佐藤 健"}, false},
		{outbox.ByVoice, "+14258828080", "http 404", 1, &Recipient{ID: "4", Name: "Olu Adeyemi", Deleted: true}, true},
		{outbox.ByMail, "", "timeout", 12, nil, true},
		{outbox.ByMail, desk.LongAddress, "smtp 452", 12, &Recipient{ID: "5", Name: "Lena Fischer"}, true},
		{outbox.ByText, "+31612345643", "twilio 21610", 1, &Recipient{ID: "6", Name: "Noor Haddad"}, true},
		{outbox.ByMail, "nobody", "address", 1, &Recipient{ID: "7", Name: "Nobody"}, true},
		{outbox.ByMail, "ann@fabrikam.example", "died trying", 13, &Recipient{ID: "8", Name: "Ann Lee"}, true},
	} {
		full.Messages = append(full.Messages, Message{User: one.user, Undelivered: outbox.Undelivered{
			ID: fmt.Sprint(i), Channel: one.channel, To: one.to, Reason: one.class, Tries: one.tries, Again: one.mayBeAgain,
			GivenUpAt: m.Shell.Now.Add(-time.Duration(i) * 7 * time.Hour),
		}})
	}
	frozen := full
	frozen.Desk, frozen.After, frozen.Next = m.Reader(), "", ""
	return []ui.Preview{
		{Name: "list full", Page: listPage(m.Shell, full)},
		{Name: "list, closed organization", Page: listPage(m.Shell, frozen)},
		{Name: "list empty", Page: listPage(m.Shell, listData{Desk: m.All})},
	}
}
