package main

import (
	"context"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sojourn/internal/config"
	"sojourn/internal/dbtest"
	"sojourn/internal/outbox"
	"sojourn/internal/webhook"
	"sojourn/migrations"
)

const handbook = "../../docs/operators.md"

// boxes are the commands of the operators' handbook that are marked so.
func boxes(t *testing.T, mark string) string {
	t.Helper()
	text, err := os.ReadFile(handbook)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, box := range regexp.MustCompile("(?sm)^```sh "+mark+"\n(.*?)^```").FindAllStringSubmatch(string(text), -1) {
		all = append(all, box[1])
	}
	if len(all) == 0 {
		t.Fatalf("no box is marked %q", mark)
	}
	return strings.Join(all, "\n")
}

// follow types commands, one after the other, where sojourn is this program.
func follow(t *testing.T, commands string, settings ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	script := "#!/bin/sh\n" + asCommand + "=1 exec '" + self + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "sojourn"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-euxc", commands)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{"HOME=" + cmd.Dir, "PATH=" + strings.Join([]string{bin, os.Getenv("SOJOURN_TEST_POSTGRES_BIN"), os.Getenv("PATH")}, ":")}, settings...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// What the handbook says to type works when it is typed.
func TestHandbook_commands(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is missing")
	}
	out := follow(t, boxes(t, "tested"))
	for _, want := range []string{"SOJOURN_METRICS_LISTEN", "Created Contoso Ltd", "Copied to", "deleted permanently", "Released from legal hold"} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
}

func TestHandbook_commandsPostgres(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		if strings.HasPrefix(source, "sqlite:") {
			t.Skip("the other test")
		}
		// A dump of an empty database has no tables: the commands of the later box go first.
		out := follow(t, "sojourn migrate\n"+boxes(t, "tested postgres"), "SOJOURN_DATABASE="+emptied(t, source), "SOJOURN_SECRET_KEY="+hex.EncodeToString(testKey))
		if !strings.Contains(out, "Created Contoso Ltd") {
			t.Errorf("%s", out)
		}
	})
}

// What is posted to a webhook can be told from a stranger's as the handbook says.
func TestHandbook_webhook(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is missing")
	}
	const secret = "a secret that both know"
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = []string{"SECRET=" + secret, "BODY=" + string(body), "TIMESTAMP=" + r.Header.Get("Sojourn-Timestamp"), "SIGNATURE=" + r.Header.Get("Sojourn-Signature")}
	}))
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	message := outbox.Message{Channel: outbox.ByText, To: "+31612345678", Text: "Uw code is 048213 – é", Language: "nl"}
	if err := (webhook.Webhook{URL: address, Secret: secret}).Send(t.Context(), message, "id"); err != nil || len(got) != 4 {
		t.Fatal(got, err)
	}
	commands := `printf '%s' "$BODY" >body.json` + "\n" + boxes(t, "tested webhook")
	if out := follow(t, commands, got...); !strings.Contains(out, "It is ours\n") || !strings.Contains(out, "It is fresh\n") {
		t.Error(out)
	}
}

// Every setting it names is one.
func TestHandbook_settings(t *testing.T) {
	text, err := os.ReadFile(handbook)
	if err != nil {
		t.Fatal(err)
	}
	var manual strings.Builder
	if err := config.Manual(&manual); err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`SOJOURN_[A-Z_]+`).FindAllString(string(text), -1) {
		if !strings.Contains(manual.String(), name+"  ") {
			t.Errorf("there is no setting %s", name)
		}
	}
}

// The version before runs on the schema of this one: a migration it does not know is
// no reason to refuse.
func TestHandbook_rollBack(t *testing.T) {
	dbtest.EachSource(t, func(t *testing.T, source string) {
		d := dbtest.Connect(t, emptied(t, source))
		if _, err := d.Migrate(context.Background(), migrations.Files); err != nil {
			t.Fatal(err)
		}
		names, err := fs.Glob(migrations.Files, "*.sql")
		if err != nil || len(names) < 2 {
			t.Fatal(names, err)
		}
		slices.Sort(names)
		older := fstest.MapFS{}
		for _, name := range names[:len(names)-1] {
			text, err := fs.ReadFile(migrations.Files, name)
			if err != nil {
				t.Fatal(err)
			}
			older[name] = &fstest.MapFile{Data: text}
		}
		if n, err := d.Migrate(context.Background(), older); n != 0 || err != nil {
			t.Errorf("the version before: %d migrations, %v", n, err)
		}
	})
}
