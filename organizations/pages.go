package organizations

import (
	"math"
	"net/http"
	"strconv"

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
	switch r.PathValue("act") {
	case "leave":
		return f.showLeave(w, r)
	case "successor":
		return f.showSuccessor(w, r)
	case "close":
		return f.showClose(w, r)
	case "unrecognized":
		return f.showUnrecognized(w, r)
	}
	return fault.Missing()
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
var refusalPages = map[string]bool{homeOrganization: true, directConnect: true, leaveNotAllowed: true, accountDisabled: true, lastAdmin: true}

func (f *Feature) showReceipt(w http.ResponseWriter, r *http.Request) error {
	receipt, err := f.Receipt(r.Context(), web.VisitOf(r).Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	back, err := f.backFrom(r.Context(), web.VisitOf(r).Actor, receipt)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, receiptPage(ui.ShellOf(r), receipt, back))
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

// newRequest is the page on which something is asked of an organization.
func newRequest(kind, tenantID string) string {
	return "/requests/new?kind=" + kind + "&organization=" + tenantID
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

// leaveLead promises a way back only where somebody could open it.
func leaveLead(w Farewell) string {
	if len(w.Administrators) == 0 {
		return "organizations.leave.leadNobody"
	}
	return "organizations.leave.lead"
}
