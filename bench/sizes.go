package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/secret"
	"sojourn/migrations"
	"sojourn/securityinfo"
	"sojourn/seed"
)

// tenantsOf is how many organizations share a number of users: those of the
// largest directory are large themselves.
const tenantsOf = 10

// measured is one thing that is asked of directories of several sizes, with how
// long it took in each.
type measured struct {
	name  string
	do    func(x *sized) error
	times []time.Duration
}

// sized is a portal on a seeded directory.
type sized struct {
	users         int
	person, admin *person
	left          string // a receipt's user, to restore
}

// sizes asks the same of directories of several sizes and prints how it grows.
func sizes(ctx context.Context, list []int, repeat int, w io.Writer) error {
	dir, err := os.MkdirTemp("", "sojourn-sizes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, dir: dir, key: filepath.Join(dir, "key")}
	defer b.end()
	asked := []*measured{
		{name: "Organizations page", do: get(func(x *sized) *person { return x.person }, "/organizations")},
		{name: "users, first page", do: get(admins, "/manage/org1.example/users")},
		{name: "users, far down the list", do: get(admins, "/manage/org1.example/users?after="+url.QueryEscape(directory.Cursor{Key: directory.SortKey("Søren"), ID: "x"}.String()))},
		{name: "users, a rare word", do: get(admins, "/manage/org1.example/users?q=user7%40org1.example")},
		{name: "users, a common word", do: get(admins, "/manage/org1.example/users?q=noor")},
		{name: "users, two words", do: get(admins, "/manage/org1.example/users?q=noor+user7")},
		{name: "users, guests only", do: get(admins, "/manage/org1.example/users?kind=guest")},
		{name: "users, disabled only", do: get(admins, "/manage/org1.example/users?state=disabled")},
		{name: "users, administrators only", do: get(admins, "/manage/org1.example/users?role=GlobalAdministrator")},
		{name: "deleted users, first page", do: get(admins, "/manage/org1.example/deleted-users")},
		{name: "audit log, first page", do: get(admins, "/manage/org1.example/audit")},
		{name: "leaving", do: leaves},
		{name: "restoring", do: restores},
	}
	var facts []string
	for _, users := range list {
		fact, err := b.one(users, repeat, asked)
		if err != nil {
			return fmt.Errorf("%d users: %w", users, err)
		}
		facts = append(facts, fact...)
	}
	fact, err := b.purging(min(100_000, slices.Max(list)))
	if err != nil {
		return err
	}
	facts = append(facts, fact...)
	printSizes(w, list, asked)
	for _, fact := range facts {
		fmt.Fprintf(w, "- %s\n", fact)
	}
	return nil
}

// one seeds a directory, measures everything in it, and purges what is due.
func (b *bench) one(users, repeat int, asked []*measured) (facts []string, err error) {
	say("seeding %d users", users)
	file := filepath.Join(b.dir, strconv.Itoa(users)+".db")
	const guests = 2
	size := seed.Size{Tenants: tenantsOf, Users: users / (1 + guests), GuestsPerUser: guests, Groups: 10, DeletedPercent: 10}
	begun := time.Now()
	if err := b.furnish(file, size); err != nil {
		return nil, err
	}
	took := time.Since(begun)
	facts = append(facts, fmt.Sprintf("%d users: seeded %.0f a second", size.Rows(), float64(size.Rows())/took.Seconds()))
	s, err := start(b.ctx, spec{Kind: "portal", Database: "sqlite:" + file, Relaxed: true, Key: b.key})
	if err != nil {
		return nil, err
	}
	defer s.stop()
	x := &sized{users: users}
	if x.person, err = signIn(s.address, "user2@org1.example"); err != nil {
		return nil, err
	}
	if x.admin, err = signIn(s.address, "user1@org1.example"); err != nil {
		return nil, err
	}
	for _, m := range asked {
		var times []time.Duration
		for range repeat {
			begun := time.Now()
			if err := m.do(x); err != nil {
				return nil, fmt.Errorf("%s: %w", m.name, err)
			}
			times = append(times, time.Since(begun))
		}
		m.times = append(m.times, middle(times))
	}
	return facts, b.starts(users, file, &facts)
}

// starts measures how soon the program answers on a large directory.
func (b *bench) starts(users int, file string, facts *[]string) error {
	program := filepath.Join(b.dir, "sojourn")
	build := exec.CommandContext(b.ctx, "go", "build", "-o", program, "./cmd/sojourn")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build sojourn: %w", err)
	}
	var times []time.Duration
	for range 5 {
		took, err := b.startUp(program, file)
		if err != nil {
			return err
		}
		times = append(times, took)
	}
	*facts = append(*facts, fmt.Sprintf("%d users: start to first answer %s, %s", users, millis(middle(times)), verdict("aim at most 150 ms", middle(times) <= 150*time.Millisecond)))
	return nil
}

// furnish seeds a file.
func (b *bench) furnish(file string, size seed.Size) error {
	d, err := db.Open(b.ctx, "sqlite:"+file, db.Options{Bulk: true})
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.Migrate(b.ctx, migrations.Files); err != nil {
		return err
	}
	box, err := secret.FromFile(b.key)
	if err != nil {
		return err
	}
	hashed, err := securityinfo.NewHasher(box, hashing).Hash(b.ctx, password)
	if err != nil {
		return err
	}
	return seed.Fill(b.ctx, d, size, hashed, nil)
}

func admins(x *sized) *person { return x.admin }

func get(who func(*sized) *person, path string) func(*sized) error {
	return func(x *sized) error {
		_, err := who(x).get(path)
		return err
	}
}

var (
	leaveLink = regexp.MustCompile(`/organizations/([0-9a-f-]{36})/leave`)
	pickedID  = regexp.MustCompile(`name="one" value="([0-9a-f-]{36})"`)
)

// leaves leaves the first organization of the list and undoes it, so that there
// is one to leave the next time: both are counted.
func leaves(x *sized) error {
	page, err := x.person.get("/organizations")
	if err != nil {
		return err
	}
	m := leaveLink.FindSubmatch(page)
	if m == nil {
		return fmt.Errorf("nothing to leave")
	}
	receipt, err := x.person.post("/organizations/"+string(m[1])+"/leave", "x", "")
	if err != nil {
		return err
	}
	undo := regexp.MustCompile(`/organizations/receipts/[0-9a-f-]{36}/undo`).Find(receipt)
	if undo == nil {
		return fmt.Errorf("nothing to undo")
	}
	_, err = x.person.post(string(undo), "x", "")
	return err
}

// restores restores the first deleted user.
func restores(x *sized) error {
	page, err := x.admin.get("/manage/org1.example/deleted-users")
	if err != nil {
		return err
	}
	for _, m := range pickedID.FindAllSubmatch(page, -1) {
		if _, err := x.admin.post("/manage/org1.example/deleted-users/restore", "u", string(m[1])); err == nil {
			return nil
		}
	}
	return fmt.Errorf("nobody to restore")
}

func printSizes(w io.Writer, list []int, asked []*measured) {
	heads := make([]string, len(list))
	for i, n := range list {
		heads[i] = strconv.Itoa(n)
	}
	fmt.Fprintf(w, "| milliseconds, one request at a time | %s | growth |\n|---|%s--:|\n", strings.Join(heads, " | "), strings.Repeat("--:|", len(list)))
	for _, m := range asked {
		cells := make([]string, len(m.times))
		for i, t := range m.times {
			cells[i] = fmt.Sprintf("%.1f", float64(t.Microseconds())/1000)
		}
		growth := float64(slices.Max(m.times)) / float64(m.times[0])
		fmt.Fprintf(w, "| %s | %s | %s |\n", m.name, strings.Join(cells, " | "), verdict(fmt.Sprintf("%.1f ×", growth), growth <= 1.3))
	}
}
