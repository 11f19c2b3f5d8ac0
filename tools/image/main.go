// Command image puts a static binary into an OCI image, as a tarball of an OCI layout
// that podman, skopeo, containerd and newer Dockers load. No engine is needed, and the
// same binary gives the same bytes.
//
//	image BINARY ARCHITECTURE VERSION OUTPUT.tar
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
)

// user owns nothing on most hosts, and is what others take for "nobody of ours".
const user = 65532

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: image BINARY ARCHITECTURE VERSION OUTPUT.tar")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func write(binary, arch, version, output string) error {
	program, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	image, err := build(program, certificates(), arch, version)
	if err != nil {
		return err
	}
	return os.WriteFile(output, image, 0o644)
}

// certificates are those of the machine that builds, to check mail servers with;
// without any, they can be mounted.
func certificates() []byte {
	text, err := os.ReadFile("/etc/ssl/certs/ca-certificates.crt")
	if err != nil {
		return nil
	}
	return text
}

// build makes the tarball.
func build(program, certs []byte, arch, version string) ([]byte, error) {
	layer, err := layer(program, certs)
	if err != nil {
		return nil, err
	}
	zipped, err := compressed(layer)
	if err != nil {
		return nil, err
	}
	blobs := map[string][]byte{}
	keep := func(kind string, data []byte) map[string]any {
		blobs["blobs/sha256/"+hash(data)] = data
		return map[string]any{"mediaType": kind, "digest": "sha256:" + hash(data), "size": len(data)}
	}
	config, err := json.Marshal(map[string]any{
		"architecture": arch, "os": "linux",
		"config": map[string]any{
			"User": fmt.Sprintf("%d:%d", user, user), "WorkingDir": "/data",
			"Entrypoint": []string{"/usr/bin/sojourn"}, "Cmd": []string{"serve"},
			"Env":          []string{"PATH=/usr/bin", "SOJOURN_DATABASE=sqlite:/data/sojourn.db", "SOJOURN_LISTEN=:8080"},
			"ExposedPorts": map[string]any{"8080/tcp": struct{}{}}, "Volumes": map[string]any{"/data": struct{}{}},
			"StopSignal": "SIGTERM",
			"Labels":     map[string]string{"org.opencontainers.image.title": "sojourn", "org.opencontainers.image.version": version},
		},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{"sha256:" + hash(layer)}},
	})
	if err != nil {
		return nil, err
	}
	manifest, err := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
		"config": keep("application/vnd.oci.image.config.v1+json", config),
		"layers": []any{keep("application/vnd.oci.image.layer.v1.tar+gzip", zipped)},
	})
	if err != nil {
		return nil, err
	}
	entry := keep("application/vnd.oci.image.manifest.v1+json", manifest)
	entry["platform"] = map[string]string{"architecture": arch, "os": "linux"}
	entry["annotations"] = map[string]string{"org.opencontainers.image.ref.name": "sojourn:" + tag(version), "io.containerd.image.name": "localhost/sojourn:" + tag(version)}
	index, err := json.Marshal(map[string]any{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": []any{entry}})
	if err != nil {
		return nil, err
	}
	blobs["index.json"], blobs["oci-layout"] = index, []byte(`{"imageLayoutVersion":"1.0.0"}`)
	return layout(blobs)
}

// tag is a version as a tag may be written.
func tag(version string) string {
	out := []byte(version)
	for i, c := range out {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_') {
			out[i] = '-'
		}
	}
	return string(out)
}

// layer is the whole file system: the program, whom it runs as, and where it keeps
// its data.
func layer(program, certs []byte) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	passwd := fmt.Sprintf("root:x:0:0:root:/:/sbin/nologin\nsojourn:x:%d:%d:sojourn:/data:/sbin/nologin\n", user, user)
	group := fmt.Sprintf("root:x:0:\nsojourn:x:%d:\n", user)
	for _, f := range []struct {
		name  string
		mode  int64
		owner int
		data  []byte
	}{
		{"data/", 0o700, user, nil},
		{"etc/", 0o755, 0, nil},
		{"etc/group", 0o644, 0, []byte(group)},
		{"etc/passwd", 0o644, 0, []byte(passwd)},
		{"etc/ssl/", 0o755, 0, nil},
		{"etc/ssl/certs/", 0o755, 0, nil},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, 0, certs},
		{"tmp/", 0o1777, 0, nil},
		{"usr/", 0o755, 0, nil},
		{"usr/bin/", 0o755, 0, nil},
		{"usr/bin/sojourn", 0o755, 0, program},
	} {
		h := &tar.Header{Name: f.name, Mode: f.mode, Uid: f.owner, Gid: f.owner, Typeflag: tar.TypeReg, Size: int64(len(f.data)), Format: tar.FormatUSTAR}
		if f.name[len(f.name)-1] == '/' {
			h.Typeflag = tar.TypeDir
		} else if len(f.data) == 0 {
			continue // no certificates here
		}
		if err := put(w, h, f.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

func compressed(data []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// layout writes the files of an OCI layout, in the order of their names.
func layout(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, dir := range []string{"blobs/", "blobs/sha256/"} {
		if err := put(w, &tar.Header{Name: dir, Mode: 0o755, Typeflag: tar.TypeDir, Format: tar.FormatUSTAR}, nil); err != nil {
			return nil, err
		}
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		h := &tar.Header{Name: name, Mode: 0o644, Typeflag: tar.TypeReg, Size: int64(len(files[name])), Format: tar.FormatUSTAR}
		if err := put(w, h, files[name]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

func put(w *tar.Writer, h *tar.Header, data []byte) error {
	if err := w.WriteHeader(h); err != nil {
		return err
	}
	_, err := io.Copy(w, bytes.NewReader(data))
	return err
}

func hash(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data)) }
