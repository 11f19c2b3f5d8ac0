package organizations

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"sojourn/accounts"
	"sojourn/directory"
	"sojourn/internal/actor"
	"sojourn/internal/db"
	"sojourn/internal/fault"
	"sojourn/internal/mail"
	"sojourn/internal/outbox"
)

// Receipt reads one of the person's own receipts.
func (f *Feature) Receipt(ctx context.Context, who actor.Actor, receiptID string) (Receipt, error) {
	stored, found, err := receiptOf(ctx, f.DB, who.AccountID, receiptID)
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	if !found {
		return Receipt{}, fault.Missing()
	}
	return read(stored)
}

// kept is what a receipt keeps as JSON.
type kept struct {
	directory.Had
	Granted bool `json:"granted,omitempty"`
}

func read(s storedReceipt) (Receipt, error) {
	var k kept
	if err := json.Unmarshal([]byte(s.had), &k); err != nil {
		return Receipt{}, fmt.Errorf("receipt %s: %w", s.ID, err)
	}
	s.Had, s.Granted = k.Had, k.Granted
	return s.Receipt, nil
}

// Restored and Erased keep the receipt true to what became of the user. The
// directory calls them in the transaction of the act.
func (f *Feature) Restored(ctx context.Context, tx *db.Tx, userID string) error {
	return setReceiptsState(ctx, tx, []string{userID}, Restored)
}

// Erased see Restored.
func (f *Feature) Erased(ctx context.Context, tx *db.Tx, userIDs []string) error {
	return setReceiptsState(ctx, tx, userIDs, Erased)
}

// sendReceipt mails the receipt in the person's language. Leaving can only be undone
// where it was their own act.
func (f *Feature) sendReceipt(ctx context.Context, tx *db.Tx, accountID string, r Receipt) error {
	account, found, err := accounts.Get(ctx, tx, accountID)
	if err != nil || !found {
		return err
	}
	to, err := accounts.MailAddress(ctx, tx, accountID)
	if err != nil || to == "" {
		return err
	}
	l := f.Words.Match("", account.Language).For(account.Region, account.Zone)
	org, left, purge := mail.Isolate(r.Organization), r.LeftAt.In(f.Zone), r.PurgeAt.In(f.Zone)
	subject, footer := l.T("organizations.mail.subject", "org", org), l.T("organizations.mail.footer", "address", to)
	if r.Granted {
		subject, footer = l.T("organizations.mail.granted", "org", org), l.T("organizations.mail.grantedFooter", "address", to)
	}
	letter := mail.Letter{
		Language: l.Lang(), Dir: l.Dir(), To: to,
		Subject: subject,
		Title:   subject,
		Preview: l.T("organizations.mail.preview", "date", l.Date(purge)),
		Intro: []string{
			l.T("ui.mail.hello", "name", mail.Isolate(account.Name)),
			l.T("organizations.mail.text", "org", org, "when", l.DateTime(left)),
		},
		Facts: []mail.Fact{
			{Label: l.T("organizations.mail.number"), Value: r.Number},
			{Label: l.T("organizations.mail.restorable"), Value: l.T("organizations.mail.until", "date", l.Date(purge))},
			{Label: l.T("organizations.mail.erased"), Value: l.T("organizations.mail.on", "date", l.Date(purge))},
			{Label: l.T("organizations.mail.had"), Value: l.T("organizations.mail.hadText",
				"groups", l.N("organizations.count.groups", len(r.Had.Groups)), "roles", l.N("organizations.count.roles", len(r.Had.Roles)))},
		},
		Button:  mail.Button{Text: l.T("organizations.mail.button"), URL: f.BaseURL + "/organizations/receipts/" + r.ID},
		Closing: []string{l.T("organizations.mail.notYou")},
		Footer:  []string{footer},
	}
	days, err := undoDays(ctx, tx, r.TenantID)
	if err != nil {
		return err
	}
	if days > 0 && !r.Granted {
		until := mail.Fact{Label: l.T("organizations.mail.undo"), Value: l.T("organizations.mail.until", "date", l.Date(undoUntil(r.LeftAt, days).In(f.Zone)))}
		letter.Facts = slices.Insert(letter.Facts, 1, until)
	}
	if r.Contact != "" {
		letter.Facts = append(letter.Facts, mail.Fact{Label: l.T("organizations.mail.contact"), Value: r.Contact})
	}
	return f.Outbox.Put(ctx, tx, outbox.Mail{Dedupe: "receipt:" + r.ID, Tenant: r.TenantID, Account: accountID, Letter: letter})
}

// ReceiptList is a page of a person's receipts.
type ReceiptList struct {
	Receipts []Receipt
	Before   int64 // of the next page, 0 on the last; microseconds
}

const receiptsPageSize = 25

// Receipts lists the person's receipts, the newest first.
func (f *Feature) Receipts(ctx context.Context, who actor.Actor, before int64) (ReceiptList, error) {
	stored, err := receiptsOf(ctx, f.DB, who.AccountID, before, receiptsPageSize+1)
	if err != nil {
		return ReceiptList{}, fmt.Errorf("receipts: %w", err)
	}
	var list ReceiptList
	if len(stored) > receiptsPageSize {
		stored = stored[:receiptsPageSize]
		list.Before = stored[receiptsPageSize-1].LeftAt.UnixMicro()
	}
	for _, s := range stored {
		r, err := read(s)
		if err != nil {
			return ReceiptList{}, err
		}
		list.Receipts = append(list.Receipts, r)
	}
	return list, nil
}
