package main

import (
	"fmt"
	"text/tabwriter"

	"sojourn/directory"
)

type groupRename struct {
	Tenant      string  `arg:"" help:"Domain or id of the organization."`
	Group       string  `arg:"" help:"Name or id of the group."`
	Name        *string `placeholder:"NAME" help:"What it is called from now on."`
	Description *string `placeholder:"TEXT" help:"What it is for."`
}

func (groupRename) Help() string {
	return `Examples:
  sojourn group rename contoso.example "Design review" --name "Design board"
  sojourn group rename contoso.example "Design board" --description "Meets on Tuesdays"`
}

func (c groupRename) Run(e *env) error {
	if c.Name == nil && c.Description == nil {
		return wrong("nothing to change: give --name or --description")
	}
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	g, err := group(e, a, t, c.Group)
	if err != nil {
		return err
	}
	if c.Name != nil {
		g.Name = *c.Name
	}
	if c.Description != nil {
		g.Description = *c.Description
	}
	if err := a.Directory.RenameGroup(e.ctx, operator, t.ID, g.ID, g.Name, g.Description); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "Changed: %s\n", g.Name)
	return err
}

type groupList struct {
	Tenant string `arg:"" help:"Domain or id of the organization."`
}

func (groupList) Help() string { return "Example:\n  sojourn group list contoso.example" }

func (c groupList) Run(e *env) error {
	a, err := e.app()
	if err != nil {
		return err
	}
	defer a.DB.Close()
	t, err := tenant(e, a, c.Tenant)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tMEMBERS\tDESCRIPTION\tID")
	var after directory.Cursor
	for {
		page, err := directory.Groups(e.ctx, a.DB, t.ID, "", after, 500)
		if err != nil {
			return err
		}
		for _, g := range page {
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", g.Name, g.Members, g.Description, g.ID)
			after = directory.GroupCursor(g)
		}
		if len(page) == 0 {
			return w.Flush()
		}
	}
}
