// Package packaging is what the Debian package is made of, and the test that
// installs it. tools/package.sh builds it.
package packaging
