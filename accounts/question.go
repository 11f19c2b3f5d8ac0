package accounts

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"sojourn/internal/db"
)

// Answers are hashed answers to security questions, with what is needed to hash
// alike.
type Answers struct {
	MethodID string
	Pepper   string // id of the one they were hashed with
	Salt     string
	Hashes   map[string][]byte // by question
}

// answersText is how they are stored.
type answersText struct {
	Salt    string            `json:"salt"`
	Answers map[string]string `json:"answers"`
}

func (a Answers) text() (string, error) {
	t := answersText{Salt: a.Salt, Answers: map[string]string{}}
	for question, hash := range a.Hashes {
		t.Answers[question] = base64.RawStdEncoding.EncodeToString(hash)
	}
	out, err := json.Marshal(t)
	return string(out), err
}

func (a *Answers) read(text string) error {
	var t answersText
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return err
	}
	a.Salt, a.Hashes = t.Salt, map[string][]byte{}
	for question, hash := range t.Answers {
		sum, err := base64.RawStdEncoding.DecodeString(hash)
		if err != nil {
			return err
		}
		a.Hashes[question] = sum
	}
	return nil
}

// KeepAnswers stores answers in place of those before.
func KeepAnswers(ctx context.Context, tx *db.Tx, accountID string, a Answers) error {
	if err := forgetAll(ctx, tx, accountID, Questions); err != nil {
		return err
	}
	text, err := a.text()
	if err != nil {
		return err
	}
	return insertAnswers(ctx, tx, accountID, a, text)
}
