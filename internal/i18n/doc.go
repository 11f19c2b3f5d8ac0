// Package i18n turns message keys into sentences: one JSON file a language,
// named placeholders in braces, plural forms by CLDR category, and dates and
// numbers as the language writes them.
//
// It owns no text and knows no feature. Messages are split once when they are
// loaded, so that a page of a hundred sentences costs a hundred appends.
package i18n
