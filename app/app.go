package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"sojourn/activity"
	"sojourn/admin"
	"sojourn/directory"
	"sojourn/directory/connections"
	"sojourn/directory/deletedusers"
	"sojourn/directory/experience"
	"sojourn/directory/groups"
	"sojourn/directory/properties"
	"sojourn/directory/users"
	"sojourn/guests"
	"sojourn/internal/caps"
	"sojourn/internal/db"
	"sojourn/internal/i18n"
	"sojourn/internal/id"
	"sojourn/internal/jobs"
	"sojourn/internal/mail"
	"sojourn/internal/metrics"
	"sojourn/internal/outbox"
	"sojourn/internal/passkey"
	"sojourn/internal/phone"
	"sojourn/internal/secret"
	"sojourn/internal/sources"
	"sojourn/internal/trace"
	"sojourn/internal/web"
	"sojourn/locales"
	"sojourn/myaccount"
	"sojourn/organizations"
	"sojourn/policies"
	"sojourn/policies/signinpolicies"
	"sojourn/requests"
	"sojourn/securityinfo"
	"sojourn/securityinfo/accesspass"
	"sojourn/securityinfo/authenticator"
	"sojourn/securityinfo/emails"
	"sojourn/securityinfo/inventory"
	"sojourn/securityinfo/passkeys"
	"sojourn/securityinfo/phones"
	"sojourn/securityinfo/questions"
	"sojourn/securityinfo/recoverycodes"
	"sojourn/securityinfo/register"
	"sojourn/securityinfo/reset"
	"sojourn/securityinfo/tokens"
	"sojourn/securityinfo/usermethods"
	"sojourn/signin"
	"sojourn/ui"
	"sojourn/undelivered"
)

// Parts are what an App is built of: all that differs between serve, the demo,
// the command line and a test.
type Parts struct {
	DB      *db.DB
	Box     *secret.Box
	Base    *url.URL
	Proxies []netip.Prefix
	Zone    *time.Location
	Mail    mail.Sender   // nil: mails wait in the outbox
	Texts   outbox.Sender // nil: texts are not offered
	Calls   outbox.Sender // nil: calls are not offered
	Hashing securityinfo.Params
	Log     *slog.Logger
	Dev     bool               // /preview and the pseudo language
	Extra   func(t *web.Table) // routes of the demo
	Metrics *metrics.Metrics   // nil: nothing is counted
	Traces  *trace.Traces      // nil: nothing is traced

	Countries phone.Countries // that texts and calls may go to; without any they are not offered
	PhoneCaps caps.Phone      // zero: the usual

	LogRequests bool // a line for each
}

// App is the whole portal.
type App struct {
	Parts
	Words  *i18n.Bundle
	Outbox *outbox.Outbox

	Signin        *signin.Feature
	SecurityInfo  *securityinfo.Feature
	Authenticator *authenticator.Feature
	RecoveryCodes *recoverycodes.Feature
	Phones        *phones.Feature
	Passkeys      *passkeys.Feature
	UserMethods   *usermethods.Feature
	Register      *register.Feature
	AccessPass    *accesspass.Feature
	Emails        *emails.Feature
	Questions     *questions.Feature
	Tokens        *tokens.Feature
	Inventory     *inventory.Feature
	Reset         *reset.Feature
	Directory     *directory.Feature
	Users         *users.Feature
	DeletedUsers  *deletedusers.Feature
	Groups        *groups.Feature
	Properties    *properties.Feature
	Connections   *connections.Feature
	Experience    *experience.Feature
	Policies      *policies.Feature
	PolicyPages   *signinpolicies.Feature
	Guests        *guests.Feature
	Organizations *organizations.Feature
	Activity      *activity.Feature
	Requests      *requests.Feature
	MyAccount     *myaccount.Feature
	Undelivered   *undelivered.Feature
	Admin         *admin.Feature

	server   *web.Server
	table    *web.Table
	stopping atomic.Bool
}

// New builds every room and connects them. Read it aloud.
func New(p Parts) (*App, error) {
	words, err := i18n.Load(locales.Files, p.Dev)
	if err != nil {
		return nil, err
	}
	if p.Mail == nil {
		words.WithoutMail()
	}
	if p.PhoneCaps == (caps.Phone{}) {
		p.PhoneCaps = caps.DefaultPhone
	}
	a := &App{Parts: p, Words: words}
	a.Outbox = &outbox.Outbox{DB: p.DB, Box: p.Box, IDs: id.System, Sender: p.Mail, Texts: p.Texts, Calls: p.Calls, Log: p.Log}
	a.rooms()
	a.limits()
	a.connect()
	a.serve()
	a.routes()
	a.count()
	a.follow()
	return a, nil
}

// rooms builds every room by itself.
func (a *App) rooms() {
	p, base := a.Parts, a.Base.String()
	a.Signin = &signin.Feature{DB: p.DB, IDs: id.System, Base: p.Base, Words: a.Words, Log: p.Log, Zone: p.Zone}
	a.SecurityInfo = &securityinfo.Feature{
		DB: p.DB, IDs: id.System, Box: p.Box, Hasher: securityinfo.NewHasher(p.Box, p.Hashing), Words: a.Words, Log: p.Log, BaseURL: base, Zone: p.Zone,
		Keys: passkey.For(p.Base, ui.Brand),
	}
	a.Authenticator = &authenticator.Feature{Info: a.SecurityInfo}
	a.Phones = &phones.Feature{Info: a.SecurityInfo}
	a.Passkeys = &passkeys.Feature{Info: a.SecurityInfo}
	a.Register = &register.Feature{Info: a.SecurityInfo}
	a.AccessPass = &accesspass.Feature{Info: a.SecurityInfo}
	a.Emails = &emails.Feature{Info: a.SecurityInfo}
	a.Questions = &questions.Feature{Info: a.SecurityInfo}
	a.Tokens = &tokens.Feature{Info: a.SecurityInfo}
	a.Inventory = &inventory.Feature{DB: p.DB, IDs: id.System, Seals: a.SecurityInfo}
	a.Reset = &reset.Feature{Info: a.SecurityInfo, Base: p.Base}
	a.RecoveryCodes = &recoverycodes.Feature{Info: a.SecurityInfo}
	a.UserMethods = &usermethods.Feature{DB: p.DB, IDs: id.System, Words: a.Words, BaseURL: base, Zone: p.Zone}
	a.Directory = &directory.Feature{DB: p.DB, IDs: id.System, Words: a.Words, Log: p.Log, BaseURL: base, Zone: p.Zone}
	a.Users = &users.Feature{DB: p.DB, Words: a.Words, Directory: a.Directory}
	a.DeletedUsers = &deletedusers.Feature{DB: p.DB, Log: p.Log, Directory: a.Directory}
	a.Groups = &groups.Feature{DB: p.DB, Directory: a.Directory}
	a.Properties = &properties.Feature{DB: p.DB, Directory: a.Directory}
	a.Connections = &connections.Feature{DB: p.DB}
	a.Experience = &experience.Feature{DB: p.DB, Directory: a.Directory}
	a.Policies = &policies.Feature{DB: p.DB, Directory: a.Directory}
	a.PolicyPages = &signinpolicies.Feature{DB: p.DB, Policies: a.Policies}
	a.Organizations = &organizations.Feature{DB: p.DB, IDs: id.System, Words: a.Words, Log: p.Log, BaseURL: base, Zone: p.Zone}
	a.Guests = &guests.Feature{DB: p.DB, IDs: id.System, Words: a.Words, Log: p.Log, BaseURL: base, Zone: p.Zone}
	a.Activity = &activity.Feature{DB: p.DB, Sessions: sessions{a.Signin}}
	a.Requests = &requests.Feature{DB: p.DB, IDs: id.System, Words: a.Words, Log: p.Log, BaseURL: base, Zone: p.Zone}
	a.MyAccount = &myaccount.Feature{DB: p.DB, IDs: id.System, Words: a.Words, Zone: p.Zone, Activity: a.Activity}
	a.Undelivered = &undelivered.Feature{DB: p.DB, Outbox: a.Outbox, Countries: p.Countries, Caps: p.PhoneCaps}
	a.Admin = &admin.Feature{}
}

// limits are what one source of requests may do, so that a flood waits for itself only.
func (a *App) limits() {
	a.Signin.Begun = &sources.Limiter{Limits: sources.Limits{Minute: 120}}
	a.Signin.Asked = &sources.Limiter{Limits: sources.Limits{Minute: 240}}
	tries := &sources.Limiter{Limits: sources.Limits{AtOnce: 12, Minute: 120, Wrong: 300}}
	a.Signin.Tries, a.SecurityInfo.Tries = tries, tries
	a.SecurityInfo.Begun = a.Signin.Begun
}

// connect gives each room what it asks of the others.
func (a *App) connect() {
	p := a.Parts
	a.SecurityInfo.Delivers, a.SecurityInfo.Countries, a.SecurityInfo.PhoneCaps = a.Delivers, p.Countries, p.PhoneCaps
	a.Signin.Bounds, a.Signin.Taking = a.SecurityInfo, a.SecurityInfo
	a.Signin.Passwords, a.Signin.Seconds, a.Signin.Uses, a.Signin.Outbox, a.Signin.Resets = a.SecurityInfo, a.SecurityInfo, a.Directory, a.Outbox, a.SecurityInfo
	a.SecurityInfo.Sessions, a.SecurityInfo.Outbox, a.SecurityInfo.Founder, a.SecurityInfo.Notices = a.Signin, a.Outbox, founder{a.Directory}, a.Signin
	a.Policies.Sessions = a.Signin
	a.Directory.Uses = a.Policies
	a.Signin.Passes, a.UserMethods.Passes = a.SecurityInfo, a.SecurityInfo
	a.UserMethods.Gives = a.SecurityInfo
	a.Signin.Registrations, a.SecurityInfo.Registering = a.SecurityInfo, a.Signin
	a.Signin.Passkeys = a.SecurityInfo
	a.UserMethods.Sessions, a.UserMethods.Outbox = a.Signin, a.Outbox
	a.Directory.Sessions, a.Directory.Outbox, a.Directory.Receipts, a.Directory.Links = a.Signin, a.Outbox, keepers{a.Organizations, a.Requests, a.Guests, a.Undelivered, a.Inventory}, a.SecurityInfo
	a.Organizations.Directory, a.Organizations.Outbox, a.Organizations.Shell = a.Directory, a.Outbox, a
	a.Requests.Directory, a.Requests.Departures, a.Requests.Connections, a.Requests.Outbox = a.Directory, a.Organizations, a.Directory, a.Outbox
	a.Guests.Directory, a.Guests.Outbox, a.Guests.Links = a.Directory, a.Outbox, invitationLinks{a.SecurityInfo}
}

// serve makes the server that shows it all.
func (a *App) serve() {
	p := a.Parts
	a.server = &web.Server{
		Base: p.Base, Proxies: p.Proxies, Box: p.Box, Words: a.Words, Zone: p.Zone, Log: p.Log,
		Now: p.DB.Now, Gate: a.Signin, Frame: a.frame, Problem: a.problem, Instead: instead, LogRequests: p.LogRequests,
	}
	a.Signin.Languages, a.MyAccount.Languages = a.server, a.server
}

// routes are the pages of every room.
func (a *App) routes() {
	a.table = &web.Table{}
	a.MyAccount.Routes(a.table)
	a.Organizations.Routes(a.table)
	a.Requests.Routes(a.table)
	a.Signin.Routes(a.table)
	a.SecurityInfo.Routes(a.table)
	a.Authenticator.Routes(a.table)
	a.RecoveryCodes.Routes(a.table)
	a.Phones.Routes(a.table)
	a.Passkeys.Routes(a.table)
	a.Register.Routes(a.table)
	a.AccessPass.Routes(a.table)
	a.Emails.Routes(a.table)
	a.Questions.Routes(a.table)
	a.Tokens.Routes(a.table)
	a.Inventory.Routes(a.table)
	a.Reset.Routes(a.table)
	a.UserMethods.Routes(a.table)
	a.Activity.Routes(a.table)
	a.Guests.Routes(a.table)
	a.Admin.Routes(a.table)
	a.Users.Routes(a.table)
	a.DeletedUsers.Routes(a.table)
	a.Groups.Routes(a.table)
	a.Properties.Routes(a.table)
	a.Connections.Routes(a.table)
	a.Experience.Routes(a.table)
	a.PolicyPages.Routes(a.table)
	a.Undelivered.Routes(a.table)
	a.houseRoutes(a.table)
	if a.Dev {
		a.previewRoutes(a.table)
	}
	if a.Extra != nil {
		a.Extra(a.table)
	}
}

// Routes are all routes of the portal.
func (a *App) Routes() []web.Route { return a.table.Routes() }

// Handler is the portal.
func (a *App) Handler() http.Handler { return a.server.Handler(a.table) }

// Run sends mails and does what has its time, until ctx ends.
func (a *App) Run(ctx context.Context) {
	var beside sync.WaitGroup
	defer beside.Wait() // a mail that is half sent would be sent again
	beside.Go(func() { a.Outbox.Run(ctx) })
	beside.Go(func() { a.keepTime(ctx) })
	jobs.Run(ctx, a.DB, id.System, a.Log, a.chores())
}

// chores are what has its time.
func (a *App) chores() []jobs.Job {
	return []jobs.Job{
		{Name: "beat", Every: 5 * time.Minute, Do: a.Directory.Beat},
		{Name: "tell-closing", Every: time.Minute, Do: a.Directory.TellClosing},
		{Name: "purge", Every: 10 * time.Minute, Do: a.purge},
		{Name: "purge-closed", Every: time.Hour, Do: a.Directory.PurgeClosed},
		{Name: "expire-invitations", Every: time.Hour, Do: a.Directory.ExpireInvitations},
		{Name: "requests", Every: time.Hour, Do: a.Requests.Tick},
		{Name: "sweep-signin", Every: time.Hour, Do: a.Signin.Sweep},
		{Name: "sweep-links", Every: time.Hour, Do: a.SecurityInfo.Sweep},
		{Name: "prune-outbox", Every: time.Hour, Do: a.prune},
	}
}

// CatchUp does at once all that has become due, for whoever moved the clock.
func (a *App) CatchUp(ctx context.Context) error {
	for _, chore := range a.chores() {
		if err := chore.Do(ctx); err != nil {
			return fmt.Errorf("%s: %w", chore.Name, err)
		}
	}
	return nil
}

// keepTime measures the database server's clock each minute, in each process.
func (a *App) keepTime(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := a.DB.MeasureClock(ctx); err != nil && ctx.Err() == nil {
				a.Log.Warn("the database's clock cannot be read", "error", err)
			}
		}
	}
}

func (a *App) purge(ctx context.Context) error {
	n, err := a.Directory.Purge(ctx, nil)
	a.Metrics.Purged(n, err == nil)
	if n > 0 {
		a.Log.Info("purged", "users", n)
	}
	return err
}

// keepSent is how long the record that a mail was sent stays.
const keepSent = 90 * 24 * time.Hour

func (a *App) prune(ctx context.Context) error {
	if _, err := outbox.Prune(ctx, a.DB, a.DB.Now().Add(-keepSent)); err != nil {
		return err
	}
	return a.Outbox.Sweep(ctx)
}

// Delivers says whether messages of a channel go out: rooms ask before they offer it.
func (a *App) Delivers(c outbox.Channel) bool {
	return a.Outbox.Delivers(c) && (c == outbox.ByMail || len(a.Countries) > 0)
}

func (a *App) dev() bool { return a.Dev || a.Extra != nil }
