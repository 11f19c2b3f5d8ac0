package inventory_test

import (
	"bytes"
	"encoding/base32"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/securityinfo"
	"sojourn/sojourntest"
)

const (
	sam    = "sam.rivera@contoso.example"
	noor   = "noor.haddad@contoso.example"
	ursula = "ursula@contoso.example"
	head   = "upn,serial number,secret key,time interval,manufacturer,model\r\n"
)

var seed = []byte("12345678901234567890")

func key() string { return base32.StdEncoding.EncodeToString(seed) }

// upload sends a file as the form does.
func upload(t *testing.T, p *sojourntest.Portal, b *sojourntest.Browser, data string) *sojourntest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range b.Token() {
		if err := w.WriteField(name, values[0]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreateFormFile("file", "tokens.csv")
	if err == nil {
		_, err = file.Write([]byte(data))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, p.URL+"/manage/"+p.Tenant("contoso.example").ID+"/hardware-tokens/upload", &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.Send(req)
}

func code(t *testing.T, p *sojourntest.Portal) string {
	t.Helper()
	c, _, err := securityinfo.TokenCodeNow(seed, false, 30, p.App.DB.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func count(t *testing.T, p *sojourntest.Portal, text string, args ...any) int {
	t.Helper()
	n, err := db.Count(t.Context(), p.App.DB, text, args...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// From the file to the sign-in, and back into the inventory.
func TestTokens(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		admin := p.SignIn(sam)
		page := admin.Get("/manage/" + p.Tenant("contoso.example").ID + "/hardware-tokens").Has("Hardware tokens")
		page.Follow("Upload tokens").Has("All tokens of the file are added")
		wrong := upload(t, p, admin, head+",N-1,short,30,,\r\n,N-2,"+key()+",45,,\r\nnobody@contoso.example,N-3,"+key()+",30,,\r\n")
		wrong.Is(http.StatusUnprocessableEntity).Has("3 lines are wrong", "Line 2: the secret key is not base32", "Line 3: the time interval", "Line 4: the upn is not a member’s").HasNot(key())
		upload(t, p, admin, head+"nobody@contoso.example,N-3,"+key()+",30,,\r\n").Has("Line 2: the upn is not a member’s")
		if n := count(t, p, `SELECT count(*) FROM tokens WHERE serial_number LIKE 'N-%'`); n != 0 {
			t.Errorf("%d of a refused file were added", n)
		}
		done := upload(t, p, admin, "\xef\xbb\xbf"+head+ursula+",N-1,"+key()+",30,Galt,T2\r\n,n-2,"+key()+",30,Galt,T2\r\n")
		done.Is(200).Has("Tokens added: 2", "N-1", "Assigned", "Available", "Ursula").HasNot(key())
		upload(t, p, admin, head+",n-1,"+key()+",30,,\r\n").Has("there is a token with this serial number already")

		b := p.SignIn(noor)
		form := b.Get("/security-info/add").Follow("Add Hardware token").Has("Serial number")
		taken := form.Submit("Next", url.Values{"serial": {"N-1"}}).Is(http.StatusUnprocessableEntity).Has("no free token with this serial number for you")
		none := form.Submit("Next", url.Values{"serial": {"N-9"}}).Is(http.StatusUnprocessableEntity)
		if strings.ReplaceAll(taken.Text(), "N-1", "X") != strings.ReplaceAll(none.Text(), "N-9", "X") {
			t.Error("a token of somebody else answers otherwise than one that there is not")
		}
		step := form.Submit("Next", url.Values{"serial": {" N-2 "}}).At("/security-info/token/name").Submit("Next", url.Values{"name": {"On my keys"}})
		step.At("/security-info/token/code").Submit("Confirm", url.Values{"code": {"000000"}}).Is(http.StatusUnprocessableEntity).Has("That code doesn’t fit")
		first := code(t, p)
		step.Submit("Confirm", url.Values{"code": {first}}).At("/security-info/changed").Has("It is now your default sign-in method")
		b.Get("/security-info").Has("Hardware token", "On my keys", "Serial number n-2")
		admin.Get("/manage/contoso.example/users/"+p.User(noor, "contoso.example").ID+"/methods").Has("Hardware token", "On my keys", "Serial number n-2")
		admin.Get("/manage/"+p.Tenant("contoso.example").ID+"/hardware-tokens?state=activated").Has("n-2", "Noor Haddad").HasNot("N-1")

		asked := p.Browser().Get("/sign-in").Submit("Next", url.Values{"name": {noor}}).Submit("Sign in", url.Values{"password": {sojourntest.Password}})
		asked.Has("Code on your hardware token").Submit("Verify", url.Values{"code": {first}}).Has("That code has been used already")
		p.App.DB.SetShift(time.Minute)
		asked.Submit("Verify", url.Values{"code": {code(t, p)}}).At("/")

		// It stays a method of theirs until it is taken from them, and is free then.
		id, err := db.One(t.Context(), p.App.DB, db.Text, `SELECT id FROM tokens WHERE serial_number = 'n-2'`)
		if err != nil {
			t.Fatal(err)
		}
		at := "/manage/" + p.Tenant("contoso.example").ID + "/hardware-tokens/" + id
		admin.Post(at+"/delete", admin.Token()).Is(http.StatusConflict).Has("Somebody uses this token")
		gone, err := p.App.UserMethods.Forget(t.Context(), actor.OperatorActor(), p.Self(noor).AccountID, "")
		if err != nil || len(gone) != 1 {
			t.Fatal(len(gone), err)
		}
		token, _, err := accounts.TokenBy(t.Context(), p.App.DB, p.Tenant("contoso.example").ID, id)
		if err != nil || token.State() != accounts.TokenAvailable {
			t.Error(token.State(), err)
		}
		admin.Get(at+"/assign").Submit("Assign", url.Values{"name": {"ann.lee@fabrikam.example"}}).Is(http.StatusUnprocessableEntity).Has("There is no member with this name")
		admin.Get(at+"/assign").Submit("Assign", url.Values{"name": {noor}}).Has("The token is assigned.")
		admin.Post(at+"/unassign", admin.Token()).Has("available again")
		admin.Get(at+"/delete").Submit("Delete", nil).Has("The token is deleted.")
		for _, act := range []string{"token.upload", "token.assign", "token.activate", "token.unassign", "token.delete"} {
			if n := count(t, p, `SELECT count(*) FROM audit WHERE act = $1 AND result = 'done'`, act); n == 0 {
				t.Errorf("no row of %s", act)
			}
		}
	})
}

// Who is erased leaves no token waiting.
func TestTokens_erased(t *testing.T) {
	sojourntest.Each(t, func(t *testing.T, p *sojourntest.Portal) {
		upload(t, p, p.SignIn(sam), head+ursula+",N-1,"+key()+",60,,\r\n").Has("Tokens added: 1")
		u := p.User(ursula, "contoso.example")
		for _, verb := range []func() error{
			func() error { return p.App.Directory.Delete(t.Context(), actor.OperatorActor(), u.TenantID, u.ID) },
			func() error { return p.App.Directory.Erase(t.Context(), actor.OperatorActor(), u.TenantID, u.ID) },
		} {
			if err := verb(); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, p, `SELECT count(*) FROM tokens WHERE serial_number = 'N-1' AND user_id IS NULL`); n != 1 {
			t.Error("it still waits")
		}
	})
}

// Five thousand are put in at once.
func TestUpload_many(t *testing.T) {
	p := sojourntest.Start(t)
	var s strings.Builder
	s.WriteString(strings.ReplaceAll(head, ",", ";"))
	for i := range 5000 {
		fmt.Fprintf(&s, ";M-%04d;%s;60;;\r\n", i, key())
	}
	admin := p.SignIn(sam)
	upload(t, p, admin, s.String()).Has("Tokens added: 5000")
	upload(t, p, admin, s.String()+";M-5000;"+key()+";60;;\r\n").Has("more than 5,000 tokens")
}
