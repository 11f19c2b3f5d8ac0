package organizations

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"sojourn/directory"
	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

func (f *Feature) showOrganizations(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	list, err := f.List(r.Context(), v.Actor, r.URL.Query().Get("q"), directory.ParseCursor(r.URL.Query().Get("after")))
	if err != nil {
		return err
	}
	f.Shell.Know(r, list.Places)
	return web.Render(w, r, http.StatusOK, listPage(ui.ShellOf(r), list, v.Tenant.ID))
}

func (f *Feature) showAct(w http.ResponseWriter, r *http.Request) error {
	if r.PathValue("act") != "leave" {
		return fault.Missing()
	}
	return f.showLeave(w, r)
}

func (f *Feature) showLeave(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	farewell, err := f.Farewell(r.Context(), v.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if farewell.Refused != "" {
		return web.Render(w, r, http.StatusForbidden, refusedPage(ui.ShellOf(r), farewell))
	}
	if farewell.NeedsProof {
		return fault.New(fault.Proof, "proof_needed", "ui.error.proof.title")
	}
	return web.Render(w, r, http.StatusOK, leavePage(ui.ShellOf(r), farewell))
}

func (f *Feature) submitLeave(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	receipt, err := f.Leave(r.Context(), v.Actor, r.PathValue("id"))
	if fault, ok := fault.Of(err); ok && refusalPages[fault.Code] {
		return f.showLeave(w, r) // the page that says why
	}
	if err != nil {
		return err
	}
	v.Tenant.Carry = "" // nobody can look at the organization they have just left
	web.Say(w, "ok", "organizations.receipt.left", "org", receipt.Organization)
	return web.See(w, r, "/organizations/receipts/"+receipt.ID)
}

// refusalPages are the reasons that the confirmation page itself explains.
var refusalPages = map[string]bool{homeOrganization: true, leaveNotAllowed: true, accountDisabled: true, lastAdmin: true}

func (f *Feature) showReceipt(w http.ResponseWriter, r *http.Request) error {
	receipt, err := f.Receipt(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, receiptPage(ui.ShellOf(r), receipt))
}

func (f *Feature) showReceipts(w http.ResponseWriter, r *http.Request) error {
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil {
		before = math.MaxInt64
	}
	list, err := f.Receipts(r.Context(), web.VisitOf(r).Actor, before)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, receiptsPage(ui.ShellOf(r), list))
}

// leaveHref is the page that asks whether to leave.
func leaveHref(tenantID string) string { return "/organizations/" + tenantID + "/leave" }

// nextHref is the next page of a list, "" on the last.
func nextHref(s *ui.Shell, l List) templ.SafeURL {
	if l.Next.ID == "" {
		return ""
	}
	return s.Href("/organizations?after=" + l.Next.String())
}

func firstHref(s *ui.Shell, l List) templ.SafeURL {
	if l.First {
		return ""
	}
	return s.Href("/organizations")
}

// state is the pill of a row: the one thing to know about it.
func state(s *ui.Shell, m *Membership) (ui.Kind, string) {
	switch {
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

// leaveLead promises a way back only where somebody could open it.
func leaveLead(w Farewell) string {
	if len(w.Administrators) == 0 {
		return "organizations.leave.leadNobody"
	}
	return "organizations.leave.lead"
}
