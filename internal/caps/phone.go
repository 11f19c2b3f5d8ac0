package caps

// Phone is how many texts and calls may go out: they cost money, and who can cause
// them can have numbers called that earn from it. Texts and calls count together.
// Countries have no counter: the operator's list says which there are, an
// organization's day bounds what any of them can cost, and a counter of a country
// would let one organization use up what is all others'.
type Phone struct {
	Number int // to a number, an hour
	Hour   int // from an organization, an hour
	Day    int // from an organization, a day
}

// DefaultPhone is what an operator gets who says nothing.
var DefaultPhone = Phone{Number: 5, Hour: 200, Day: 1000}

// To caps what goes to a number, given as E.164. It stands as a hash.
func (p Phone) To(number string) Cap {
	return Cap{Counter: "text-number:" + hashed(number), Most: p.Number}
}

// From caps what an organization sends in an hour, OfDay in a day. People without
// one share a counter.
func (p Phone) From(tenantID string) Cap {
	return Cap{Counter: "text-tenant:" + tenantID, Most: p.Hour}
}

// OfDay see From.
func (p Phone) OfDay(tenantID string) Cap {
	return Cap{Counter: "text-day:" + tenantID, Most: p.Day, Window: day}
}

// All are the caps of a text or call to a number that concerns a tenant, to hand to
// Count.
func (p Phone) All(number, tenantID string) []Cap {
	return []Cap{p.To(number), p.From(tenantID), p.OfDay(tenantID)}
}
