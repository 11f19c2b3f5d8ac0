package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// unpacked are the files of a tarball, and their headers.
func unpacked(t *testing.T, data []byte) (files map[string][]byte, headers map[string]*tar.Header) {
	t.Helper()
	files, headers = map[string][]byte{}, map[string]*tar.Header{}
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files, headers
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[h.Name], headers[h.Name] = text, h
	}
}

type descriptor struct {
	MediaType, Digest string
	Size              int
}

// blob is what a descriptor points at, if its size and digest are right.
func blob(t *testing.T, files map[string][]byte, d descriptor) []byte {
	t.Helper()
	data, found := files["blobs/"+strings.Replace(d.Digest, ":", "/", 1)]
	if !found || len(data) != d.Size || "sha256:"+hash(data) != d.Digest {
		t.Fatalf("%+v: found %v, %d bytes, %s", d, found, len(data), hash(data))
	}
	return data
}

func decode(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
}

type settings struct {
	Architecture, OS string
	Config           struct {
		User, WorkingDir string
		Entrypoint, Cmd  []string
		Volumes          map[string]any
	}
	Rootfs struct {
		DiffIDs []string `json:"diff_ids"`
	}
}

// followed goes from the index to the one layer, and checks every digest on the way.
func followed(t *testing.T, image []byte) (settings, []byte) {
	t.Helper()
	files, _ := unpacked(t, image)
	if string(files["oci-layout"]) != `{"imageLayoutVersion":"1.0.0"}` {
		t.Errorf("oci-layout: %s", files["oci-layout"])
	}
	var index struct{ Manifests []descriptor }
	decode(t, files["index.json"], &index)
	var manifest struct {
		SchemaVersion int
		Config        descriptor
		Layers        []descriptor
	}
	decode(t, blob(t, files, index.Manifests[0]), &manifest)
	if len(index.Manifests) != 1 || len(manifest.Layers) != 1 || manifest.SchemaVersion != 2 {
		t.Fatalf("%+v %+v", index, manifest)
	}
	var config settings
	decode(t, blob(t, files, manifest.Config), &config)
	z, err := gzip.NewReader(bytes.NewReader(blob(t, files, manifest.Layers[0])))
	if err != nil {
		t.Fatal(err)
	}
	layer, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if len(config.Rootfs.DiffIDs) != 1 || config.Rootfs.DiffIDs[0] != "sha256:"+hash(layer) {
		t.Errorf("diff ids %v, want sha256:%s", config.Rootfs.DiffIDs, hash(layer))
	}
	return config, layer
}

func TestBuild(t *testing.T) {
	image, err := build([]byte("program"), []byte("certificates"), "amd64", "1.0~1+x")
	if err != nil {
		t.Fatal(err)
	}
	again, err := build([]byte("program"), []byte("certificates"), "amd64", "1.0~1+x")
	if err != nil || !bytes.Equal(image, again) {
		t.Errorf("twice is not the same: %v", err)
	}
	config, layer := followed(t, image)
	c := config.Config
	if config.Architecture != "amd64" || config.OS != "linux" || c.User != "65532:65532" || c.Entrypoint[0] != "/usr/bin/sojourn" || c.Cmd[0] != "serve" || c.Volumes["/data"] == nil || c.WorkingDir != "/data" {
		t.Errorf("%+v", config)
	}
	files, headers := unpacked(t, layer)
	if string(files["usr/bin/sojourn"]) != "program" || headers["usr/bin/sojourn"].Mode != 0o755 || headers["data/"].Uid != user || headers["data/"].Mode != 0o700 {
		t.Errorf("%+v", headers)
	}
	for name, h := range headers {
		if !h.ModTime.IsZero() && h.ModTime.Unix() != 0 {
			t.Errorf("%s has a time: %s", name, h.ModTime)
		}
	}
	if none, err := build([]byte("program"), nil, "amd64", "1"); err != nil {
		t.Error(err)
	} else if _, layer := followed(t, none); bytes.Contains(layer, []byte("ca-certificates")) {
		t.Error("an empty list of certificates is in the image")
	}
}

// The image that was built, if one is named: its binary runs, on its own.
func TestImage(t *testing.T) {
	path := os.Getenv("SOJOURN_TEST_IMAGE")
	if path == "" {
		t.Skip("make check-image builds the image and names it")
	}
	image, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	config, layer := followed(t, image)
	files, _ := unpacked(t, layer)
	program := filepath.Join(t.TempDir(), "sojourn")
	if err := os.WriteFile(program, files["usr/bin/sojourn"], 0o755); err != nil {
		t.Fatal(err)
	}
	if config.Architecture != runtime.GOARCH {
		t.Skipf("it is for %s", config.Architecture)
	}
	cmd := exec.Command(program, "version")
	cmd.Env, cmd.Dir = []string{}, t.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "sojourn ") {
		t.Errorf("%v: %s", err, out)
	}
	if bytes.Contains(files["usr/bin/sojourn"], []byte("/lib64/ld-linux")) {
		t.Error("the binary is not static")
	}
}
