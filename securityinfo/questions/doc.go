// Package questions is the part of security info about security questions: choosing
// and answering them, and deleting them. Answers are never shown again.
//
// It refuses nothing by itself; the verbs and their rules are the room's around it.
package questions
