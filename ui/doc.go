// Package ui is what pages are written in: layouts (account, administration,
// entrance, plain), elements (cards, rows, tables, forms, dates, names) and the
// one style sheet and one script behind them.
//
// It owns how things look and how user-supplied text gets into HTML: every name
// is escaped and isolated for direction here, so that a page cannot forget it.
// It knows no feature, no database and no request beyond the Shell, and every
// page works with script off.
package ui
