// Package agent reads what a browser says of itself: enough for a person to
// recognise their own, and no more. Nothing is decided by it.
package agent

import "strings"

// Agent is a browser on a system; "" is what is not known.
type Agent struct {
	Browser string // with its major version: "Firefox 150"
	System  string // without one: browsers have long stopped telling the truth about it
}

// product is how a browser names itself in a User-Agent.
type product struct{ token, name string }

// products are the browsers, the most particular first: nearly all of them also
// claim to be Chrome, Safari and Mozilla.
var products = []product{
	{"EdgA/", "Edge"}, {"EdgiOS/", "Edge"}, {"Edg/", "Edge"}, {"Edge/", "Edge"},
	{"OPR/", "Opera"}, {"OPT/", "Opera"}, {"OPiOS/", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"}, {"YaBrowser/", "Yandex Browser"},
	{"DuckDuckGo/", "DuckDuckGo"}, {"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
	{"HeadlessChrome/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"},
	{"PhantomJS/", "PhantomJS"}, {"MSIE ", "Internet Explorer"},
	{"w3m/", "w3m"}, {"Lynx/", "Lynx"}, {"Links (", "Links"}, {"curl/", "curl"}, {"Go-http-client/", "Go"},
}

// systems are what a browser runs on, the most particular first.
var systems = []product{
	{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"HarmonyOS", "HarmonyOS"}, {"CrOS", "ChromeOS"},
	{"Windows", "Windows"}, {"Macintosh", "macOS"}, {"Mac OS X", "macOS"},
	{"FreeBSD", "FreeBSD"}, {"OpenBSD", "OpenBSD"}, {"Linux", "Linux"},
}

// Of reads a User-Agent.
func Of(header string) Agent { return Agent{Browser: browser(header), System: first(systems, header)} }

func browser(header string) string {
	for _, p := range products {
		if _, rest, found := strings.Cut(header, p.token); found {
			return versioned(p.name, rest)
		}
	}
	if strings.Contains(header, "Trident/") {
		_, rest, _ := strings.Cut(header, "rv:")
		return versioned("Internet Explorer", rest)
	}
	if strings.Contains(header, "Safari/") { // only Safari has its version elsewhere
		_, rest, _ := strings.Cut(header, "Version/")
		return versioned("Safari", rest)
	}
	return ""
}

// versioned adds the major version that a text begins with.
func versioned(name, rest string) string {
	n := 0
	for n < len(rest) && n < 4 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n == 0 {
		return name
	}
	return name + " " + rest[:n]
}

func first(known []product, header string) string {
	for _, p := range known {
		if strings.Contains(header, p.token) {
			return p.name
		}
	}
	return ""
}
