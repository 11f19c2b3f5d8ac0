package securityinfo

import (
	"context"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/internal/actor"
	"sojourn/internal/audit"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/policies"
)

// Asking is what the page for security questions needs.
type Asking struct {
	Questions []string // to choose among
	Many      int      // that have to be answered
	There     accounts.Method
}

// AskQuestions says which questions the asker can choose among.
func (f *Feature) AskQuestions(ctx context.Context, who actor.Actor) (Asking, error) {
	a, err := f.mayHelp(ctx, f.DB, who, accounts.Questions)
	if err != nil {
		return Asking{}, err
	}
	if err := Fresh(who, f.DB.Now()); err != nil {
		return Asking{}, err
	}
	list, err := accounts.MethodsOf(ctx, f.DB, who.AccountID)
	if err != nil {
		return Asking{}, fmt.Errorf("security questions: %w", err)
	}
	return Asking{Questions: slices.Clone(questions), Many: a.Reset.ToRegister, There: of(list, accounts.Questions)}, nil
}

// mayHelp says whether the asker may add a method that helps to get back in: their
// organization has to let people get back in, and to allow the method.
func (f *Feature) mayHelp(ctx context.Context, c db.Conn, who actor.Actor, kind accounts.MethodType) (policies.Asked, error) {
	if _, err := f.person(ctx, c, who); err != nil {
		return policies.Asked{}, err
	}
	a, err := policies.Of(ctx, c, who.AccountID)
	if err != nil {
		return policies.Asked{}, err
	}
	if !helps(a, kind) {
		return policies.Asked{}, fault.Missing()
	}
	return a, nil
}

// of is the method of a type, the zero Method if there is none.
func of(list []accounts.Method, kind accounts.MethodType) accounts.Method {
	for _, m := range list {
		if m.Type == kind {
			return m
		}
	}
	return accounts.Method{}
}

// AnswerQuestions takes the answers to security questions, once: they are never shown
// again, and whoever wants others deletes these first.
func (f *Feature) AnswerQuestions(ctx context.Context, who actor.Actor, picks []Pick) error {
	asking, err := f.AskQuestions(ctx, who)
	if err != nil {
		return err
	}
	if asking.There.ID != "" {
		return questionsThere()
	}
	answers, err := picked(picks, asking.Many)
	if err != nil {
		return err
	}
	fresh, err := f.tryAnswers(ctx, who.Address, answers)
	if err != nil {
		return fmt.Errorf("security questions: %w", err)
	}
	err = f.alter(ctx, who, alteration{
		Entry: audit.Entry{Act: "method.add"}, Method: accounts.Method{ID: fresh.MethodID, Type: accounts.Questions}, Words: &addedTexts,
	}, func(tx *db.Tx, list []accounts.Method, _ *accounts.Method) error {
		if _, err := f.mayHelp(ctx, tx, who, accounts.Questions); err != nil {
			return err
		}
		if has(list, accounts.Questions) {
			return questionsThere()
		}
		return accounts.KeepAnswers(ctx, tx, who.AccountID, fresh)
	})
	if err != nil {
		return fmt.Errorf("security questions: %w", err)
	}
	return nil
}

func questionsThere() error {
	return fault.New(fault.Conflict, "questions_there", "securityinfo.questions.there")
}

// tryAnswers makes new answers among the tries of an address, since hashing costs.
func (f *Feature) tryAnswers(ctx context.Context, address string, answers map[string]string) (accounts.Answers, error) {
	try, err := f.Tries.Enter(address)
	if err != nil {
		return accounts.Answers{}, err
	}
	defer try.Done(false)
	return f.newAnswers(ctx, answers)
}

// newAnswers are hashed before the transaction: that takes its time.
func (f *Feature) newAnswers(ctx context.Context, answers map[string]string) (accounts.Answers, error) {
	fresh := accounts.Answers{MethodID: f.IDs.Random(), Pepper: f.Box.PepperID(), Salt: f.Hasher.NewSalt(), Hashes: map[string][]byte{}}
	for question, answer := range answers {
		hash, err := f.hashAnswer(ctx, fresh.Pepper, fresh.Salt, question, answer)
		if err != nil {
			return fresh, err
		}
		fresh.Hashes[question] = hash
	}
	return fresh, nil
}

// hashAnswer binds an answer to its question, and to the key of that id, where there is
// one: answers are few enough to be tried one after the other.
func (f *Feature) hashAnswer(ctx context.Context, pepper, salt, question, answer string) ([]byte, error) {
	box, there := f.Box.Under(pepper)
	if !there {
		box = f.Box
	}
	return f.Hasher.Salted(ctx, salt, string(box.CodeMAC("security question", question, answer)))
}
