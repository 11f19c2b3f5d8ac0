package signin

import "sojourn/internal/fault"

// shown says whether a session has shown the method that is bound to the
// organization: the one there is now, not one before it.
func (o office) shown() error {
	if o.Bound != "" && o.Shown == o.Bound {
		return nil
	}
	why := fault.New(fault.Proof, "second_there_required", "signin.enter.title", "org", o.TenantName)
	why.At = "/enter/" + o.TenantID
	return why
}
