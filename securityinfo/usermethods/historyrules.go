package usermethods

// historyActs are what tells how a user's ways to sign in came to be as they are. Single
// sign-ins and sessions are not told here. Each has its words at activity.act.…
var historyActs = []string{
	"method.add", "method.change", "method.default", "method.name", "method.remove", "method.remove_all", "recovery.make", "registration.confirm",
	"pass.give", "pass.use",
	"password.set", "password.change", "password.reset", "password.help", "user.link",
	"user.sign_out", "session.end_all", "session.end_others", "session.disown",
}
