// Package signinpolicies owns the pages "Sign-in policies" of the administration: what
// stands for each policy, the form to change it, and the page that says whom a change
// touches before it is saved.
//
// It decides and writes nothing: values, rules and verbs are those of policies. It
// remembers nothing of the passwords that are tried out.
package signinpolicies
