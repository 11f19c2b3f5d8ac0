package policies

// asks says whether a second step is required of somebody from elsewhere.
func (s SecondStep) asks(guest, administrator bool) bool {
	if guest {
		return s.Guests
	}
	return s.Administrators && administrator
}

// AsksAdministrator says whether somebody with a role needs a second step to enter the
// administration.
func (s SecondStep) AsksAdministrator(guest bool) bool { return s.asks(guest, true) }

// Distrusts says whether somebody has to show a method that is bound to the
// organization: a guest where the second step at home counts for nothing.
func (s SecondStep) Distrusts(guest bool) bool { return guest && s.Guests && !s.TrustHome }

func homeFirst(d Demand) int {
	if d.Home {
		return 0
	}
	return 1
}
