package app

import "sojourn/internal/metrics"

// count hands what happens to whoever counts it.
func (a *App) count() {
	if a.Metrics == nil {
		return
	}
	a.server.Meter, a.Signin.Told = a.Metrics, a.Metrics.SignedIn
	a.Metrics.Watch(metrics.State{DB: a.DB, Outbox: a.Outbox, Purge: a.Directory, Hashing: a.SecurityInfo.Hasher})
}
