package deletedusers

import (
	"sojourn/directory"
	"sojourn/ui"
)

func byOptions(s *ui.Shell) []ui.Option {
	return []ui.Option{
		{Text: s.T("directory.deleted.by.any")}, {Value: string(directory.Left), Text: s.T("directory.deleted.by.left")},
		{Value: string(directory.ByAdministrator), Text: s.T("directory.deleted.by.administrator")},
		{Value: string(directory.ByOperator), Text: s.T("directory.deleted.by.operator")},
	}
}

// titleKey and the keys below say what a restore was: the user brought back, the
// groups added to another, or brought back and gone again since.
func (o outcome) titleKey() string {
	switch {
	case o.Way == directory.Merge:
		return "directory.outcome.title.merged"
	case o.Old.Live():
		return "directory.outcome.title"
	}
	return "directory.outcome.title.since"
}

func (o outcome) leadKey() string {
	switch {
	case o.Way == directory.Merge:
		return "directory.outcome.lead.merged"
	case o.Way == directory.Replace:
		return "directory.outcome.lead.replaced"
	case o.whole():
		return "directory.outcome.lead.whole"
	}
	return "directory.outcome.lead.part"
}

func (o outcome) toldKey() string {
	if o.Way == directory.Merge {
		return "directory.outcome.told.merged"
	}
	return "directory.outcome.told"
}

func (o outcome) cameKey() string {
	if o.Way == directory.Merge {
		return "directory.outcome.added"
	}
	return "directory.outcome.back.title"
}

// roleKey says why a role is not there: taken away meanwhile, or never given by
// adding groups.
func (o outcome) roleKey() string {
	if o.Way == directory.Merge {
		return "directory.outcome.roleNotAdded"
	}
	return "directory.outcome.removed"
}

func (d eraseData) single() bool { return len(d.Doomed) == 1 }

// homes counts those whose account goes too.
func (d eraseData) homes() int {
	n := 0
	for _, u := range d.Doomed {
		if u.Home {
			n++
		}
	}
	return n
}

func (d eraseData) title(s *ui.Shell) string {
	switch len(d.Doomed) {
	case 0:
		return s.T("directory.notErased.title")
	case 1:
		return s.T("directory.erase.title", "name", d.Doomed[0].DisplayName)
	}
	return s.N("directory.erase.titleMany", len(d.Doomed))
}

// whyKeys say reason codes in words.
var whyKeys = map[string]string{
	"restore_conflict": "directory.why.conflict",
	"legal_hold":       "directory.why.hold",
	"rank_too_low":     "directory.why.rank",
	"not_deleted":      "directory.why.notDeleted",
	"not_found":        "directory.why.gone",
	"name_taken":       "directory.why.nameTaken",
	"tenant_closed":    "directory.why.closed",
	"tenant_frozen":    "directory.why.closed",
	"busy":             "directory.why.busy",
	"commit_unknown":   "directory.why.busy",
	"role_missing":     "directory.why.role",
	"proof_needed":     "directory.why.proof",
	"internal":         "directory.why.internal",
}

func (r refusal) whyKey() string {
	if key, known := whyKeys[r.Code]; known {
		return key
	}
	return "directory.why.other"
}

func (d erasedData) title(s *ui.Shell) string {
	if len(d.Erased) == 0 {
		return s.T("directory.notErased.title")
	}
	return s.N("directory.erased.title", len(d.Erased))
}

func (d erasedData) lead() string {
	if len(d.Erased) == 0 {
		return "directory.notErased.lead"
	}
	return "directory.erased.lead"
}
