package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"sojourn/internal/db"
	"sojourn/internal/outbox"
)

// patience is how long a scrape waits for the database.
const patience = 4 * time.Second

// Purge is what is known of the permanent deletion of users.
type Purge interface {
	Due(ctx context.Context) (int, error)
	Doubted(ctx context.Context) (bool, error)
}

// Hashing is the queue before the hashing of passwords.
type Hashing interface {
	Queue() (running, waiting int)
}

// State is looked at when somebody asks for the metrics. What is in the database is
// the same for every replica.
type State struct {
	DB      *db.DB
	Outbox  *outbox.Outbox
	Purge   Purge
	Hashing Hashing
}

// Watch adds the state of a portal.
func (m *Metrics) Watch(s State) { m.registry.MustRegister(state{s}) }

type state struct{ State }

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	up        = described("sojourn_database_up", "1 if the database answered this scrape.")
	connsOpen = described("sojourn_database_connections_open", "Connections open, by pool.", "pool")
	connsBusy = described("sojourn_database_connections_in_use", "Connections in use, by pool.", "pool")
	connsMax  = described("sojourn_database_connections_max", "Most connections, by pool.", "pool")
	waits     = described("sojourn_database_waits_total", "How often somebody waited for a connection, by pool.", "pool")
	waited    = described("sojourn_database_wait_seconds_total", "How long all of them waited for a connection, by pool.", "pool")
	retries   = described("sojourn_database_transaction_retries_total", "Transactions run once more because they lost against another one or their connection was cut.")
	giveUps   = described("sojourn_database_transaction_give_ups_total", "Transactions given up after all their tries: somebody was asked to come back.")
	mailWaits = described("sojourn_outbox_waiting", "Messages that wait to be sent: mails, texts and calls.")
	mailAge   = described("sojourn_outbox_oldest_seconds", "Age of the oldest message that waits; 0 when none does.")
	mailSent  = described("sojourn_outbox_sent_total", "Messages this process has sent.")
	mailDead  = described("sojourn_outbox_dead_total", "Messages this process has given up, but those that expired.")
	delivered = described("sojourn_deliveries_total", "Tries of this process to send a message, by channel (mail, sms, voice) and result (sent, retried, dead, expired).", "channel", "result")
	purgeDue  = described("sojourn_purge_due_users", "Deleted users whose time has come and who are not purged yet.")
	doubted   = described("sojourn_clock_doubted", "1 while the clock has jumped and the purge waits.")
	hashRuns  = described("sojourn_password_hashes_running", "Passwords being hashed or compared now.")
	hashWaits = described("sojourn_password_hashes_waiting", "Passwords that wait for their turn.")
)

// Describe names all of it.
func (s state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		up, connsOpen, connsBusy, connsMax, waits, waited, retries, giveUps, mailWaits, mailAge, mailSent, mailDead, delivered, purgeDue, doubted, hashRuns, hashWaits,
	} {
		to <- d
	}
}

// Collect looks. What the database does not tell in time is left out.
func (s state) Collect(to chan<- prometheus.Metric) {
	put := func(d *prometheus.Desc, kind prometheus.ValueType, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, kind, value, labels...)
	}
	for _, p := range s.DB.Pools() {
		put(connsOpen, prometheus.GaugeValue, float64(p.OpenConnections), p.Name)
		put(connsBusy, prometheus.GaugeValue, float64(p.InUse), p.Name)
		put(connsMax, prometheus.GaugeValue, float64(p.MaxOpenConnections), p.Name)
		put(waits, prometheus.CounterValue, float64(p.WaitCount), p.Name)
		put(waited, prometheus.CounterValue, p.WaitDuration.Seconds(), p.Name)
	}
	again, lost := s.DB.Retried()
	put(retries, prometheus.CounterValue, float64(again))
	put(giveUps, prometheus.CounterValue, float64(lost))
	sent, dead := s.Outbox.Gone()
	put(mailSent, prometheus.CounterValue, float64(sent))
	put(mailDead, prometheus.CounterValue, float64(dead))
	for _, c := range s.Outbox.Counts() {
		put(delivered, prometheus.CounterValue, float64(c.N), string(c.Channel), c.Result)
	}
	running, waiting := s.Hashing.Queue()
	put(hashRuns, prometheus.GaugeValue, float64(running))
	put(hashWaits, prometheus.GaugeValue, float64(waiting))
	put(up, prometheus.GaugeValue, flag(s.ask(func(d *prometheus.Desc, value float64) { put(d, prometheus.GaugeValue, value) }) == nil))
}

// ask is what only the database knows.
func (s state) ask(put func(d *prometheus.Desc, value float64)) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	n, oldest, err := s.Outbox.Waiting(ctx)
	if err != nil {
		return err
	}
	put(mailWaits, float64(n))
	put(mailAge, oldest.Seconds())
	due, err := s.Purge.Due(ctx)
	if err != nil {
		return err
	}
	put(purgeDue, float64(due))
	yes, err := s.Purge.Doubted(ctx)
	if err != nil {
		return err
	}
	put(doubted, flag(yes))
	return nil
}

func flag(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
