package packaging

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sojourn/sojourntest"
)

// exposure is what systemd-analyze may find at most, in tenths: 2.0 is "OK", a unit
// without any of this has 9.6.
const exposure = "15"

const unitFile = "/lib/systemd/system/sojourn.service"

// deb is the package to install. Without one there is nothing to test: only
// tools/check-package.sh, which has built it and knows that it may install, names one.
func deb(t *testing.T) string {
	t.Helper()
	path := os.Getenv("SOJOURN_TEST_DEB")
	if path == "" {
		t.Skip("make check-package builds the package and installs it")
	}
	return path
}

// From installing to purging, as an administrator of a machine does it, with what
// systemd would do done by hand where it does not run.
func TestPackage(t *testing.T) {
	path := deb(t)
	if exec.Command("dpkg", "-s", "sojourn").Run() == nil {
		t.Fatal("sojourn is installed here; this test would remove it")
	}
	before := traces(t)
	_, err := user.Lookup("sojourn")
	added := err != nil
	t.Cleanup(func() {
		exec.Command("dpkg", "--purge", "sojourn").Run()
		if added {
			exec.Command("userdel", "sojourn").Run()
		}
	})
	dpkg(t, "--install", path)
	must(t, "systemd-analyze", "verify", unitFile)
	must(t, "systemd-analyze", "security", "--offline=true", "--threshold="+exposure, unitFile)
	modes(t)

	address := configure(t)
	serve(t, address, func(portal *sojourntest.Portal, said string) { setUp(t, portal, said) })

	// Another installation keeps the settings and the data.
	dpkg(t, "--install", path)
	if text := read(t, "/etc/sojourn/sojourn.env"); !strings.Contains(text, strings.TrimPrefix(address, "http://")) {
		t.Errorf("the settings are lost:\n%s", text)
	}
	serve(t, address, func(portal *sojourntest.Portal, _ string) {
		portal.Browser().SignIn("sam.rivera@contoso.example", sojourntest.Password)
		if out := must(t, "sojournctl", "tenant", "list"); !strings.Contains(out, "Contoso Ltd") {
			t.Errorf("sojournctl tenant list:\n%s", out)
		}
	})

	dpkg(t, "--remove", "sojourn")
	for path, stays := range map[string]bool{
		"/usr/bin/sojourn": false, unitFile: false, "/usr/sbin/sojournctl": false,
		"/etc/sojourn/sojourn.env": true, "/var/lib/sojourn/sojourn.db": true, "/var/lib/sojourn/sojourn.db.key": true,
	} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("after removing, %s stays: %v", path, err == nil)
		}
	}
	dpkg(t, "--purge", "sojourn")
	if after := traces(t); !slices.Equal(after, before) {
		t.Errorf("after purging there is\n%s\nbefore there was\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
	}
}

// modes: the settings and the data are nobody else's to read.
func modes(t *testing.T) {
	t.Helper()
	for path, want := range map[string]string{
		"/usr/bin/sojourn": "-rwxr-xr-x root root", "/etc/sojourn": "drwxr-x--- root sojourn",
		"/etc/sojourn/sojourn.env": "-rw-r----- root sojourn", "/var/lib/sojourn": "drwx------ sojourn sojourn",
	} {
		if got := strings.TrimSpace(must(t, "stat", "-c", "%A %U %G", path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if _, err := os.Lstat("/etc/systemd/system/multi-user.target.wants/sojourn.service"); err != nil {
		t.Errorf("it does not start with the machine: %v", err)
	}
}

// configure sets a free port, as an administrator edits the file.
func configure(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	address = fmt.Sprintf("localhost:%d", l.Addr().(*net.TCPAddr).Port)
	const file = "/etc/sojourn/sojourn.env"
	text := strings.Replace(read(t, file), "SOJOURN_LISTEN=localhost:8080", "SOJOURN_LISTEN="+address, 1)
	if err := os.WriteFile(file, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	return "http://" + address
}

// serve runs the portal as systemd does, lets somebody visit it, and stops it. Where
// systemd does not run, that is the unit's ExecStart as its user, in its directory and
// with its settings.
func serve(t *testing.T, address string, visit func(portal *sojourntest.Portal, said string)) {
	t.Helper()
	if _, err := os.Stat("/run/systemd/system"); err == nil {
		must(t, "systemctl", "restart", "sojourn")
		waitReady(t, address, nil)
		visit(sojourntest.At(t, address), must(t, "journalctl", "--unit=sojourn", "--output=cat"))
		must(t, "systemctl", "stop", "sojourn")
		return
	}
	unit := read(t, unitFile)
	words := strings.Fields(value(t, unit, "ExecStart"))
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = value(t, unit, "WorkingDirectory")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: credential(t, value(t, unit, "User"))}
	cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + cmd.Dir}
	for line := range strings.Lines(read(t, value(t, unit, "EnvironmentFile"))) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			cmd.Env = append(cmd.Env, line)
		}
	}
	said, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer cmd.Process.Kill()
	waitReady(t, address, ended)
	visit(sojourntest.At(t, address), read(t, said.Name()))
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("stopped: %v\n%s", err, read(t, said.Name()))
		}
	case <-time.After(45 * time.Second):
		t.Error("it does not stop")
	}
}

// credential is the user of the unit, without root's groups.
func credential(t *testing.T, name string) *syscall.Credential {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if uidErr != nil || gidErr != nil {
		t.Fatal(uidErr, gidErr)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func waitReady(t *testing.T, address string, ended <-chan error) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-ended:
			t.Fatalf("it ended: %v", err)
		default:
		}
		res, err := http.Get(address + "/readyz")
		if err != nil {
			continue
		}
		res.Body.Close()
		if res.StatusCode == http.StatusOK {
			return
		}
	}
	t.Fatal("it is not ready after 30 seconds")
}

// setUp follows the link that the first start prints.
func setUp(t *testing.T, portal *sojourntest.Portal, said string) {
	t.Helper()
	links := regexp.MustCompile(`http://localhost:\d+(/setup/\S+)`).FindAllStringSubmatch(said, -1)
	if links == nil {
		t.Fatalf("it prints no set-up link:\n%s", said)
	}
	b := portal.Browser()
	b.Get(links[len(links)-1][1]).Has("Set up Sojourn").Submit("Create organization", url.Values{
		"organization": {"Contoso Ltd"}, "domain": {"contoso.example"}, "person": {"Sam Rivera"}, "signin": {"sam.rivera"}, "new": {sojourntest.Password},
	}).Is(http.StatusOK)
	b.SignIn("sam.rivera@contoso.example", sojourntest.Password)
}

// value is what a unit says for a name.
func value(t *testing.T, unit, name string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + name + `=(.+)$`).FindStringSubmatch(unit)
	if found == nil {
		t.Fatalf("the unit has no %s", name)
	}
	return found[1]
}

// traces are the files of a machine that bear the product's name.
func traces(t *testing.T) (found []string) {
	t.Helper()
	for _, root := range []string{"/etc", "/usr/bin", "/usr/sbin", "/usr/lib/systemd", "/usr/share/doc", "/usr/share/man", "/var/lib", "/var/log", "/lib/systemd", "/run"} {
		filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err == nil && strings.Contains(d.Name(), "sojourn") {
				found = append(found, path)
			}
			return nil // what goes away while looking is no trace
		})
	}
	return found
}

// dpkg waits for its turn: another one may be at work on this machine.
func dpkg(t *testing.T, args ...string) {
	t.Helper()
	for late := time.Now().Add(5 * time.Minute); ; time.Sleep(time.Second) {
		out, err := exec.Command("dpkg", args...).CombinedOutput()
		if err == nil {
			return
		}
		if !bytes.Contains(out, []byte("lock")) || time.Now().After(late) {
			t.Fatalf("dpkg %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

func must(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
