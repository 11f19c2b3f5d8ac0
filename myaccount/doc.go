// Package myaccount owns the portal's first page: who I am here, where I am, and
// a block for each area with its own link.
//
// It owns no data: it reads what accounts and directory keep.
package myaccount
