package deletedusers

import (
	"log/slog"

	"sojourn/directory"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/web"
)

// Feature is the room: its pages and what they read.
type Feature struct {
	DB        *db.DB
	Log       *slog.Logger // nil is the default one
	Directory *directory.Feature
}

// warn tells the operator of an error that a page tells of only in part.
func (f *Feature) warn(err error) {
	if _, refused := fault.Of(err); refused {
		return
	}
	log := f.Log
	if log == nil {
		log = slog.Default()
	}
	log.Error("an act on several ended midway", "error", err)
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
	t.Handle("GET /manage/{tenant}/deleted-users/erased", web.Manage, f.showErased)
	t.Handle("GET /manage/{tenant}/deleted-users/preview", web.Manage, f.showPreview)
	t.Handle("GET /manage/{tenant}/deleted-users/results.csv", web.Manage, f.showResults)
}
