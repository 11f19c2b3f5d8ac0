package app

import (
	"os"
	"runtime/debug"
)

// CollectLater lets garbage grow to 16 MB, or to four times what is in use,
// before it is collected. The portal keeps some 2 MB and a page leaves 80 KB: by
// Go's own measure it would collect after every fifty pages, and spend a third of
// its time on that. What the operator sets as GOGC stays.
func CollectLater() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
