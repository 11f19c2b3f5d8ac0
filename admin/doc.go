// Package admin owns the front of the admin centre: its start page and the order
// of its navigation. Rooms bring their own pages; this one knows where they are
// and which roles may read them.
//
// It refuses nothing: the gate lets only administrators in, and every page asks
// again.
package admin
