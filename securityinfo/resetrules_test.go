package securityinfo

import (
	"slices"
	"testing"
	"time"

	"sojourn/accounts"
	"sojourn/internal/fault"
	"sojourn/policies"
)

func TestOffered(t *testing.T) {
	all := reach{Texts: true, Calls: true, Countries: []string{"NL"}}
	withTokens := all
	withTokens.Tokens = true
	few := policies.Default()
	few.Reset.Methods = []accounts.MethodType{accounts.Email}
	off := policies.Default()
	off.Methods = policies.Methods{accounts.MobilePhone: {Who: policies.Nobody}}
	for name, x := range map[string]struct {
		p             policies.Policy
		mails         bool
		r             reach
		proved        []accounts.MethodType
		ways, besides []ResetWay
	}{
		"everything":         {policies.Default(), true, withTokens, nil, resetWays, nil},
		"no mail, no phones": {policies.Default(), false, reach{}, nil, []ResetWay{ByApp, ByAnswers}, nil},
		"texts only":         {policies.Default(), true, reach{Texts: true, Countries: []string{"NL"}}, nil, []ResetWay{ByEmail, ByText, ByApp, ByAnswers}, nil},
		"email for members":  {few, true, all, nil, []ResetWay{ByEmail}, []ResetWay{ByText, ByMobileCall, ByOfficeCall, ByApp}},
		"no mobile phones":   {off, true, all, nil, []ResetWay{ByEmail, ByOfficeCall, ByApp, ByAnswers}, nil},
		"one proved":         {policies.Default(), true, all, []accounts.MethodType{accounts.MobilePhone}, []ResetWay{ByEmail, ByOfficeCall, ByApp, ByAnswers}, nil},
	} {
		if ways, besides := offered(x.p, x.mails, x.r, x.proved); !slices.Equal(ways, x.ways) || !slices.Equal(besides, x.besides) {
			t.Errorf("%s: %v and %v", name, ways, besides)
		}
	}
}

func TestBarred(t *testing.T) {
	email := accounts.Method{ID: "e", Type: accounts.Email, Address: "a@b.example"}
	app := accounts.Method{ID: "a", Type: accounts.Authenticator}
	asked := accounts.Method{ID: "q", Type: accounts.Questions}
	three := accounts.Answers{Hashes: map[string][]byte{"toy": nil, "dish": nil, "job": nil}}
	work := func(change func(*policies.Asked)) policies.Asked {
		a := policies.Asked{Tenant: "t", Policy: policies.Default()}
		if change != nil {
			change(&a)
		}
		return a
	}
	administrator := work(func(a *policies.Asked) { a.Administrator = true })
	two := work(func(a *policies.Asked) { a.Reset.Number = 2 })
	mailbox := []accounts.Identity{{Address: "mia@post.example"}}
	for name, x := range map[string]struct {
		c    claimant
		want string
		need int
	}{
		"nobody":                       {claimant{Asked: work(nil)}, "nobody", 1},
		"disabled":                     {claimant{ID: "x", Asked: work(nil), List: []accounts.Method{email}}, "disabled", 1},
		"not theirs to do":             {claimant{ID: "x", Open: true, Asked: work(func(a *policies.Asked) { a.Reset.For.Who = policies.Nobody }), List: []accounts.Method{email}}, "policy", 1},
		"nothing":                      {claimant{ID: "x", Open: true, Asked: work(nil)}, "few", 1},
		"one":                          {claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{email}}, "", 1},
		"a second factor and no other": {claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{app, app}}, "few", 2},
		"a second factor and another":  {claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{app, email}}, "", 2},
		"two asked, one there":         {claimant{ID: "x", Open: true, Asked: two, List: []accounts.Method{email}}, "few", 2},
		"too few answers":              {claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{asked}}, "few", 1},
		"answers":                      {claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{asked}, Answers: three}, "", 1},
		"an administrator's answers":   {claimant{ID: "x", Open: true, Asked: administrator, List: []accounts.Method{asked, email}, Answers: three}, "few", 2},
		"an administrator":             {claimant{ID: "x", Open: true, Asked: administrator, List: []accounts.Method{app, email}}, "", 2},
		"a mailbox of one's own":       {claimant{ID: "x", Open: true, Asked: policies.Asked{Policy: policies.Default()}, Own: mailbox}, "", 1},
		"a mailbox, a second factor":   {claimant{ID: "x", Open: true, Asked: policies.Asked{Policy: policies.Default()}, Own: mailbox, List: []accounts.Method{app}}, "", 2},
	} {
		if got := x.c.barred(); got != x.want || x.c.need() != x.need {
			t.Errorf("%s: %q with %d, want %q with %d", name, got, x.c.need(), x.want, x.need)
		}
	}
	c := claimant{ID: "x", Open: true, Asked: work(nil), List: []accounts.Method{app, email}}
	for _, x := range []struct {
		proved []accounts.MethodType
		want   bool
	}{
		{nil, false}, {[]accounts.MethodType{accounts.Email}, false}, {[]accounts.MethodType{accounts.Email, accounts.Questions}, false},
		{[]accounts.MethodType{accounts.Email, accounts.Authenticator}, true},
	} {
		if c.through(x.proved) != x.want {
			t.Errorf("%v: %v", x.proved, !x.want)
		}
	}
}

func TestResetWords(t *testing.T) {
	now, w := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), resetWords.upTo(strangersTries)
	for n, want := range []bool{true, true, true, false, false, false, false} {
		at := tries{Count: n, Last: now}
		if got := at.allow(now, w) == nil; got != want {
			t.Errorf("after %d: %v", n, got)
		}
		if at.allow(now.Add(23*time.Hour), w) == nil != want || at.allow(now.Add(24*time.Hour), w) != nil {
			t.Errorf("after %d: a day is not what it takes", n)
		}
	}
}

func TestPicked(t *testing.T) {
	right := []Pick{{"toy", "A  Bear"}, {"dish", "ｆｉｓｈ"}, {"job", strings40}}
	got, err := picked(right, 3)
	if err != nil || got["toy"] != "a bear" || got["dish"] != "fish" {
		t.Error(got, err)
	}
	for name, bad := range map[string][]Pick{
		"too few": right[:2], "no question": {{"", "bear"}, right[1], right[2]}, "unknown": {{"birthday", "bear"}, right[1], right[2]},
		"twice": {right[0], {"toy", "other"}, right[2]}, "same answer": {right[0], {"dish", " a BEAR"}, right[2]},
		"short": {{"toy", "ab"}, right[1], right[2]}, "long": {{"toy", strings40 + "x"}, right[1], right[2]}, "control": {{"toy", "a\u0007bcd"}, right[1], right[2]},
	} {
		if _, err := picked(bad, 3); !fault.Is(err, "invalid") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(questions) < 20 {
		t.Error("too few to choose among")
	}
}

const strings40 = "forty characters are the most there can "

func TestDrawn(t *testing.T) {
	list := []string{"a", "b", "c", "d"}
	lot := func(s string) []byte { return []byte{'z' - s[0]} }
	if got := drawn(list, 2, lot); !slices.Equal(got, []string{"d", "c"}) {
		t.Error(got)
	}
	if got := drawn(list, 9, lot); len(got) != 4 || list[0] != "a" {
		t.Error(got, list)
	}
}
