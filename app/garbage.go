package app

import (
	"math"
	"runtime/debug"

	"sojourn/securityinfo"
)

// ballast is memory that is never touched, and so takes up addresses only. The
// garbage collector counts it as in use and comes when the heap has grown by as
// much: the portal keeps some 2 MB and a page leaves 70 KB, so that without it
// every sixtieth page would start a collection, up to a third of the CPU time of
// all. A larger GOGC would do the same for pages, but multiply what the hashing
// of passwords holds for a moment, too.
var ballast []byte

// beside is what may be in use beside the hashing of passwords before the garbage
// collector comes more often: a flood of sign-ins leaves 19 MiB with each try, and
// would be let to hold twice what it is using.
const beside = 48 << 20

// CollectLater is for processes that serve for long.
func CollectLater() {
	ballast = make([]byte, 8<<20)
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // else GOMEMLIMIT says how much
		debug.SetMemoryLimit(int64(securityinfo.AtOnce())*int64(securityinfo.DefaultParams.Memory)<<10 + beside)
	}
}
