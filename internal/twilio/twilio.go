// Package twilio hands texts and calls to Twilio by two forms of its REST interface.
package twilio

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sojourn/internal/outbox"
	"sojourn/internal/web"
	"sojourn/internal/webhook"
)

// Twilio is a Sender of texts and calls.
type Twilio struct {
	Base    *url.URL // https://api.twilio.com
	Account string   // its SID
	Token   string
	From    string // a number as E.164; for texts also the SID of a messaging service
}

const patience = 20 * time.Second

var (
	accountSID = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)
	serviceSID = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
	number     = regexp.MustCompile(`^\+[1-9][0-9]{3,16}$`)
)

// Check says what is wrong with the settings for some channels, before the first
// message does.
func (t Twilio) Check(calls bool) error {
	switch {
	case t.Base == nil || t.Base.Hostname() == "" || t.Base.User != nil || t.Base.RawQuery != "" || t.Base.Fragment != "" ||
		t.Base.Scheme != "https" && !(t.Base.Scheme == "http" && web.IsLoopback(t.Base.Hostname())):
		return errors.New("the address: want https://api.twilio.com")
	case !accountSID.MatchString(t.Account):
		return errors.New("the account: want its SID, AC and 32 hexadecimal digits")
	case t.Token == "":
		return errors.New("the token is missing")
	case !number.MatchString(t.From) && (calls || !serviceSID.MatchString(t.From)):
		return errors.New("the sender: want a number such as +31612345678 (for texts also the SID of a messaging service)")
	}
	return nil
}

// Send implements outbox.Sender.
func (t Twilio) Send(ctx context.Context, m outbox.Message, _ string) error {
	if m.Channel == outbox.ByVoice {
		return t.post(ctx, "Calls.json", t.call(m))
	}
	form := url.Values{"To": {m.To}, "Body": {m.Text}}
	if serviceSID.MatchString(t.From) {
		form.Set("MessagingServiceSid", t.From)
	} else {
		form.Set("From", t.From)
	}
	return t.post(ctx, "Messages.json", form)
}

// call says the text twice: who picks up seldom has a pencil.
func (t Twilio) call(m outbox.Message) url.Values {
	var text strings.Builder
	xml.EscapeText(&text, []byte(m.Text)) // a Builder refuses nothing
	form := url.Values{"To": {m.To}, "From": {t.From}}
	form.Set("Twiml", `<Response><Say loop="2" language="`+voice(m.Language)+`">`+text.String()+`</Say></Response>`)
	if m.Extension != "" {
		form.Set("SendDigits", "wwww"+m.Extension) // w is half a second
	}
	return form
}

// voice is the language Twilio speaks that is nearest to one of ours.
func voice(language string) string {
	primary, _, _ := strings.Cut(language, "-")
	switch strings.ToLower(primary) {
	case "nl":
		return "nl-NL"
	case "de":
		return "de-DE"
	case "fr":
		return "fr-FR"
	case "es":
		return "es-ES"
	}
	return "en-GB"
}

var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Timeout:       patience,
}

func (t Twilio) post(ctx context.Context, what string, form url.Values) error {
	address := t.Base.JoinPath("2010-04-01", "Accounts", t.Account, what).String()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return &outbox.Failure{Class: "other", Cause: err}
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.SetBasicAuth(t.Account, t.Token)
	res, err := client.Do(req)
	if err != nil {
		return webhook.Unreached(err)
	}
	defer res.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(res.Body, 64<<10)) // half an answer is one without a code
	return verdict(res.StatusCode, answer)
}

// verdict reads what Twilio says: a code of its own, beside the status.
func verdict(status int, answer []byte) error {
	if status >= 200 && status < 300 {
		return nil
	}
	var said struct {
		Code int `json:"code"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Code < 10000 || said.Code > 99999 {
		return &outbox.Failure{Class: "http " + strconv.Itoa(status)} // not of Twilio, it seems: a proxy's
	}
	final := status >= 400 && status < 500 && !slices.Contains(mendable, said.Code)
	return &outbox.Failure{Class: "twilio " + strconv.Itoa(said.Code), Permanent: final}
}

// mendable are the codes that say nothing of the message: too much at once, or an
// account, a sender or a permission that the operator can put right. All other
// refusals are of the number (21211, 21614 …) or the text, and final.
var mendable = []int{
	20001, 20003, 20005, 20006, 20008, 20404, 20429, 20500, 20503, // the account, or too much
	21210, 21212, 21213, 21215, 21216, 21408, 21603, 21606, 21659, 21660, 21703, 21705, // the sender, or a permission
	14107, 21611, 30001, 30022, // too many wait
}
