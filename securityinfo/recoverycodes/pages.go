package recoverycodes

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/securityinfo"
	"sojourn/ui"
)

func (f *Feature) showMake(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, makePage(s, making{Second: info.Second(), Old: info.Codes()}))
}

// submitMake shows the new codes in its own answer: they stand under no address.
func (f *Feature) submitMake(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	codes, err := f.Info.MakeCodes(r.Context(), v.Actor, r.PostFormValue("replaces"))
	switch {
	case fault.Is(err, "codes_made"): // the form was sent before: a page loaded again, say
		return web.Render(w, r, web.Status(err), madePage(s))
	case err != nil:
		return err
	}
	return web.Render(w, r, http.StatusOK, codesPage(s, shown{Address: v.Person.Address, Codes: codes, Replaced: r.PostFormValue("replaces") != ""}))
}

// showUsed says to who has used a recovery code how many are left, and what to do about
// what was lost.
func (f *Feature) showUsed(w http.ResponseWriter, r *http.Request) error {
	info, err := f.Info.Info(r.Context(), web.VisitOf(r).Actor)
	if err != nil {
		return err
	}
	if info.Codes().UsedAt.IsZero() { // none was, of those there are: an address kept from before
		return web.See(w, r, "/security-info")
	}
	return web.Render(w, r, http.StatusOK, usedPage(ui.ShellOf(r), used{Left: info.Codes().Left, Low: info.Low()}))
}

// submitDownload gives the codes of the page back as a file.
func (f *Feature) submitDownload(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	codes, err := securityinfo.Printable(strings.Fields(r.PostFormValue("codes")))
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, line := range []string{s.T("securityinfo.codes.file.title"), v.Person.Address, s.T("securityinfo.codes.file.made", "when", s.Locale.DateTime(v.Now.In(v.Zone))), ""} {
		b.WriteString(line + "\r\n")
	}
	for i, code := range codes {
		b.WriteString(strconv.Itoa(i+1) + ". " + code + "\r\n")
	}
	b.WriteString("\r\n" + s.T("securityinfo.codes.file.once") + "\r\n")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="recovery-codes.txt"`)
	_, err = io.WriteString(w, b.String())
	return err
}

func (f *Feature) showDelete(w http.ResponseWriter, r *http.Request) error {
	v, s := web.VisitOf(r), ui.ShellOf(r)
	info, err := f.Info.Info(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	if info.Codes().ID == "" {
		return fault.Missing()
	}
	if err := securityinfo.Fresh(v.Actor, v.Now); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, deletePage(s, info.Codes()))
}

func (f *Feature) submitDelete(w http.ResponseWriter, r *http.Request) error {
	if err := f.Info.Remove(r.Context(), web.VisitOf(r).Actor, r.PostFormValue("method")); err != nil {
		return err
	}
	web.Say(w, "ok", "securityinfo.codes.deleted")
	return web.See(w, r, "/security-info/changed")
}
