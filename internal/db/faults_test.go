package db_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"sojourn/internal/db"
	"sojourn/internal/dbtest"
	"sojourn/internal/fault"
)

// kill ends every connection of a database but the one that asks.
func kill(t *testing.T, by *db.DB) {
	t.Helper()
	if _, err := by.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim' AND datname = current_database()`); err != nil {
		t.Fatal(err)
	}
}

// two connects a victim and a killer to one fresh database.
func two(t *testing.T) (victim, killer *db.DB) {
	t.Helper()
	source := dbtest.Postgres(t)
	return dbtest.Connect(t, source+"&application_name=victim"), dbtest.Connect(t, source)
}

// A read finds another connection when its own has been cut, however many of the
// pool have been.
func TestLost_readsGoOn(t *testing.T) {
	d, killer := two(t)
	ctx := context.Background()
	for range 5 {
		held := make(chan error, 4)
		for range cap(held) { // as many connections as the pool holds
			go func() {
				_, err := db.Count(ctx, d, `SELECT count(*) FROM (SELECT pg_sleep(0.05)) AS x`)
				held <- err
			}()
		}
		for range cap(held) {
			if err := <-held; err != nil {
				t.Fatal(err)
			}
		}
		kill(t, killer)
		if n := countLeases(t, d); n != 0 {
			t.Fatal(n)
		}
		if found, err := db.All(ctx, d, db.Text, `SELECT name FROM leases ORDER BY name`); err != nil || len(found) != 0 {
			t.Fatal(found, err)
		}
	}
}

// A transaction whose connection is cut before its commit has done nothing, and is
// done once more.
func TestLost_transactionRunsAgain(t *testing.T) {
	d, killer := two(t)
	ctx, bodies := context.Background(), 0
	err := d.Tx(ctx, func(tx *db.Tx) error {
		bodies++
		if err := addLease(ctx, tx, "a", int64(bodies)); err != nil {
			return err
		}
		if bodies == 1 {
			kill(t, killer)
		}
		_, err := db.Count(ctx, tx, `SELECT count(*) FROM leases`)
		return err
	})
	if err != nil || bodies != 2 {
		t.Fatalf("%v after %d runs; want two", err, bodies)
	}
	if n := countLeases(t, d); n != 1 {
		t.Fatalf("%d rows", n)
	}
}

// A transaction whose connection is cut while it commits may be done or not: it is
// not run again, and nobody is told that nothing was changed.
func TestLost_commitInDoubt(t *testing.T) {
	d, killer := two(t)
	ctx := context.Background()
	for _, text := range []string{
		`CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$`,
		`CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON leases DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger()`,
	} {
		if _, err := killer.Exec(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	var bodies atomic.Int64
	answer := make(chan error, 1)
	go func() {
		answer <- d.Tx(ctx, func(tx *db.Tx) error {
			bodies.Add(1)
			return addLease(ctx, tx, "a", 1)
		})
	}()
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		n, err := db.Count(ctx, killer, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim' AND datname = current_database() AND wait_event = 'PgSleep'`)
		if err != nil || time.Now().After(late) {
			t.Fatal("it never came to its commit: ", err)
		}
		if n == 1 {
			break
		}
	}
	kill(t, killer)
	if err := <-answer; !fault.Is(err, "commit_unknown") || bodies.Load() != 1 {
		t.Fatalf("%v after %d runs; want commit_unknown after one", err, bodies.Load())
	}
}

// A single write may have been done when its connection was cut: it is told, not
// done again.
func TestLost_writeIsTold(t *testing.T) {
	d, killer := two(t)
	ctx := context.Background()
	if _, err := killer.Exec(ctx, `INSERT INTO leases (name, owner, until) VALUES ('a', 'b', 0)`); err != nil {
		t.Fatal(err)
	}
	answer := make(chan error, 1)
	go func() {
		_, err := d.Exec(ctx, `UPDATE leases SET until = until + 1 WHERE name = 'a' AND pg_sleep(60) IS NOT NULL`)
		answer <- err
	}()
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if n, err := db.Count(ctx, killer, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim' AND datname = current_database() AND wait_event = 'PgSleep'`); err != nil || n == 1 {
			break
		}
		if time.Now().After(late) {
			t.Fatal("the write never began")
		}
	}
	kill(t, killer)
	if err := <-answer; !fault.Is(err, "busy") {
		t.Fatalf("%v; want busy", err)
	}
	if err := d.Ready(ctx); err != nil {
		t.Errorf("not ready afterwards: %v", err)
	}
}

// A server with no connection to spare is waited for, and then it is said so.
func TestLost_tooManyClients(t *testing.T) {
	server := dbtest.OwnServer(t, 6) // three of them kept for its owner
	ctx := context.Background()
	owner := dbtest.Connect(t, server.Source)
	if _, err := owner.Exec(ctx, `CREATE ROLE portal LOGIN`); err != nil {
		t.Fatal(err)
	}
	source := "postgres://portal" + server.Source[len("postgres://postgres"):]
	d := dbtest.Connect(t, source)
	if err := d.Ping(ctx); err != nil {
		t.Fatal(err)
	}
	var held []*db.DB
	for range 3 {
		other, err := db.Open(ctx, source, db.Options{Conns: 1})
		if err != nil {
			break
		}
		t.Cleanup(func() { other.Close() })
		held = append(held, other)
	}
	answers := make(chan error, 8)
	for range cap(answers) {
		go func() {
			_, err := db.Count(ctx, d, `SELECT count(*) FROM (SELECT pg_sleep(0.2)) AS x`)
			answers <- err
		}()
	}
	for range cap(answers) {
		if err := <-answers; err != nil && !fault.Is(err, "busy") {
			t.Errorf("%v; want an answer, or busy", err)
		}
	}
	for _, other := range held {
		other.Close()
	}
	if _, err := db.Count(ctx, d, `SELECT 1`); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// A fault of the body is the body's, whatever it looks like below.
func TestLost_faultsStayFaults(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := fault.New(fault.Forbidden, "no", "x")
		bodies := 0
		err := d.Tx(context.Background(), func(*db.Tx) error { bodies++; return refused })
		if !errors.Is(err, refused) || bodies != 1 {
			t.Errorf("%v after %d runs", err, bodies)
		}
	})
}
