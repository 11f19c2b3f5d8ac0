package securityinfo

import (
	_ "embed" // the list of common passwords
	"slices"
	"strings"
	"sync"
)

// commonText is one password a line: lower case, letters and digits only, at
// least eight of them, sorted by bytes.
//
//go:embed common.txt
var commonText string

var commonList = sync.OnceValue(func() []string {
	return strings.Split(strings.TrimSuffix(commonText, "\n"), "\n")
})

// isCommon says whether a password, squeezed to letters and digits, is known to
// everybody.
func isCommon(squeezed string) bool {
	_, found := slices.BinarySearch(commonList(), squeezed)
	return found
}
