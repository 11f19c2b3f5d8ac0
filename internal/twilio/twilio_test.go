package twilio_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/internal/outbox"
	"sojourn/internal/twilio"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "hunter2hunter2"
	sender  = "+15005550006"
)

// answer is what the server says; a path is asked with a form and the right password.
type answer struct {
	status int
	body   string
}

func refusal(status, code int) answer {
	return answer{status, fmt.Sprintf(`{"code": %d, "message": "The 'To' number +31612345642 is not …", "more_info": "https://…", "status": %d}`, code, status)}
}

func serve(t *testing.T, say func(path string, form url.Values) answer) twilio.Twilio {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, ok := r.BasicAuth()
		w.Header().Set("Content-Type", "application/json")
		a := refusal(401, 20003)
		if ok && user == account && password == token && r.Method == http.MethodPost && r.ParseForm() == nil {
			a = say(r.URL.Path, r.PostForm)
		}
		if a.status/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(a.status)
		w.Write([]byte(a.body))
	}))
	t.Cleanup(s.Close)
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return twilio.Twilio{Base: base, Account: account, Token: token, From: sender}
}

var text = outbox.Message{Channel: outbox.ByText, To: "+31612345642", Text: "Your code is 048213 & <no more>.", Language: "en"}

func TestSend_text(t *testing.T) {
	var path string
	var form url.Values
	s := serve(t, func(p string, f url.Values) answer {
		path, form = p, f
		return answer{201, `{"sid": "SM0123", "status": "queued"}`}
	})
	if err := s.Send(context.Background(), text, "id"); err != nil {
		t.Fatal(err)
	}
	if path != "/2010-04-01/Accounts/"+account+"/Messages.json" || form.Get("To") != text.To || form.Get("From") != sender || form.Get("Body") != text.Text || len(form) != 3 {
		t.Errorf("%s %v", path, form)
	}
	s.From = "MG0123456789abcdef0123456789abcdef"
	if err := s.Send(context.Background(), text, "id"); err != nil || form.Get("MessagingServiceSid") != s.From || form.Has("From") {
		t.Errorf("%v, %v", form, err)
	}
}

func TestSend_call(t *testing.T) {
	var path string
	var form url.Values
	s := serve(t, func(p string, f url.Values) answer {
		path, form = p, f
		return answer{201, `{"sid": "CA0123", "status": "queued"}`}
	})
	call := outbox.Message{Channel: outbox.ByVoice, To: "+31206241111", Extension: "12", Text: `Uw code is 0, 4, 8, 2, 1, 3. </Say><Dial>+1900</Dial> & "x"`, Language: "nl"}
	if err := s.Send(context.Background(), call, "id"); err != nil {
		t.Fatal(err)
	}
	var said struct {
		XMLName xml.Name `xml:"Response"`
		Says    []struct {
			Language string `xml:"language,attr"`
			Text     string `xml:",chardata"`
		} `xml:"Say"`
		Dial []string `xml:"Dial"`
	}
	if err := xml.Unmarshal([]byte(form.Get("Twiml")), &said); err != nil || len(said.Says) != 1 || said.Says[0].Text != call.Text || said.Says[0].Language != "nl-NL" || len(said.Dial) != 0 {
		t.Errorf("%s: %+v, %v", form.Get("Twiml"), said, err)
	}
	if path != "/2010-04-01/Accounts/"+account+"/Calls.json" || form.Get("SendDigits") != "wwww12" || form.Get("To") != call.To || form.Get("From") != sender {
		t.Errorf("%s %v", path, form)
	}
	call.Extension, call.Language = "", "en-US"
	if err := s.Send(context.Background(), call, "id"); err != nil || form.Has("SendDigits") || !strings.Contains(form.Get("Twiml"), `language="en-GB"`) {
		t.Errorf("%v, %v", form, err)
	}
}

func failed(t *testing.T, err error) (string, bool) {
	t.Helper()
	var f *outbox.Failure
	if !errors.As(err, &f) {
		t.Fatalf("no failure: %v", err)
	}
	for _, told := range []string{"612345642", "048213", token} {
		if strings.Contains(err.Error(), told) {
			t.Errorf("it tells %s: %v", told, err)
		}
	}
	return f.Class, f.Permanent
}

func TestSend_refused(t *testing.T) {
	for _, c := range []struct {
		say   answer
		class string
		final bool
	}{
		{refusal(400, 21211), "twilio 21211", true},
		{refusal(400, 21614), "twilio 21614", true},
		{refusal(400, 21610), "twilio 21610", true},
		{refusal(400, 21612), "twilio 21612", true},
		{refusal(400, 21617), "twilio 21617", true},
		{refusal(400, 13224), "twilio 13224", true},
		{refusal(400, 21606), "twilio 21606", false},
		{refusal(403, 21408), "twilio 21408", false},
		{refusal(404, 20404), "twilio 20404", false},
		{refusal(429, 20429), "twilio 20429", false},
		{refusal(500, 20500), "twilio 20500", false},
		{refusal(503, 20503), "twilio 20503", false},
		{answer{500, "<html>"}, "http 500", false},
		{answer{429, ""}, "http 429", false},
		{answer{400, `{"code": "x"}`}, "http 400", false},
		{answer{400, `{"code": 7}`}, "http 400", false},
		{answer{307, ""}, "http 307", false},
		{answer{404, strings.Repeat("x", 1<<20)}, "http 404", false},
	} {
		s := serve(t, func(string, url.Values) answer { return c.say })
		if class, final := failed(t, s.Send(context.Background(), text, "id")); class != c.class || final != c.final {
			t.Errorf("%d %.60s: %s, final %t", c.say.status, c.say.body, class, final)
		}
	}
}

func TestSend_wrongToken(t *testing.T) {
	s := serve(t, func(string, url.Values) answer { return answer{201, "{}"} })
	s.Token = "another"
	if class, final := failed(t, s.Send(context.Background(), text, "id")); class != "twilio 20003" || final {
		t.Errorf("%s, %t: the operator can put it right", class, final)
	}
}

func TestSend_slow(t *testing.T) {
	hang := make(chan struct{})
	s := serve(t, func(string, url.Values) answer { <-hang; return answer{201, "{}"} })
	defer close(hang)
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	if class, final := failed(t, s.Send(ctx, text, "id")); class != "timeout" || final {
		t.Errorf("%s, %t", class, final)
	}
}

func TestCheck(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "api.twilio.com"}
	service := "MG0123456789abcdef0123456789abcdef"
	for _, c := range []struct {
		t     twilio.Twilio
		calls bool
		fine  bool
	}{
		{twilio.Twilio{Base: base, Account: account, Token: token, From: sender}, true, true},
		{twilio.Twilio{Base: base, Account: account, Token: token, From: service}, false, true},
		{twilio.Twilio{Base: base, Account: account, Token: token, From: service}, true, false},
		{twilio.Twilio{Base: base, Account: "AC1", Token: token, From: sender}, false, false},
		{twilio.Twilio{Base: base, Account: account, From: sender}, false, false},
		{twilio.Twilio{Base: base, Account: account, Token: token, From: "Sojourn"}, false, false},
		{twilio.Twilio{Base: &url.URL{Scheme: "http", Host: "api.twilio.com"}, Account: account, Token: token, From: sender}, false, false},
		{twilio.Twilio{Account: account, Token: token, From: sender}, false, false},
	} {
		err := c.t.Check(c.calls)
		if (err == nil) != c.fine || err != nil && strings.Contains(err.Error(), token) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
