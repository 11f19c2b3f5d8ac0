package securityinfo

import (
	"context"
	"crypto/hmac"
	"fmt"
	"strconv"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
)

// Shown is what somebody gives as a proof: a code, or the answers to the questions
// that ResetQuestions drew, in their order.
type Shown struct {
	Code    string
	Answers []string
}

// resetProof is a proof that was found right and is not yet used up.
type resetProof struct {
	method string // id, "" for a mailbox that is no method
	step   int64  // authenticator
	code   string // sent: its id
}

// ProveReset takes a proof. A wrong one counts for the account and the sort of method,
// whatever flow it is typed in and whatever was right in between; after too many none
// of that sort is right for a day. Where there is nothing to guess, since nothing was
// sent in this flow, or nobody has the name, it counts for the flow alone: who knows no
// more than a name uses up nobody's tries. All of that reads the same.
func (f *Feature) ProveReset(ctx context.Context, who actor.Actor, secret, browser string, w ResetWay, in Shown) error {
	r, err := f.resetAt(ctx, secret, browser, w)
	if err != nil {
		return err
	}
	if in, err = f.readable(r, w, in); err != nil {
		return err
	}
	c, err := f.claimant(ctx, f.DB, r.account)
	if err != nil {
		return fmt.Errorf("prove reset: %w", err)
	}
	guessable, err := f.guessable(ctx, r, c, w)
	if err != nil {
		return fmt.Errorf("prove reset: %w", err)
	}
	try, err := f.Tries.Enter(who.Address)
	if err != nil {
		return err
	}
	wrong := false
	defer func() { try.Done(wrong) }()
	var proof resetProof
	ok, locked, err := f.tryReset(ctx, r.counters(w.Type(), guessable), func() (right bool, err error) {
		right, err = f.compareReset(ctx, r, c, w, in, &proof)
		return right && guessable, err // what was sent since is not compared: that try counted for nobody
	})
	wrong = err == nil && !ok
	switch {
	case err != nil:
		return fmt.Errorf("prove reset: %w", err)
	case wrong:
		return f.refuseProof(ctx, who, r, w, guessable && !locked)
	}
	return f.takeProof(ctx, r, w, proof)
}

// readable refuses what can be no proof, whoever gives it.
func (f *Feature) readable(r Reset, w ResetWay, in Shown) (Shown, error) {
	if w == ByAnswers {
		all := fault.New(fault.Invalid, "invalid", "securityinfo.invalid.title")
		for i := range r.policy.Reset.ToAnswer {
			if i >= len(in.Answers) || answerText(in.Answers[i]) == "" {
				all.Field("answer-"+strconv.Itoa(i), "securityinfo.questions.answer.missing")
			}
		}
		return in, all.ErrOrNil()
	}
	if plain(in.Code) == "" {
		return in, refusedCode("securityinfo.second.missing")
	}
	code, err := sixDigits(in.Code, "securityinfo.sent.digits")
	in.Code = code
	return in, bad("code", err)
}

func refusedCode(key string) error {
	return fault.New(fault.Invalid, "code_missing", key).Field("code", key)
}

// guessable says whether a proof could be right at all: somebody has the method, may get
// back in by it, and where a code is sent one was sent in this flow and is still good.
func (f *Feature) guessable(ctx context.Context, r Reset, c claimant, w ResetWay) (bool, error) {
	could := c.barred() == "" && c.Version == r.version && c.can(w.Type())
	if !w.Sent() {
		return could, nil
	}
	_, sent, err := accounts.SentCodeOf(ctx, f.DB, c.ID, r.codeID(), f.DB.Now())
	return could && sent && r.Way == w, err
}

// resetLocked says whether no proof of a sort would be right for now.
func (f *Feature) resetLocked(ctx context.Context, r Reset, t accounts.MethodType) (bool, error) {
	for _, one := range r.counters(t, true) {
		seen, err := triesOf(ctx, f.DB, one.name)
		if err != nil {
			return false, fmt.Errorf("reset: %w", err)
		}
		if seen.allow(f.DB.Now(), one.words) == nil {
			return false, nil
		}
	}
	return true, nil
}

// tryReset counts before it compares, and takes back what was right: a proof that
// somebody can give must not buy them more guesses at another. Where none is taken it
// compares nevertheless, so that time tells nothing.
func (f *Feature) tryReset(ctx context.Context, list []resetCounter, compare func() (bool, error)) (ok, locked bool, err error) {
	defer f.lanes.enter(list[0].name)()
	counted := ""
	for _, one := range list {
		if _, err = f.count(ctx, one.name, one.words); err == nil {
			counted = one.name
			break
		}
		if locked = fault.Is(err, "tries_used_up"); !locked {
			return false, false, err
		}
	}
	locked = counted == ""
	ok, err = compare()
	switch {
	case err == nil && (locked || !ok):
		return false, locked, nil
	case locked:
		return false, true, err
	}
	return ok, false, first(takeBackTry(ctx, f.DB, counted), err)
}

// compareReset says whether a proof is right for a claimant, who may be nobody.
func (f *Feature) compareReset(ctx context.Context, r Reset, c claimant, w ResetWay, in Shown, proof *resetProof) (bool, error) {
	switch {
	case w == ByAnswers:
		return f.compareAnswers(ctx, r, c, in.Answers, proof)
	case w.Type().ShowsCodes():
		return f.compareApps(ctx, c, w.Type(), in.Code, proof)
	}
	m, found := c.place(w, r.Place)
	p := accounts.SecondProof{AccountID: c.ID, Factor: accounts.Factor{ID: r.codeID()}}
	right, err := f.compareSent(ctx, &p, r.madeFor(w, r.Place), in.Code)
	if err != nil {
		return false, err
	}
	ok, err := right()
	proof.method, proof.code = m.ID, p.Code
	return ok && found && r.Way == w && c.can(w.Type()), err
}

// compareApps compares with every app, or every hardware token, of a claimant.
func (f *Feature) compareApps(ctx context.Context, c claimant, kind accounts.MethodType, code string, proof *resetProof) (bool, error) {
	found := false
	for _, m := range c.List {
		if m.Type != kind {
			continue
		}
		s, there, err := f.seedOf(ctx, f.DB, c.ID, kind, m.ID)
		if err != nil {
			return false, err
		}
		by, err := f.makerOf(s)
		if err != nil || !there {
			continue // of a key that is lost; its owner is told no more than that it is wrong
		}
		step, right, _, err := by.match(code, f.DB.Now(), s.Step)
		if err != nil {
			return false, err
		}
		if right {
			found, proof.method, proof.step = true, m.ID, step
		}
	}
	return found && c.can(kind), nil
}

// compareAnswers hashes every answer, of whomever: that takes its time.
func (f *Feature) compareAnswers(ctx context.Context, r Reset, c claimant, answers []string, proof *resetProof) (bool, error) {
	salt, right := c.Answers.Salt, true
	if salt == "" {
		salt = f.Hasher.NewSalt()
	}
	for i, question := range f.asked(r, c) {
		hash, err := f.hashAnswer(ctx, c.Answers.Pepper, salt, question, answerText(answers[i]))
		if err != nil {
			return false, err
		}
		right = hmac.Equal(hash, c.Answers.Hashes[question]) && right
	}
	proof.method = c.Answers.MethodID
	return right && c.can(accounts.Questions), nil
}

// refuseProof notes a wrong proof and, if it was taken for one, writes it where its owner
// sees it. Tries that were not taken, and tries at nothing, leave no row but cost a write
// as well, as a name does that nobody has: a stranger could fill the log with them.
func (f *Feature) refuseProof(ctx context.Context, who actor.Actor, r Reset, w ResetWay, taken bool) error {
	wrong := fault.New(fault.Invalid, "wrong_proof", "securityinfo.reset.wrong")
	if err := f.DB.Tx(ctx, func(tx *db.Tx) error { return noteWrong(ctx, tx, r) }); err != nil {
		return fmt.Errorf("prove reset: %w", err)
	}
	h, found, err := holderOf(ctx, f.DB, r.account)
	if err != nil {
		return fmt.Errorf("prove reset: %w", err)
	}
	if !found || !taken {
		if err := f.DB.Tx(ctx, func(tx *db.Tx) error { return touchReset(ctx, tx, r) }); err != nil {
			return fmt.Errorf("prove reset: %w", err)
		}
		return wrong
	}
	nobody := actor.SystemActor() // whoever typed it has proved nothing
	nobody.Address, nobody.Agent = who.Address, who.Agent
	row := fault.New(fault.Forbidden, wrong.Code, wrong.Key)
	failed := audit.Refused(ctx, f.DB, nobody, audit.Entry{
		Tenant: h.Tenant, Act: "password.reset", Target: h.target(), Account: h.Account, Private: audit.Details{"method": string(w.Type())},
	}, row)
	if failed != error(row) {
		return fmt.Errorf("audit a refused reset: %w", failed)
	}
	return wrong
}

// takeProof uses a proof up and goes on, if the account still is what it was.
func (f *Feature) takeProof(ctx context.Context, r Reset, w ResetWay, proof resetProof) error {
	err := f.DB.Tx(ctx, func(tx *db.Tx) error {
		c, err := f.claimant(ctx, tx, r.account)
		if err != nil {
			return err
		}
		proved := append(parted(joined(r.proved)), w.Type())
		on, err := advanceReset(ctx, tx, r, c.next(proved), joined(proved))
		if err == nil && (!on || c.barred() != "" || !c.can(w.Type())) {
			err = resetOver()
		}
		if err != nil {
			return err
		}
		return f.spendProof(ctx, tx, r, w, proof)
	})
	if err != nil {
		return fmt.Errorf("prove reset: %w", err)
	}
	return nil
}

func (f *Feature) spendProof(ctx context.Context, tx *db.Tx, r Reset, w ResetWay, proof resetProof) error {
	spent, err := true, error(nil)
	switch {
	case w.Type().ShowsCodes():
		spent, err = spendStep(ctx, tx, w.Type(), r.account, proof.method, proof.step)
	case w.Sent():
		spent, err = accounts.SpendSentCode(ctx, tx, r.account, r.codeID(), proof.code)
	}
	if err == nil && !spent {
		err = resetOver()
	}
	if err != nil || proof.method == "" {
		return err
	}
	return accounts.NoteUse(ctx, tx, r.account, proof.method)
}
