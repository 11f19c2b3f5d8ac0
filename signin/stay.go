package signin

import (
	"net/http"
	"strconv"
	"time"

	"sojourn/internal/web"
)

// showStay answers with how many seconds are left to whoever is signed in. Asking
// is using the session, as opening any page is: the warning that it ends asks
// when somebody wants to stay.
func (f *Feature) showStay(w http.ResponseWriter, r *http.Request) error {
	v := web.VisitOf(r)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte(strconv.Itoa(int(v.Ends.At.Sub(v.Now) / time.Second))))
	return err
}
