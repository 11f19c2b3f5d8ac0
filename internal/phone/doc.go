// Package phone reads telephone numbers as people type them, brings them to E.164
// and says what may be sent to which: texts to mobiles, calls to mobiles and fixed
// lines, both only to the countries an operator allows. Ranges that cost whoever
// calls, or earn whoever is called, are refused. It knows no database and sends
// nothing.
package phone
