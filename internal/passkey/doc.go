// Package passkey speaks WebAuthn: it makes what a browser hands to a passkey or a
// security key, and checks what comes back. It keeps nothing and knows no account:
// what is asked and what is known of a passkey are given to it as they were stored.
package passkey
