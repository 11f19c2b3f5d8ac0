package activity

import "slices"

// reasons are the codes by which a change or a sign-in can have been refused, or for
// which one was made. Each has its words at activity.because.…; the log as a file has
// the codes themselves.
var reasons = []string{
	"account_disabled", "account_ended", "already_accepted", "already_here", "already_in", "already_invited", "already_set_up", "already_there",
	"cannot_send", "changed_meanwhile", "channel_closed", "clock_jumped", "code_used", "codes_made", "cross_site", "declined_lately", "deleted_here",
	"direct_connect", "disabled", "domain_taken", "erased", "experience_off", "extended_before", "factor_gone", "flow_over", "group_exists",
	"group_used", "group_used_elsewhere", "has_account", "home_organization", "invitation_expired", "last_administrator", "last_method", "last_way_in",
	"leave_not_allowed", "legal_hold", "link_dead", "mail_capped", "managed_by_home", "may_leave", "message_gone", "method_gone", "method_not_allowed",
	"must_register", "name_taken", "no_conflict", "no_home", "no_mail", "no_second_step", "no_time", "nobody_answers", "not_administrator", "not_alone",
	"not_closing", "not_deleted", "not_found", "not_home", "not_last", "not_pending", "not_there", "number_refused", "organization_closed",
	"organization_not_active", "organization_not_yours", "other_account", "overdue", "own_methods", "own_request", "pass_used", "passkey_copied",
	"passkey_known", "passkey_over", "passkey_unverified", "passkey_wrong", "password_changed", "questions_there", "rank_too_low", "reported",
	"request_closed", "restore_conflict", "role_missing", "second_step_required", "set_up_over", "stale_form", "switched_meanwhile", "tenant_closed", "tenant_frozen",
	"texts_capped", "token_used", "too_many_from_here", "too_many_methods", "too_many_organizations", "too_many_requests", "too_many_tries",
	"tries_used_up", "undo_declined", "undo_not_allowed", "undo_not_own", "undo_nothing", "undo_over", "user_there", "wrong_code", "wrong_pass",
	"wrong_password", "wrong_proof",
}

// explained says whether a reason has words.
func explained(code string) bool { return slices.Contains(reasons, code) }
