package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
)

var (
	buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	zippers = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed); return z }}
)

// Render writes a page: into a buffer first, so that a failing component
// becomes an error page and not half a page.
func Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	if err := furnish(r); err != nil {
		return err
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := page.Render(r.Context(), buf); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if status == http.StatusTooManyRequests {
		h.Set("Retry-After", "60")
	}
	if buf.Len() > 1400 && acceptsGzip(r) {
		return renderZipped(w, r, status, buf.Bytes())
	}
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	_, err := w.Write(buf.Bytes())
	return ignoreGone(err)
}

func renderZipped(w http.ResponseWriter, _ *http.Request, status int, page []byte) error {
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(out)
	if _, err := z.Write(page); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Length", strconv.Itoa(out.Len()))
	w.WriteHeader(status)
	_, err := w.Write(out.Bytes())
	return ignoreGone(err)
}

// ignoreGone: who has hung up cannot be shown an error page.
func ignoreGone(error) error { return nil }

func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if coding == "gzip" {
			return strings.ReplaceAll(params, " ", "") != "q=0"
		}
	}
	return false
}

// See answers a POST: look there now. The selected organization is carried on.
func See(w http.ResponseWriter, r *http.Request, path string) error {
	if v := VisitOf(r); v != nil && v.Tenant.Carry != "" && !strings.Contains(path, "tenantId=") && !strings.HasPrefix(path, "/manage/") {
		glue := "?"
		if strings.Contains(path, "?") {
			glue = "&"
		}
		path += glue + "tenantId=" + url.QueryEscape(v.Tenant.Carry)
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}
