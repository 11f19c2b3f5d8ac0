// Package jobs runs what the product does by itself, at intervals: each job on
// one replica at a time, which holds the job's lease in the database. The lease
// is renewed while the job runs and kept until the holder's next turn; when the
// holder ends it gives the lease back, when it dies another replica takes over
// once the lease has ended.
package jobs
