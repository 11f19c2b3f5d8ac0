package accounts

// MethodType is what sort of thing somebody proves themselves with.
type MethodType string

const (
	PasswordMethod MethodType = "password"
	Authenticator  MethodType = "authenticator" // an app that makes codes by the time
	RecoveryCodes  MethodType = "recovery"      // printed, each good once
)

// Factor is a second factor that its account can use now.
type Factor struct {
	ID      string // of the method
	Type    MethodType
	Name    string // as the person calls it; may be ""
	Default bool
}

// SecondProof is a code that was found right and is not yet used up.
type SecondProof struct {
	Factor    Factor
	AccountID string
	Step      int64  // authenticator: the code's step of time
	Hash      []byte // recovery code: its hash
}
