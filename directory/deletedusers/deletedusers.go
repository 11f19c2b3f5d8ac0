package deletedusers

import (
	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/web"
)

// Feature is the room: its pages and what they read.
type Feature struct {
	DB        *db.DB
	Directory *directory.Feature
}

// Routes are the pages of the room.
func (f *Feature) Routes(t *web.Table) {
	t.Handle("GET /manage/{tenant}/deleted-users", web.Manage, f.showDeleted)
	t.Handle("POST /manage/{tenant}/deleted-users/restore", web.Manage, f.submitRestore)
	t.Handle("GET /manage/{tenant}/deleted-users/restored", web.Manage, f.showOutcomes)
	t.Handle("GET /manage/{tenant}/deleted-users/results/{departure}", web.Manage, f.showOutcome)
	t.Handle("POST /manage/{tenant}/deleted-users/chosen", web.Manage, f.submitChosen)
	t.Handle("GET /manage/{tenant}/deleted-users/delete", web.Manage, f.showErase)
	t.Handle("POST /manage/{tenant}/deleted-users/delete", web.Manage, f.submitErase)
	t.Handle("GET /manage/{tenant}/deleted-users/refused", web.Manage, f.showNotErased)
}
