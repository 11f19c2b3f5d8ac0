package demo

import "sojourn/directory"

// The cast. Domains end in .example, which nobody can own (RFC 2606).

type organization struct {
	name, domain string
	privacy      string // privacy contact
	technical    string
	statement    string
	leaveNo      bool // External user leave settings: No
	groups       []string
	experience   string // the group My Account is turned on for; "" for all
	founded      int    // days ago
}

type person struct {
	name, signIn, domain string // domain "" for an account of their own
	address              string // of an account of their own
	language             string
	groups               []string
	roles                []directory.Role
	since                int // days ago
}

// stay is somebody's time as a guest.
type stay struct {
	who, where string // sign-in address, domain
	by         string // sign-in name of the inviter in that domain
	invited    int    // days ago
	accepted   bool
	used       int // days ago; −1 never
	groups     []string
	roles      []directory.Role
	disabled   int  // days ago; 0 not
	again      bool // although they could be restored
}

// gone is a user deleted again.
type gone struct {
	who, where string
	by         string // sign-in name of the administrator; "" left by choice
	left       int    // days left until the purge
	hold       string
}

var places = []organization{
	{name: "Contoso Ltd", domain: "contoso.example", privacy: "privacy@contoso.example", technical: "it@contoso.example", statement: "https://contoso.example/privacy", founded: 2000,
		groups: []string{"All staff", "Design review", "Harbour project", "Winter campaign"}},
	{name: "Fabrikam, Inc.", domain: "fabrikam.example", privacy: "privacy@fabrikam.example", statement: "https://fabrikam.example/privacy", founded: 1900,
		groups: []string{"All guests", "Design review", "Harbour project"}},
	{name: "Northwind Traders & Søn", domain: "northwind.example", privacy: "privacy@northwind.example", technical: "it@northwind.example", leaveNo: true, founded: 1500, groups: []string{"Suppliers"}},
	{name: "Woodgrove Bank", domain: "woodgrove.example", technical: "helpdesk@woodgrove.example", founded: 1700, groups: []string{"Auditors"}},
	{name: "Proseware", domain: "proseware.example", privacy: "hello@proseware.example", founded: 1600, groups: []string{"Readers"}},
	{name: "Adatum Volunteers", domain: "adatum.example", privacy: "care@adatum.example", founded: 780, groups: []string{"Board"}},
	{name: "Litware Research Collective", domain: "litware.example", founded: 1400, groups: []string{"Archive"}},
	{name: "Tailspin Toys International Holding Gesellschaft mit beschränkter Haftung", domain: "tailspin-toys-international-holding.example", privacy: "datenschutz@tailspin-toys-international-holding.example", founded: 1300, groups: []string{"Spielwarenmesse"}},
	{name: "Clinique Sainte-Geneviève", domain: "sainte-genevieve.example", privacy: "dpo@sainte-genevieve.example", statement: "https://sainte-genevieve.example/vie-privee", founded: 1200, groups: []string{"Consultants"}},
	{name: "Relecloud", domain: "relecloud.example", privacy: "privacy@relecloud.example", founded: 1100, groups: []string{"Partners", "Starters"}},
	{name: "Lucerne Publishing", domain: "lucerne.example", privacy: "privacy@lucerne.example", technical: "it@lucerne.example", statement: "https://lucerne.example/privacy", founded: 950, groups: []string{"Authors"}, experience: "Authors"},
	{name: "Byrne Rowing Club", domain: "byrne-rowing.example", privacy: "ed.byrne@post.example", founded: 480},
	{name: "مؤسسة النور", domain: "alnoor.example", privacy: "privacy@alnoor.example", founded: 900, groups: []string{"الضيوف"}},
}

var people = []person{
	{name: "Noor Haddad", signIn: "noor.haddad", domain: "contoso.example", language: "en", since: 1900},
	{name: "Sam Rivera", signIn: "sam.rivera", domain: "contoso.example", language: "en", since: 1950, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Olu Adeyemi", signIn: "olu.adeyemi", domain: "contoso.example", language: "en", since: 700},
	{name: "Ursula Admin", signIn: "ursula", domain: "contoso.example", language: "en", since: 600, roles: []directory.Role{directory.UserAdministrator}},
	{name: "Ann Lee", signIn: "ann.lee", domain: "fabrikam.example", language: "en", since: 1850, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Lena Fischer", signIn: "lena.fischer", domain: "fabrikam.example", language: "en", since: 800},
	{name: "Jürgen Weiß", signIn: "juergen.weiss", domain: "northwind.example", language: "en", since: 1450, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Rik Achterberg", signIn: "rik.achterberg", domain: "woodgrove.example", language: "nl", since: 1650, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Pia Lindqvist", signIn: "pia", domain: "proseware.example", language: "en", since: 1550, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Bo Winter", signIn: "bo", domain: "proseware.example", language: "en", since: 1500, roles: []directory.Role{directory.GuestInviter}},
	{name: "Aiko Tanaka", signIn: "aiko", domain: "proseware.example", language: "en", since: 1000},
	{name: "Tomas Lindt", signIn: "tomas", domain: "litware.example", language: "en", since: 1350, roles: []directory.Role{directory.GuestInviter}},
	{name: "佐藤 健", signIn: "sato", domain: "litware.example", language: "en", since: 1000},
	{name: "Maximiliane Freifrau von Hohenstein-Wittelsbach", signIn: "maximiliane.von.hohenstein-wittelsbach", domain: "tailspin-toys-international-holding.example", language: "en", since: 1250, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Dr. Odile Marchand", signIn: "odile.marchand", domain: "sainte-genevieve.example", language: "en", since: 1150, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Chidi Okonkwo", signIn: "chidi", domain: "relecloud.example", language: "en", since: 1050, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Emil Graf", signIn: "emil.graf", domain: "lucerne.example", language: "en", since: 300},
	{name: "Lucie Blanc", signIn: "lucie.blanc", domain: "lucerne.example", language: "en", since: 940, groups: []string{"Authors"}, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "نور الهدى", signIn: "noorulhuda", domain: "alnoor.example", language: "en", since: 850, roles: []directory.Role{directory.GlobalAdministrator}},
	{name: "Jonas Bakker", signIn: "jonas.bakker", domain: "relecloud.example", language: "en", since: 2, groups: []string{"Starters"}},
	{name: "Iris Koning", signIn: "iris.koning", domain: "relecloud.example", language: "en", since: 400},
	{name: "Mirjam de Vries", address: "mirjam@postbus.example", language: "nl", since: 800},
	{name: "Ed Byrne", address: "ed.byrne@post.example", language: "en", since: 500},
}

var stays = []stay{
	// Noor, a member with a home and many others.
	{who: "noor.haddad@contoso.example", where: "fabrikam.example", by: "ann.lee", invited: 986, accepted: true, used: 2, groups: []string{"All guests", "Design review", "Harbour project"}},
	{who: "noor.haddad@contoso.example", where: "northwind.example", by: "juergen.weiss", invited: 690, accepted: true, used: 1, groups: []string{"Suppliers"}},
	{who: "noor.haddad@contoso.example", where: "woodgrove.example", by: "rik.achterberg", invited: 1250, accepted: true, used: 240, groups: []string{"Auditors"}, disabled: 230},
	{who: "noor.haddad@contoso.example", where: "proseware.example", by: "bo", invited: 900, accepted: true, used: 300, groups: []string{"Readers"}},
	{who: "noor.haddad@contoso.example", where: "adatum.example", invited: 780, accepted: true, used: 6, groups: []string{"Board"}, roles: []directory.Role{directory.GlobalAdministrator}},
	{who: "noor.haddad@contoso.example", where: "litware.example", by: "tomas", invited: 850, accepted: true, used: 200, groups: []string{"Archive"}},
	{who: "noor.haddad@contoso.example", where: "tailspin-toys-international-holding.example", by: "maximiliane.von.hohenstein-wittelsbach", invited: 490, accepted: true, used: -1, roles: []directory.Role{directory.GuestInviter}},
	{who: "noor.haddad@contoso.example", where: "alnoor.example", by: "noorulhuda", invited: 120, accepted: true, used: 20, groups: []string{"الضيوف"}},
	{who: "noor.haddad@contoso.example", where: "relecloud.example", by: "chidi", invited: 4},
	// People without a home organization.
	{who: "mirjam@postbus.example", where: "fabrikam.example", by: "ann.lee", invited: 620, accepted: true, used: 3, groups: []string{"All guests"}},
	{who: "mirjam@postbus.example", where: "sainte-genevieve.example", by: "odile.marchand", invited: 200, accepted: true, used: 0, groups: []string{"Consultants"}},
	{who: "mirjam@postbus.example", where: "proseware.example", by: "pia", invited: 700, accepted: true, used: 400},
	{who: "mirjam@postbus.example", where: "contoso.example", by: "sam.rivera", invited: 2},
	{who: "ed.byrne@post.example", where: "woodgrove.example", by: "rik.achterberg", invited: 400, accepted: true, used: 10, groups: []string{"Auditors"}},
	{who: "ed.byrne@post.example", where: "northwind.example", by: "juergen.weiss", invited: 300, accepted: true, used: 30},
	// Two who could follow Noor at Adatum; Ed is alone in his club.
	{who: "ed.byrne@post.example", where: "adatum.example", invited: 380, accepted: true, used: 8, groups: []string{"Board"}},
	{who: "lucie.blanc@lucerne.example", where: "adatum.example", invited: 360, accepted: true, used: 50},
	{who: "ed.byrne@post.example", where: "byrne-rowing.example", invited: 470, accepted: true, used: 15, roles: []directory.Role{directory.GlobalAdministrator}},
	// Guests elsewhere.
	{who: "ann.lee@fabrikam.example", where: "contoso.example", by: "sam.rivera", invited: 600, accepted: true, used: 5, groups: []string{"Design review"}},
	{who: "lena.fischer@fabrikam.example", where: "contoso.example", by: "sam.rivera", invited: 680, accepted: true, used: 28, groups: []string{"Design review", "Harbour project", "Winter campaign"}, roles: []directory.Role{directory.GuestInviter}},
	{who: "chidi@relecloud.example", where: "contoso.example", by: "sam.rivera", invited: 500, accepted: true, used: 40, groups: []string{"Harbour project"}},
	{who: "maximiliane.von.hohenstein-wittelsbach@tailspin-toys-international-holding.example", where: "contoso.example", by: "ursula", invited: 450, accepted: true, used: 60, groups: []string{"Design review"}},
	{who: "aiko@proseware.example", where: "contoso.example", by: "sam.rivera", invited: 420, accepted: true, used: 35, groups: []string{"All staff"}},
	{who: "sato@litware.example", where: "contoso.example", by: "ursula", invited: 410, accepted: true, used: 33, groups: []string{"Design review"}},
	{who: "juergen.weiss@northwind.example", where: "contoso.example", by: "sam.rivera", invited: 300, accepted: true, used: 90, disabled: 15},
	{who: "sam.rivera@contoso.example", where: "fabrikam.example", by: "ann.lee", invited: 300, accepted: true, used: 12, groups: []string{"All guests"}},
	{who: "sato@litware.example", where: "fabrikam.example", by: "ann.lee", invited: 350, accepted: true, used: 31, groups: []string{"All guests", "Harbour project"}},
	{who: "tomas@litware.example", where: "woodgrove.example", by: "rik.achterberg", invited: 330, accepted: true, used: 26, groups: []string{"Auditors"}},
	{who: "kim.park@post.example", where: "contoso.example", by: "ursula", invited: 9},
}

var departures = []gone{
	{who: "chidi@relecloud.example", where: "contoso.example", left: 1},
	{who: "lena.fischer@fabrikam.example", where: "contoso.example", left: 3},
	{who: "maximiliane.von.hohenstein-wittelsbach@tailspin-toys-international-holding.example", where: "contoso.example", by: "ursula", left: 9},
	{who: "aiko@proseware.example", where: "contoso.example", by: "sam.rivera", left: 20, hold: "Case 2026-118"},
	{who: "sato@litware.example", where: "contoso.example", left: 24},
	{who: "olu.adeyemi@contoso.example", where: "contoso.example", by: "sam.rivera", left: 29},
	{who: "sato@litware.example", where: "fabrikam.example", left: 12},
	{who: "tomas@litware.example", where: "woodgrove.example", left: 7},
}

// returned are people who were deleted and are there again by a new invitation.
var returned = []stay{
	{who: "tomas@litware.example", where: "woodgrove.example", by: "rik.achterberg", invited: 12, accepted: true, used: 4, again: true},
}

// vanished are groups deleted since: who had them comes back only in part.
var vanished = []struct {
	group, where, by string
	ago              int
}{{group: "Winter campaign", where: "contoso.example", by: "sam.rivera", ago: 10}}

// forgotten are members erased since: whom they invited no longer sees by whom.
var forgotten = []string{"bo@proseware.example"}

// connected are people who use what another organization shares, and have no user
// there.
var connected = []struct {
	who, where  string
	since, used int // days ago
}{
	{who: "noor.haddad@contoso.example", where: "lucerne.example", since: 95, used: 21},
	{who: "ann.lee@fabrikam.example", where: "lucerne.example", since: 60, used: 3},
	{who: "lucie.blanc@lucerne.example", where: "contoso.example", since: 80, used: 9},
}

// closed are organizations that no longer answer.
var closed = []struct {
	where string
	ago   int
}{{where: "proseware.example", ago: 25}}
