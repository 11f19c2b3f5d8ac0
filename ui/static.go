package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed" // the style sheet and the script
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

//go:embed static/app.css
var style []byte

//go:embed static/app.js
var script []byte

// asset is one static file, known under a name that changes with its content.
type asset struct {
	prefix, suffix string // around the hash: /static/app. and .css
	kind           string
	body           []byte
	hash           string
	packed         func() []byte // gzip of the body, made at first use; nil where it would save nothing
}

func newAsset(prefix, suffix, kind string, body []byte) *asset {
	sum := sha256.Sum256(body)
	return &asset{prefix: prefix, suffix: suffix, kind: kind, body: body, hash: hex.EncodeToString(sum[:6])}
}

func newText(suffix, kind string, body []byte) *asset {
	a := newAsset("/static/app.", suffix, kind, body)
	a.packed = sync.OnceValue(func() []byte { return pack(body) })
	return a
}

var (
	styleAsset  = newText(".css", "text/css; charset=utf-8", style)
	scriptAsset = newText(".js", "text/javascript; charset=utf-8", script)
	styleHref   = styleAsset.href()
	scriptHref  = scriptAsset.href()
)

func (a *asset) href() string { return a.prefix + a.hash + a.suffix }

// StyleHref is the address of the style sheet; it changes with its content.
func StyleHref() string { return styleHref }

// ScriptHref is the address of the script; it changes with its content.
func ScriptHref() string { return scriptHref }

func pack(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is valid
	w.Write(body)                                           // a bytes.Buffer takes everything
	w.Close()
	return out.Bytes()
}

// Static serves /static/. A name with the hash of another version gets the
// content there is, not to be kept: while replicas are being replaced, a page
// of one may ask the other for its style.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !styleAsset.answers(w, r) && !scriptAsset.answers(w, r) {
			http.NotFound(w, r)
		}
	})
}

// answers serves the file where the request is for it, in whichever version.
func (a *asset) answers(w http.ResponseWriter, r *http.Request) bool {
	hash, ok := strings.CutPrefix(r.URL.Path, a.prefix)
	hash, ok2 := strings.CutSuffix(hash, a.suffix)
	if !ok || !ok2 || !isHash(hash) {
		return false
	}
	a.serve(w, r, hash == a.hash)
	return true
}

func isHash(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 12
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request, current bool) {
	h := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, tag := a.body, `"`+a.hash+`"`
	if a.packed != nil {
		h.Set("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			body, tag = a.packed(), `"`+a.hash+`-gz"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	h.Set("ETag", tag)
	if current {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", a.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		w.Write(body)
	}
}

// takesGzip reads Accept-Encoding: gzip is named and not refused by q=0.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		q := strings.ReplaceAll(params, " ", "")
		return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
	}
	return false
}
