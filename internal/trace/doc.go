// Package trace tells an OpenTelemetry collector how long requests took and what of
// them: one span a request, one for each transaction within it, one a mail. It exists
// only where an operator has named a collector.
//
// A span bears a route's pattern, a method, a status, a reason code, a count and the
// number of its request. It never bears a path, a query, an address, a browser, an
// organization, or the name or id of a person: there is no argument to hand one in by.
//
// What a collector does not take is lost. Nobody waits for it.
package trace
