package deletedusers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sojourn/sojourntest"
)

func TestDeleted_restorePart(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso+"deleted-users").Has("Chidi Okonkwo", "Left by choice", "1 day", "Deleted by Sam Rivera", "Legal hold", "All 6", "3 days left or less 2", "On legal hold 1")
		b.Get(contoso + "deleted-users?view=soon").Has("Lena Fischer").HasNot("Olu Adeyemi")
		b.Get(contoso + "deleted-users?view=held").Has("Aiko Tanaka").HasNot("Lena Fischer")
		b.Get(contoso + "deleted-users?by=administrator&kind=member").Has("Olu Adeyemi").HasNot("Lena Fischer")
		result := list.Submit("Restore Lena Fischer", nil).Is(http.StatusOK).
			Has("Lena Fischer is back", "Harbour project", "Guest Inviter", "Winter campaign", "The group was deleted meanwhile.", "Could not come back 1")
		b.Get(result.Path).Is(http.StatusOK).Has("Lena Fischer is back")
		if len(p.Mails("lena.fischer@fabrikam.example")) == 0 {
			t.Error("nobody told Lena")
		}
		b.Get(contoso + "deleted-users").HasNot("Lena Fischer")
		b.Post(contoso+"deleted-users/restore", with(b.Token(), "u", p.User("lena.fischer@fabrikam.example", "contoso.example").ID)).
			Is(http.StatusConflict).Has("Lena Fischer is not deleted")
	})
}

func TestDeleted_restoreSeveral(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso + "deleted-users")
		list.Submit("Restore user", nil).Has("Nobody was selected, so nothing was changed.")
		both := picked(list, "Chidi Okonkwo", "Lena Fischer")
		page := list.Submit("Restore user", both).Is(http.StatusOK).Has("2 users restored", "Everything came back", "Not everything came back")
		b.Get(page.Path).Has("2 users restored")
		again := list.Submit("Restore user", both).Is(http.StatusOK).Has("0 users restored", "Not restored 2", "Is not deleted (any more).")
		b.Get(again.Path).Has("Not restored 2")
	})
}

// What is foreseen is what comes, and looking changes nothing.
func TestDeleted_preview(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		b := p.SignIn(sam)
		list := b.Get(contoso + "deleted-users")
		some := picked(list, "Chidi Okonkwo", "Lena Fischer")
		preview := list.Submit("See what comes back", some).Is(http.StatusOK)
		preview.Has("What restoring 2 users gives", "Nothing has happened yet.", "Lena Fischer", "Not everything comes back", "Winter campaign", "The group was deleted meanwhile.",
			"Guest Inviter", "Chidi Okonkwo", "Everything comes back", "Harbour project")
		b.Get(contoso+"deleted-users").Has("Lena Fischer", "Chidi Okonkwo")
		done := preview.Submit("Restore user", nil).Is(http.StatusOK).Has("2 users restored", "Download as CSV")
		table := b.Get(done.Link("Download as CSV")).Is(http.StatusOK).HTML
		for _, line := range []string{"Lena Fischer", "restored_in_part", "1: Winter campaign", "1: GuestInviter", "Chidi Okonkwo", "restored,"} {
			if !strings.Contains(table, line) {
				t.Errorf("the table lacks %q:\n%s", line, table)
			}
		}
		b.Get(contoso + "users?q=lena").Has("Lena Fischer")
		b.Get(preview.Path).Is(http.StatusNotFound)
	})
}

func TestDeleted_previewConflict(t *testing.T) {
	p := sojourntest.Start(t)
	b, _ := conflict(p)
	sato := p.Left("sato@litware.example", "contoso.example")
	b.Get(contoso+"deleted-users/preview?u="+sato.ID).Has("There is a conflict", "Design review").Submit("Choose how 佐藤 健", nil).Is(http.StatusConflict).Has("has an account here again")
}

// conflict deletes nobody: 佐藤 健, who left, has been invited anew meanwhile.
func conflict(p *sojourntest.Portal) (b *sojourntest.Browser, page *sojourntest.Page) {
	b = p.SignIn(sam)
	list := b.Get(contoso + "deleted-users")
	b.Get(contoso+"guests/new").Submit("Invite", url.Values{"address": {"sato@litware.example"}, "name": {"Sato again"}}).Is(http.StatusConflict).
		Submit("Invite", url.Values{"anew": {"yes"}})
	return b, list.Submit("Restore 佐藤 健", nil).Is(http.StatusConflict).Has("佐藤 健 has an account here again", "Nothing was changed yet.", "Sato again", "Invitation pending", "1 group")
}

func TestDeleted_conflict(t *testing.T) {
	for way, says := range map[string][]string{
		"keep":    {"Nothing was changed.", "佐藤 健", "24 days"},
		"merge":   {"The groups of 佐藤 健 were added", "Design review", "Open Sato again"},
		"replace": {"佐藤 健 is back", "Design review", "The one they had meanwhile is under Deleted users."},
	} {
		t.Run(way, func(t *testing.T) {
			sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
				b, page := conflict(p)
				page.Submit("Go on", url.Values{"way": {way}}).Is(http.StatusOK).Has(says...)
				b.Get(contoso + "users?q=sato").Is(http.StatusOK)
				deleted := b.Get(contoso + "deleted-users")
				if way == "replace" {
					deleted.Has("Sato again").HasNot("佐藤 健")
				} else {
					deleted.Has("佐藤 健").HasNot("Sato again")
				}
			})
		})
	}
}
