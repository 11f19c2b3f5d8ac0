// Package smtpsink is a small SMTP server that keeps what it is sent, for the
// demo and for tests: mail crosses a real conversation and goes no further. It
// listens on loopback only and knows neither TLS nor sign-in.
package smtpsink
