package myaccount

import (
	"net/http"
	"slices"
	"strconv"

	"sojourn/internal/fault"
	"sojourn/internal/web"
	"sojourn/ui"
)

// topic is one page of the help: what an area of the portal is for, and how.
type topic struct {
	name  string // of its address and its messages
	icon  string
	parts int    // how many parts its text has
	href  string // the area itself; "" where it is another for each reader
}

// topics are all pages of the help, in the order of the navigation.
var topics = []topic{
	{"overview", "home", 3, "/"},
	{"organizations", "building", 3, "/organizations"},
	{"leaving", "door", 5, "/organizations"},
	{"requests", "inbox", 3, "/requests"},
	{"password", "lock", 3, "/password"},
	{"security", "shield", 3, "/security-info"},
	{"activity", "clock", 4, "/activity"},
	{"settings", "settings", 4, "/settings"},
	{"administrators", "crown", 15, ""},
}

func (t topic) key(thing string) string { return "myaccount.help." + t.name + "." + thing }

func (t topic) path() string { return "/help/" + t.name }

// part is one part of the text: a heading and what stands below it.
func (t topic) part(n int) (heading, text string) {
	key := t.key(strconv.Itoa(n))
	return key + ".title", key + ".text"
}

func (f *Feature) showHelp(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, http.StatusOK, helpPage(ui.ShellOf(r)))
}

func (f *Feature) showTopic(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(topics, func(t topic) bool { return t.name == r.PathValue("topic") })
	if i < 0 {
		return fault.Missing()
	}
	return web.Render(w, r, http.StatusOK, topicPage(ui.ShellOf(r), topics[i]))
}

func (f *Feature) showPicture(w http.ResponseWriter, r *http.Request) error {
	pictures().ServeHTTP(w, r)
	return nil
}
