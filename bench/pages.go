package main

import (
	"fmt"
	"regexp"
	"time"
)

var assets = regexp.MustCompile(`(?:href|src)="(/static/[^"]+\.(css|js))"`)

// wire counts the bytes, headers included, that a browser is sent for the page:
// at its first visit with style and script, afterwards without.
func (b *bench) wire(s *server, ann *person) error {
	page, err := ann.get("/organizations")
	if err != nil {
		return err
	}
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	sized := func(path string) (int, error) {
		a, err := c.send(ann.request(path, true))
		if err == nil && a.status != 200 {
			err = fmt.Errorf("%s answers %d", path, a.status)
		}
		return a.wire, err
	}
	if b.facts.page, err = sized("/organizations"); err != nil {
		return err
	}
	for _, m := range assets.FindAllStringSubmatch(string(page), -1) {
		n, err := sized(m[1])
		if err != nil {
			return err
		}
		if m[2] == "css" {
			b.facts.style += n
		} else {
			b.facts.script += n
		}
	}
	return nil
}

// many times the pages of somebody who is in very many organizations.
func (b *bench) many(s *server, w world) (err error) {
	max, err := signIn(s.address, w.max.PrincipalName)
	if err != nil {
		return err
	}
	c, err := dial(s.address)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	timed := func(path string) (time.Duration, error) {
		var all []time.Duration
		for range 101 {
			begun := time.Now()
			a, err := c.send(max.request(path, true))
			if err == nil && a.status != 200 {
				err = fmt.Errorf("%s answers %d", path, a.status)
			}
			if err != nil {
				return 0, err
			}
			all = append(all, time.Since(begun))
		}
		return middle(all), nil
	}
	if b.facts.many, err = timed("/organizations"); err != nil {
		return err
	}
	b.facts.search, err = timed("/organizations?q=contoso")
	return err
}
