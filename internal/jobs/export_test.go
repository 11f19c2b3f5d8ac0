package jobs

// RunWithLease is Run with leases of another length.
var RunWithLease = run
