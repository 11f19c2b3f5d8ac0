package dbtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sojourn/internal/db"
)

// Postgres gives a fresh PostgreSQL database. Where there is no server the test
// is skipped, or fails where one is required.
func Postgres(t testing.TB) (source string) {
	t.Helper()
	server := os.Getenv("SOJOURN_TEST_POSTGRES")
	required(t, server)
	return databaseCopy(t, server)
}

func required(t testing.TB, setting string) {
	t.Helper()
	switch {
	case setting != "":
	case os.Getenv("SOJOURN_TEST_REQUIRE_POSTGRES") == "1":
		t.Fatal("SOJOURN_TEST_REQUIRE_POSTGRES is set, but there is no PostgreSQL: run it with tools/postgres.sh")
	default:
		t.Skip("NOT TESTED: this test needs PostgreSQL; run it with tools/postgres.sh")
	}
}

// Server is a PostgreSQL server of the test's own, to stop and start. What it has
// acknowledged survives its own death, though not a power cut.
type Server struct {
	Source string // its one database, empty at first
	t      testing.TB
	bin    string
	dir    string
	port   string
}

// OwnServer starts a server that takes so many connections.
func OwnServer(t testing.TB, conns int) *Server {
	t.Helper()
	bin := os.Getenv("SOJOURN_TEST_POSTGRES_BIN")
	required(t, bin)
	dir, err := os.MkdirTemp("/tmp", "sojourn-own.") // short: a socket's path has 107 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Server{t: t, bin: bin, dir: dir}
	if uid, gid, root := owner(t); root {
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.run("initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, s.port, _ = net.SplitHostPort(listener.Addr().String())
	listener.Close()
	config := fmt.Sprintf("listen_addresses='127.0.0.1'\nport=%s\nunix_socket_directories='%s'\nfsync=off\nmax_connections=%d\nshared_buffers=32MB\n", s.port, dir, conns)
	if err := os.WriteFile(filepath.Join(s.data(), "postgresql.auto.conf"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.run("pg_ctl", "-D", s.data(), "-m", "immediate", "-w", "stop") })
	s.Start()
	s.Source = "postgres://postgres@127.0.0.1:" + s.port + "/postgres?sslmode=disable"
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// owner is the user as whom the server runs: it refuses to run as root.
func owner(t testing.TB) (uid, gid int, root bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ = strconv.Atoi(u.Uid)
	gid, _ = strconv.Atoi(u.Gid)
	return uid, gid, true
}

func (s *Server) run(program string, args ...string) error {
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o666)
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = "/", log, log // a file: the server outlives pg_ctl
	if uid, gid, root := owner(s.t); root {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, said)
	}
	return nil
}

// Start starts the server and waits until it takes connections.
func (s *Server) Start() {
	s.t.Helper()
	if err := s.run("pg_ctl", "-D", s.data(), "-w", "-t", "120", "start"); err != nil {
		s.t.Fatal(err)
	}
}

// Stop stops the server as pg_ctl's mode says: "fast" cuts the connections,
// "immediate" is a crash.
func (s *Server) Stop(mode string) {
	s.t.Helper()
	if err := s.run("pg_ctl", "-D", s.data(), "-m", mode, "-w", "-t", "120", "stop"); err != nil {
		s.t.Fatal(err)
	}
}

// Cut ends every connection of a portal and gives how many there were.
func (s *Server) Cut() int {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	d, err := db.Open(ctx, s.Source, db.Options{Conns: 1})
	if err != nil {
		s.t.Fatal(err)
	}
	defer d.Close()
	n, err := db.Count(ctx, d, `SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'sojourn' AND pid <> pg_backend_pid()`)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
