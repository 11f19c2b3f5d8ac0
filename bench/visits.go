package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// visitor does one thing again and again, with a rest in between.
type visitor struct {
	rest time.Duration
	do   func(ctx context.Context) error
}

// visits is a mixed load until ctx ends: mostly pages that are read, some people who
// leave and undo it, and who sign in and out.
func visits(ctx context.Context, address string, w world) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	all, err := visitors(ctx, address, w)
	if err != nil {
		return err
	}
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	for i, v := range all {
		wait.Go(func() {
			if errs[i] = v.repeat(ctx); errs[i] != nil {
				cancel()
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func (v visitor) repeat(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := v.do(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(v.rest):
		}
	}
	return nil
}

// leavingVisitors is how many leave and come back all the time.
const leavingVisitors = 3

func visitors(ctx context.Context, address string, w world) (all []visitor, err error) {
	ann, err := signIn(address, w.ann.PrincipalName)
	if err != nil {
		return nil, err
	}
	max, err := signIn(address, w.max.PrincipalName)
	if err != nil {
		return nil, err
	}
	admin, err := signIn(address, w.admin.PrincipalName)
	if err != nil {
		return nil, err
	}
	users := "/manage/" + w.home.ID + "/users"
	for _, page := range []struct {
		who    *person
		path   string
		number int
	}{
		{ann, "/organizations", 5}, {ann, "/", 2}, {max, "/organizations?q=contoso", 1}, {admin, users, 2}, {admin, users + "?q=robin", 2}, {nil, "/sign-in", 1},
	} {
		for range page.number {
			v, end, err := reader(address, page.who, page.path)
			if err != nil {
				return nil, err
			}
			context.AfterFunc(ctx, end)
			all = append(all, v)
		}
	}
	for i := range leavingVisitors {
		all = append(all, visitor{time.Second, func(ctx context.Context) error { return stay(ctx, address, w.leavers[i]) }})
	}
	return all, nil
}

// reader asks for a page on a connection of its own.
func reader(address string, who *person, path string) (visitor, func(), error) {
	c, err := dial(address)
	if err != nil {
		return visitor{}, nil, err
	}
	request := []byte("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n" + headers + "\r\n")
	if who != nil {
		request = who.request(path, true)
	}
	return visitor{10 * time.Millisecond, func(ctx context.Context) error {
		a, err := c.send(request)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil && a.status != 200:
			err = fmt.Errorf("%s answers %d", path, a.status)
		}
		return err
	}}, func() { c.conn.Close() }, nil
}

// stay is a person who signs in, leaves some organizations, undoes each, and signs out.
func stay(ctx context.Context, address string, l leaver) error {
	p, err := signIn(address, l.user.PrincipalName)
	if err != nil {
		return err
	}
	x := &sized{person: p}
	for range 20 {
		if ctx.Err() != nil {
			return nil
		}
		if err := leaves(x); err != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	_, err = p.post("/sign-out", "x", "")
	return err
}
