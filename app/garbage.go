package app

// ballast is memory that is never touched, and so takes up addresses only. The
// garbage collector counts it as in use and comes when the heap has grown by as
// much: the portal keeps some 2 MB and a page leaves 70 KB, so that without it
// every sixtieth page would start a collection, up to a third of the CPU time of
// all. A larger GOGC would do the same for pages, but multiply what the hashing
// of passwords holds for a moment, too.
var ballast []byte

// CollectLater is for processes that serve for long.
func CollectLater() { ballast = make([]byte, 8<<20) }
