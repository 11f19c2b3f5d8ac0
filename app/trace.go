package app

// follow hands what happens to whoever traces it.
func (a *App) follow() {
	if a.Traces == nil {
		return
	}
	a.server.Tracer, a.Outbox.Watch = a.Traces, a.Traces.Mail
	a.DB.Watch(a.Traces.Transactions(a.DB.Name()))
}
