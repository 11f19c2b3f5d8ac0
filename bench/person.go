package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
)

// person is somebody signed in at a server, by its pages.
type person struct {
	base   string
	client *http.Client
	token  url.Values // the hidden fields of every form
}

var hidden = regexp.MustCompile(`<input type="hidden" name="(csrf|account|flow)" value="([^"]*)"`)

// signIn walks through the sign-in pages as a browser does.
func signIn(address, name string) (*person, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p := &person{base: "http://" + address, client: &http.Client{Jar: jar}}
	if _, err := p.get("/sign-in"); err != nil {
		return nil, err
	}
	if _, err := p.post("/sign-in", "name", name); err != nil {
		return nil, err
	}
	if _, err := p.post("/sign-in/password", "password", password); err != nil {
		return nil, err
	}
	page, err := p.get("/organizations")
	if err == nil && !bytes.Contains(page, []byte(`action="/sign-out"`)) {
		err = fmt.Errorf("%s is not signed in", name)
	}
	return p, err
}

// get reads a page and keeps the hidden fields of its forms.
func (p *person) get(path string) ([]byte, error) {
	req, err := http.NewRequest("GET", p.base+path, nil)
	if err != nil {
		return nil, err
	}
	return p.do(req)
}

func (p *person) post(path, field, value string) ([]byte, error) {
	form := url.Values{field: {value}}
	for name, values := range p.token {
		form[name] = values
	}
	req, err := http.NewRequest("POST", p.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.do(req)
}

func (p *person) do(req *http.Request) ([]byte, error) {
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("Accept-Language", "en")
	res, err := p.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	if res.StatusCode != 200 {
		return nil, fmt.Errorf("%s %s answers %s", req.Method, req.URL.Path, res.Status)
	}
	p.token = url.Values{}
	for _, m := range hidden.FindAllSubmatch(page, -1) {
		p.token.Set(string(m[1]), string(m[2]))
	}
	return page, nil
}

// headers are what a browser says about itself; (a) and (b) are sent them too.
const headers = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n" +
	"Accept-Language: en-GB,en;q=0.8,nl;q=0.5\r\n" +
	"Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\n"

// request is a GET as it goes over the wire. gzip says whether the answer may be
// compressed.
func (p *person) request(path string, gzip bool) []byte {
	text := "GET " + path + " HTTP/1.1\r\n" + p.head() + headers
	if gzip {
		text += "Accept-Encoding: gzip, deflate, br\r\n"
	}
	return []byte(text + "\r\n")
}

// form is a POST as it goes over the wire.
func (p *person) form(path string, pairs ...string) []byte {
	values := url.Values{}
	for _, name := range []string{"csrf", "account"} {
		values.Set(name, p.token.Get(name))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	body := values.Encode()
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\n%s%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		path, p.head(), headers, len(body), body)
}

func (p *person) head() string {
	u, err := url.Parse(p.base)
	if err != nil {
		return ""
	}
	var cookies []string
	for _, c := range p.client.Jar.Cookies(u) {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	return "Host: " + u.Host + "\r\nCookie: " + strings.Join(cookies, "; ") + "\r\n"
}
