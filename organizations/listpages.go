package organizations

import (
	"strconv"
	"time"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/ui"
)

// state is the pill of a row: the one thing to know about it.
func state(s *ui.Shell, m *Membership) (ui.Kind, string) {
	switch {
	case m.Direct():
		return ui.Info, s.T("organizations.state.direct")
	case m.State != directory.TenantActive:
		return ui.Neutral, s.T("organizations.state." + string(m.State))
	case !m.Enabled:
		return ui.Bad, s.T("organizations.state.disabled")
	case !m.LeaveAllowed && !m.Home:
		return ui.Warn, s.T("organizations.state.notAllowed")
	case m.LastUsed.IsZero():
		return ui.Neutral, s.T("organizations.state.neverUsed")
	}
	return ui.Good, s.T("organizations.state.active")
}

// otherBody: who has no home organization sees the rows right under the h1.
func otherBody(s *ui.Shell, m *Membership) templ.Component {
	if s.Person != nil && s.Person.Home != "" {
		return ui.RowBody(ui.Name(m.Name))
	}
	return ui.RowTop(ui.Name(m.Name))
}

func sinceText(s *ui.Shell, m *Membership) templ.Component {
	key, date := "organizations.list.since."+string(m.Type), ui.Date(s, m.Since)
	switch {
	case m.Direct():
		return s.Msg("organizations.list.since.direct", "date", date)
	case m.InvitedByID != "" && m.InvitedBy != "":
		return s.Msg(key+".invited", "date", date, "who", ui.Name(m.InvitedBy))
	case m.InvitedByID != "":
		return s.Msg(key+".unknown", "date", date)
	}
	return s.Msg(key+".plain", "date", date)
}

func used(s *ui.Shell, m *Membership) templ.Component {
	switch {
	case !m.Enabled && known(m.EnabledAt):
		return s.Msg("organizations.list.disabledOn", "date", ui.Date(s, m.EnabledAt))
	case known(m.LastUsed):
		return s.Msg("organizations.list.used", "ago", ui.Ago(s, m.LastUsed))
	}
	return s.Msg("organizations.list.neverUsed")
}

// moreReceipts is the page with older receipts, "" on the last.
func moreReceipts(s *ui.Shell, p ReceiptList) templ.SafeURL {
	if p.Before == 0 {
		return ""
	}
	return s.Href("/organizations/receipts?before=" + strconv.FormatInt(p.Before, 10))
}

func known(t time.Time) bool { return !t.IsZero() }

// lead is the sentence under the title: it differs for who has no home.
func lead(l List) string {
	if l.Home == nil && l.First {
		return "organizations.list.leadNoHome"
	}
	return "organizations.list.lead"
}

func mailto(address string) templ.SafeURL { return templ.URL("mailto:" + address) }

// pickable says whether two organizations or more can be left at once.
func pickable(list []*Membership) bool {
	n := 0
	for _, m := range list {
		if m.Pickable() {
			n++
		}
	}
	return n > 1
}

func unrecognizedHref(tenantID string) string { return "/organizations/" + tenantID + "/unrecognized" }
