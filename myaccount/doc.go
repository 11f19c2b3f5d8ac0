// Package myaccount owns the portal's first page: who I am here, where I am, and
// a block for each area with its own link.
//
// It also owns the settings a person has here (language, region, time zone, name
// where no organization manages it, photo), the help, and the notice that stands
// in for pages which a home organization has not turned on. The pictures of the
// help are taken by the browser walks, see e2e/helppictures.mjs.
//
// It owns no data: it reads and asks for what accounts and directory keep. It
// refuses to change what a home organization manages, and any picture whose bounds
// are too large to be looked at.
package myaccount
