package activity

import "time"

// heads are the columns of the CSV; the last three only for who may read where
// people came from.
var heads = []string{"time", "actor_kind", "actor_id", "actor_name", "act", "target_id", "target_name", "other_id", "other_name", "result", "reason", "address", "browser", "details"}

const personalColumns = 3

// record is a line of the log as one of the CSV: codes, and times that programs
// sort.
func record(l Line, personal bool) []string {
	out := []string{
		l.At.UTC().Format(time.RFC3339Nano), string(l.Actor), l.By.ID, l.By.Name, l.Act, l.On.ID, l.On.Name, l.With.ID, l.With.Name, l.Result, l.Reason,
	}
	if personal {
		out = append(out, l.Address, l.Agent, l.More())
	}
	return out
}
