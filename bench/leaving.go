package main

// departing is what (e) and (f) send: each connection is a person of its own who
// leaves one organization after the other; one administrator restores them.
type departing struct {
	leaves, restores [conns][][]byte
	left, restored   [conns]int
}

// departures signs everybody in and readies all requests.
func departures(s *server, w world) (*departing, error) {
	admin, err := signIn(s.address, w.admin.PrincipalName)
	if err != nil {
		return nil, err
	}
	d := &departing{}
	for i, l := range w.leavers {
		p, err := signIn(s.address, l.user.PrincipalName)
		if err != nil {
			return nil, err
		}
		for _, u := range l.stays {
			d.leaves[i] = append(d.leaves[i], p.form("/organizations/"+u.TenantID+"/leave"))
			d.restores[i] = append(d.restores[i], admin.form("/manage/"+u.TenantID+"/deleted-users/restore", "u", u.ID))
		}
	}
	// Entering an organization's administration is recorded once a session: done
	// before anything is measured.
	for _, u := range w.leavers[0].stays {
		if _, err := admin.get("/manage/" + u.TenantID); err != nil {
			return nil, err
		}
	}
	return d, nil
}

const seeOther = 303

func (d *departing) leave() source {
	d.left, d.restored = [conns]int{}, [conns]int{}
	return source{want: seeOther, next: func(conn int) []byte {
		i := d.left[conn]
		if i == len(d.leaves[conn]) {
			return nil
		}
		d.left[conn]++
		return d.leaves[conn][i]
	}}
}

// restore brings back whoever left in the round.
func (d *departing) restore() source {
	return source{want: seeOther, next: func(conn int) []byte {
		i := d.restored[conn]
		if i == d.left[conn] {
			return nil
		}
		d.restored[conn]++
		return d.restores[conn][i]
	}}
}
