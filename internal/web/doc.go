// Package web is the house's way with HTTP: the route table, handlers that
// return errors, the pages those become, headers by class, form tokens, the
// language of a request. It knows status codes and cookies, and no feature.
package web
