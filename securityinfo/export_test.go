package securityinfo

import "time"

// CodeAt is what an app with the seed would show, for tests that hold one.
func CodeAt(seed []byte, at time.Time) string {
	code, err := codeAt(seed, stepAt(at))
	if err != nil {
		panic(err)
	}
	return code
}
