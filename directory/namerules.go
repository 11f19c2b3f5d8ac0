package directory

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"sojourn/accounts"
	"sojourn/internal/fault"
)

const maxTenantName = 120 // characters

// tenantName checks the name of an organization.
func tenantName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case s == "":
		return "", fault.New(fault.Invalid, "name_missing", "directory.tenant.name.missing")
	case utf8.RuneCountInString(s) > maxTenantName:
		return "", fault.New(fault.Invalid, "name_long", "directory.tenant.name.long", "max", maxTenantName)
	}
	if _, err := accounts.PersonName(s); err != nil {
		return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
	}
	return s, nil
}

// domainName checks a domain: labels of letters, digits and hyphens, at least
// two of them (RFC 1035 2.3.1), in lower case.
func domainName(typed string) (string, error) {
	s := strings.TrimSuffix(accounts.Fold(typed), ".")
	labels := strings.Split(s, ".")
	bad := len(labels) < 2 || len(s) > 253
	for _, l := range labels {
		bad = bad || l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' ||
			strings.ContainsFunc(l, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
	}
	if bad {
		return "", fault.New(fault.Invalid, "bad_domain", "directory.tenant.domain.invalid")
	}
	return s, nil
}

// statement checks the address of a privacy statement: https or http, a host,
// no user, or nothing at all.
func statement(typed string) (string, error) {
	s := strings.TrimSpace(typed)
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(s) > 500 {
		return "", fault.New(fault.Invalid, "bad_url", "directory.properties.statement.invalid")
	}
	return s, nil
}

const (
	maxGroupName        = 120 // characters
	maxGroupDescription = 500
)

// groupName checks the name of a group.
func groupName(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case s == "":
		return "", fault.New(fault.Invalid, "name_missing", "directory.group.name.missing")
	case utf8.RuneCountInString(s) > maxGroupName:
		return "", fault.New(fault.Invalid, "name_long", "directory.group.name.long", "max", maxGroupName)
	case !accounts.Visible(s):
		return "", fault.New(fault.Invalid, "name_characters", "accounts.name.characters")
	}
	return s, nil
}

// groupDescription checks what is said of a group.
func groupDescription(typed string) (string, error) {
	s := strings.Join(strings.Fields(typed), " ")
	switch {
	case utf8.RuneCountInString(s) > maxGroupDescription:
		return "", fault.New(fault.Invalid, "description_long", "directory.group.description.long", "max", maxGroupDescription)
	case s != "" && !accounts.Visible(s):
		return "", fault.New(fault.Invalid, "description_characters", "accounts.name.characters")
	}
	return s, nil
}

func groupTaken() error {
	return fault.New(fault.Conflict, "group_exists", "directory.group.name.taken").Field("name", "directory.group.name.taken")
}

// corrected checks what was typed of a user.
func corrected(u User, typed Corrected, operator bool) (to Corrected, err error) {
	var nameErr, mailErr error
	to.Name, nameErr = accounts.PersonName(typed.Name)
	to.Mail = strings.TrimSpace(typed.Mail)
	switch {
	case to.Mail == u.Mail: // as it was
	case u.ExternalState == Pending:
		mailErr = fault.New(fault.Invalid, "mail_invited", "directory.edit.mail.invited")
	case to.Mail != "":
		to.Mail, mailErr = accounts.Address(to.Mail)
	case !operator:
		mailErr = fault.New(fault.Invalid, "mail_missing", "directory.create.mail.missing")
	}
	return to, gather("name", nameErr, "mail", mailErr)
}

// GuestPrincipal is the principal name of a guest; see guestPrincipal.
func GuestPrincipal(address, tenantDomain string) string {
	return guestPrincipal(address, tenantDomain)
}

// guestPrincipal is the principal name of a guest: the address with its @
// written as _, marked as external, in the tenant's domain.
func guestPrincipal(address, tenantDomain string) string {
	return strings.ReplaceAll(accounts.Fold(address), "@", "_") + "#EXT#@" + tenantDomain
}

// guestAddress checks the address of somebody to invite. A # marks the principal
// name of a guest elsewhere, by which nobody signs in.
func guestAddress(typed string) (string, error) {
	address, err := accounts.Address(typed)
	if err == nil && strings.Contains(address, "#") {
		err = fault.New(fault.Invalid, "bad_address", "accounts.address.invalid")
	}
	return address, err
}

// guestName is what a guest is called: as typed, else what stands before the @.
func guestName(typed, address string) string {
	if strings.TrimSpace(typed) != "" {
		return typed
	}
	local, _, _ := strings.Cut(address, "@")
	return local
}

// nameless says whether a guest is still called by the address that was invited.
func nameless(u User) bool {
	return u.InvitedSubject != "" && (u.DisplayName == u.Mail || u.DisplayName == guestName("", u.Mail))
}

// Words are what a user is found by; see words.
func Words(texts ...string) []string { return words(texts...) }

// words are what a user is found by: every word of the name, the principal name
// and the mail address, and both addresses whole.
func words(texts ...string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(w string) {
		if len(w) > maxWord {
			w = strings.ToValidUTF8(w[:maxWord], "")
		}
		if w != "" && !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	for _, text := range texts {
		folded := accounts.Fold(text)
		if strings.ContainsRune(folded, '@') {
			add(folded)
		}
		for _, w := range split(folded) {
			add(w)
		}
	}
	return out
}

const maxWord = 64 // octets kept of a word, and searched by

// split cuts a folded text into words at everything that is not a letter or digit.
func split(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool {
		return strings.ContainsRune(" \t@._-#+,;:/\\'\"()[]{}<>|&!?*=~`^%$€£·–—…’‘“”«»\u00a0", r)
	})
}
