package agent_test

import (
	"strings"
	"testing"

	"sojourn/internal/agent"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ header, browser, system string }{
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox 150", "Windows"},
		{"Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", "Firefox 150", "Android"},
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36", "Chrome 148", "Linux"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36 Edg/148.0.0.0", "Edge 148", "Windows"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763", "Edge 18", "Windows"},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15", "Safari 26", "macOS"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", "Safari 26", "iPhone"},
		{"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/147.0.7727.47 Mobile/15E148 Safari/604.1", "Chrome 147", "iPad"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/149.0 Mobile/15E148 Safari/605.1.15", "Firefox 149", "iPhone"},
		{"Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36", "Samsung Internet 29", "Android"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 OPR/130.0.0.0", "Opera 130", "Windows"},
		{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36", "Chrome 147", "ChromeOS"},
		{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/148.0.0.0 Safari/537.36", "Chrome 148", "Linux"},
		{"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11", "Windows"},
		{"Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)", "Internet Explorer 9", "Windows"},
		{"Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1", "PhantomJS 2", "Linux"},
		{"w3m/0.5.3+git20230121", "w3m 0", ""},
		{"curl/8.14.1", "curl 8", ""},
		{"", "", ""},
		{"Mozilla/5.0", "", ""},
		{"Firefox/", "Firefox", ""},
		{"Chrome/99999999999999999999", "Chrome 9999", ""},
		{"Version/1 Safari/", "Safari 1", ""},
		{"<script>alert(1)</script> Linux", "", "Linux"},
	} {
		if got := agent.Of(c.header); got != (agent.Agent{Browser: c.browser, System: c.system}) {
			t.Errorf("%q is %+v, want %q on %q", c.header, got, c.browser, c.system)
		}
	}
}

// What is shown comes from our own words, whatever a browser claims.
func FuzzOf(f *testing.F) {
	f.Add("Mozilla/5.0 (X11; Linux x86_64) Chrome/148.0 Safari/537.36")
	f.Fuzz(func(t *testing.T, header string) {
		got := agent.Of(header)
		if len(got.Browser) > 30 || len(got.System) > 20 || strings.ContainsAny(got.Browser+got.System, "<>&\"'\x00") {
			t.Errorf("%q is %+v", header, got)
		}
	})
}
