package requests

import (
	"strings"
	"testing"
	"time"

	"sojourn/directory"
	"sojourn/internal/fault"
)

var noon = time.Date(2026, 5, 12, 12, 0, 0, 0, time.UTC)

func TestAskRule(t *testing.T) {
	guest := standing{state: directory.TenantActive, live: true, enabled: true, leaveAllowed: true, answered: true}
	with := func(k Kind, change func(*standing)) standing {
		s := guest
		s.kind = k
		change(&s)
		return s
	}
	same := func(*standing) {}
	gone := func(s *standing) { s.live, s.deleted, s.purgeAt = false, true, noon.Add(time.Hour) }
	direct := func(s *standing) { s.live, s.connected = false, true }
	for name, test := range map[string]struct {
		standing standing
		code     string // "" may ask
	}{
		"removal where one may leave":           {with(Removal, same), "may_leave"},
		"removal, leaving not allowed":          {with(Removal, func(s *standing) { s.leaveAllowed = false }), ""},
		"removal, disabled":                     {with(Removal, func(s *standing) { s.enabled = false }), ""},
		"removal from home":                     {with(Removal, func(s *standing) { s.home = true }), ""},
		"removal of the last administrator":     {with(Removal, func(s *standing) { s.home, s.lastAdmin = true, true }), "last_administrator"},
		"removal of who has left":               {with(Removal, gone), "not_there"},
		"removal by direct connect":             {with(Removal, direct), "not_there"},
		"removal from nowhere":                  {with(Removal, func(s *standing) { s.live = false }), "not_found"},
		"removal from a frozen one":             {with(Removal, func(s *standing) { s.leaveAllowed, s.state = false, directory.TenantFrozen }), "tenant_frozen"},
		"removal from a closed one":             {with(Removal, func(s *standing) { s.leaveAllowed, s.state = false, directory.TenantClosed }), "tenant_closed"},
		"removal, nobody would answer":          {with(Removal, func(s *standing) { s.leaveAllowed, s.answered = false, false }), "nobody_answers"},
		"removal, declined yesterday":           {with(Removal, func(s *standing) { s.leaveAllowed, s.declinedAt = false, noon.AddDate(0, 0, -1) }), "declined_lately"},
		"removal, declined 30 days ago":         {with(Removal, func(s *standing) { s.leaveAllowed, s.declinedAt = false, noon.AddDate(0, 0, -30) }), ""},
		"removal, declined 30 days ago less 1s": {with(Removal, func(s *standing) { s.leaveAllowed, s.declinedAt = false, noon.AddDate(0, 0, -30).Add(time.Second) }), "declined_lately"},
		"restore while live":                    {with(Restore, same), "already_there"},
		"restore of who left":                   {with(Restore, gone), ""},
		"restore on the day of the purge":       {with(Restore, func(s *standing) { gone(s); s.purgeAt = noon }), "erased"},
		"restore of who is on legal hold":       {with(Restore, func(s *standing) { gone(s); s.purgeAt = time.Time{} }), ""},
		"restore of somebody erased":            {with(Restore, func(s *standing) { s.live, s.erased = false, true }), "erased"},
		"restore by direct connect":             {with(Restore, direct), "not_there"},
		"restore from nowhere":                  {with(Restore, func(s *standing) { s.live = false }), "not_found"},
		"report":                                {with(Report, same), ""},
		"report after leaving":                  {with(Report, gone), ""},
		"report of the home":                    {with(Report, func(s *standing) { s.home = true }), "home_organization"},
		"report by direct connect":              {with(Report, direct), "not_there"},
		"data by direct connect":                {with(Data, direct), ""},
		"data where there is a user":            {with(Data, same), "user_there"},
		"data with both":                        {with(Data, func(s *standing) { s.connected = true }), "user_there"},
		"data of who left and is connected":     {with(Data, func(s *standing) { gone(s); s.connected = true }), ""},
		"data of who left":                      {with(Data, gone), "not_there"},
		"an unknown kind":                       {with("", same), "not_found"},
	} {
		err := ask(test.standing, noon)
		if test.code == "" && err != nil || test.code != "" && !fault.Is(err, test.code) {
			t.Errorf("%s: got %v, want %q", name, err, test.code)
		}
	}
}

func TestMonthsOn(t *testing.T) {
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 8, 30, 0, 0, time.UTC) }
	for _, c := range []struct {
		from   time.Time
		months int
		want   time.Time
	}{
		{day(1, 31), 1, day(2, 28)}, {day(5, 12), 1, day(6, 12)}, {day(3, 31), 1, day(4, 30)}, {day(12, 31), 2, time.Date(2027, 2, 28, 8, 30, 0, 0, time.UTC)},
		{day(1, 30), 2, day(3, 30)}, {time.Date(2028, 1, 31, 8, 30, 0, 0, time.UTC), 1, time.Date(2028, 2, 29, 8, 30, 0, 0, time.UTC)},
	} {
		if got := monthsOn(c.from, c.months); !got.Equal(c.want) {
			t.Errorf("%d months from %s: %s, want %s", c.months, c.from, got, c.want)
		}
	}
}

func TestDueAndLatest(t *testing.T) {
	soon := noon.AddDate(0, 0, 3)
	if got := dueAt(Restore, noon, soon); !got.Equal(soon) {
		t.Errorf("a restore is due before the purge, not on %s", got)
	}
	if got := dueAt(Removal, noon, soon); !got.Equal(monthsOn(noon, 1)) {
		t.Errorf("a removal is due in a month, not on %s", got)
	}
	r := Request{Kind: Restore, State: Open, OpenedAt: noon, DueAt: soon, now: course{purgeAt: soon, hasUser: true, tenant: directory.TenantActive}}
	if err := extendable(r, noon); !fault.Is(err, "no_time") {
		t.Errorf("a restore due on the purge can be extended: %v", err)
	}
	r.Kind = Removal
	for _, c := range []struct {
		until time.Time
		code  string
	}{
		{time.Time{}, "date_missing"}, {soon, "date_early"}, {noon, "date_early"}, {soon.AddDate(0, 0, 1), ""}, {monthsOn(soon, 2), ""}, {monthsOn(soon, 2).Add(time.Second), "date_late"},
	} {
		if err := extension(r, c.until); c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("until %s: %v, want %q", c.until, err, c.code)
		}
	}
	if err := extendable(r, noon); err != nil {
		t.Error(err)
	}
	if err := extendable(r, soon); !fault.Is(err, "overdue") {
		t.Errorf("an overdue request: %v", err)
	}
	r.ExtendedAt = noon
	if err := extendable(r, noon); !fault.Is(err, "extended_before") {
		t.Errorf("a second time: %v", err)
	}
}

// The last day that the form offers is allowed, wherever the administrator's clock is.
func TestOnDay(t *testing.T) {
	for _, zone := range []string{"UTC", "Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Skip(err)
		}
		for _, due := range []time.Time{noon, noon.Add(11 * time.Hour), time.Date(2026, 9, 30, 23, 30, 0, 0, time.UTC), time.Date(2026, 1, 31, 0, 10, 0, 0, time.UTC)} {
			r := Request{Kind: Removal, DueAt: due}
			y, m, d := latest(r).In(loc).Date()
			if err := extension(r, onDay(r, time.Date(y, m, d, 0, 0, 0, 0, loc))); err != nil {
				t.Errorf("%s, due %s: the last day is refused: %v", zone, due, err)
			}
		}
	}
	if !onDay(Request{}, time.Time{}).IsZero() {
		t.Error("no day is a day")
	}
}

func TestDecides(t *testing.T) {
	g, p, u := directory.GlobalAdministrator, directory.PrivacyAdministrator, directory.UserAdministrator
	for _, c := range []struct {
		name   string
		kind   Kind
		who    string
		own    directory.Role
		theirs []directory.Role
		code   string
	}{
		{"Global, removal", Removal, "x", g, nil, ""}, {"Privacy, removal", Removal, "x", p, nil, ""}, {"User, removal", Removal, "x", u, nil, ""},
		{"Global, data", Data, "x", g, nil, ""}, {"Privacy, data", Data, "x", p, nil, ""}, {"User, data", Data, "x", u, nil, "not_found"},
		{"User, report", Report, "x", u, nil, "not_found"}, {"Privacy, report of an administrator", Report, "x", p, []directory.Role{g}, ""},
		{"Reader, removal", Removal, "x", directory.ReportsReader, nil, "not_found"},
		{"their own", Removal, "me", g, nil, "own_request"}, {"User, of a Global", Removal, "x", u, []directory.Role{g}, "rank_too_low"},
		{"Privacy, of a Guest Inviter", Restore, "x", p, []directory.Role{directory.GuestInviter}, "rank_too_low"},
		{"User, of a Guest Inviter", Restore, "x", u, []directory.Role{directory.GuestInviter}, ""},
	} {
		err := decides(Request{Kind: c.kind, AccountID: "me"}, c.who, []directory.Role{c.own}, c.theirs)
		if c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
	}
	if err := decides(Request{Kind: Removal}, "", []directory.Role{g}, nil); err != nil {
		t.Errorf("a request of somebody erased is nobody's own: %v", err)
	}
}

func TestEntitled(t *testing.T) {
	var all []official
	for i := range 9 {
		all = append(all, official{UserID: string(rune('a' + i)), AccountID: string(rune('A' + i)), Roles: []directory.Role{directory.GlobalAdministrator}})
	}
	all[1].Roles = []directory.Role{directory.UserAdministrator}
	if got := entitled(all, Data, "A", nil); len(got) != told || got[0].UserID != "c" {
		t.Errorf("told %+v", got)
	}
	if got := global(all, "A"); len(got) != 7 {
		t.Errorf("%d Global Administrators besides oneself, want 7", len(got))
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct {
		typed, want, code string
		required          bool
	}{
		{"  two\r\nlines ", "two\nlines", "", true}, {"", "", "", false}, {" \n ", "", "text_missing", true},
		{strings.Repeat("é", maxText), strings.Repeat("é", maxText), "", true}, {strings.Repeat("é", maxText+1), "", "text_long", true},
		{"a\x07b", "", "text_characters", false}, {"a\u202eb", "", "text_characters", false},
	} {
		got, err := written(c.typed, c.required, "k")
		if got != c.want || c.code == "" && err != nil || c.code != "" && !fault.Is(err, c.code) {
			t.Errorf("%.20q: %.20q, %v", c.typed, got, err)
		}
	}
}

func TestLimits(t *testing.T) {
	source := func(address string) string {
		for _, c := range limits("a", "t", address) {
			if strings.HasPrefix(c.Counter, "request-source:") {
				return c.Counter
			}
		}
		return ""
	}
	if source("2001:db8:1:2::1") != source("2001:db8:1:2:ffff::9") || source("2001:db8:1:2::1") == source("2001:db8:1:3::1") {
		t.Error("one network of the sixth version is a /64")
	}
	if source("::ffff:192.0.2.1") != source("192.0.2.1") || source("192.0.2.1") == source("192.0.2.2") {
		t.Error("one address of the fourth version is one source")
	}
	if strings.Contains(source("192.0.2.1"), "192.0.2.1") || source("") != "" {
		t.Error("the address stands in a counter")
	}
}

func TestSettled(t *testing.T) {
	there := course{tenant: directory.TenantActive, hasUser: true, connected: true}
	with := func(change func(*course)) course { c := there; change(&c); return c }
	at := noon.Add(-time.Hour)
	for _, c := range []struct {
		name string
		kind Kind
		now  course
		want State
	}{
		{"removal, nothing happened", Removal, there, ""},
		{"removal, left since", Removal, with(func(c *course) { c.leftAt = at }), Met},
		{"removal, erased", Removal, with(func(c *course) { c.hasUser = false }), Met},
		{"restore, nothing happened", Restore, there, ""},
		{"restore, restored since", Restore, with(func(c *course) { c.restoredAt = at }), Met},
		{"restore, erased", Restore, with(func(c *course) { c.hasUser = false }), Lapsed},
		{"report, left since", Report, with(func(c *course) { c.leftAt = at }), ""},
		{"report, erased", Report, with(func(c *course) { c.hasUser = false }), Lapsed},
		{"data, connected", Data, with(func(c *course) { c.hasUser = false }), ""},
		{"data, ended", Data, with(func(c *course) { c.hasUser, c.connected, c.endedAt = false, false, at }), Met},
		{"removal, closed", Removal, with(func(c *course) { c.tenant = directory.TenantClosed }), Lapsed},
		{"removal, frozen", Removal, with(func(c *course) { c.tenant = directory.TenantFrozen }), ""},
	} {
		end, _, ended := settled(Request{Kind: c.kind, State: Open, now: c.now}, noon)
		if end != c.want || ended != (c.want != "") {
			t.Errorf("%s: %q", c.name, end)
		}
		if _, _, ended := settled(Request{Kind: c.kind, State: Declined, now: c.now}, noon); ended {
			t.Errorf("%s: what is closed is settled again", c.name)
		}
	}
}

func TestStrike(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name      string
		left      time.Duration
		reminded  int
		escalated bool
		want      step
	}{
		{"eight days left", 8 * day, 0, false, nothing}, {"a week left", 7 * day, 0, false, remind}, {"reminded once", 6 * day, 1, false, nothing},
		{"a day left", day, 1, false, remind}, {"none sent, an hour left", time.Hour, 0, false, remind}, {"both sent", time.Hour, 2, false, nothing},
		{"late", 0, 2, false, escalate}, {"late, none sent", -day, 0, false, escalate}, {"late and told", -day, 2, true, nothing},
	} {
		r := Request{State: Open, DueAt: noon.Add(c.left), Reminded: c.reminded, now: course{tenant: directory.TenantActive}}
		if c.escalated {
			r.EscalatedAt = noon
		}
		if got := strike(r, noon); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		r.now.tenant = directory.TenantFrozen
		if strike(r, noon) != nothing {
			t.Errorf("%s: somebody in a frozen organization is told", c.name)
		}
	}
}

func TestPlace(t *testing.T) {
	open := func(days int) Request { return Request{State: Open, DueAt: noon.AddDate(0, 0, days)} }
	closed := func(days int) Request { return Request{State: Declined, ClosedAt: noon.AddDate(0, 0, days)} }
	order := []Request{open(-3), open(1), open(90), closed(0), closed(-1), closed(-400)}
	for i := 1; i < len(order); i++ {
		if place(order[i-1]) >= place(order[i]) {
			t.Errorf("%d stands behind %d", i-1, i)
		}
	}
}
