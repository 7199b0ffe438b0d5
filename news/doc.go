// Package news is Trucewire's desk: it reads what sources bring and knows what is new.
//
// The flow through it is
//
//	Item → Reading → Development (+ Update) → Text
//
// A [Reader] turns the words of one [Item] into a [Reading]: relevance, conflict,
// kinds, figures, claims and who makes them. The [Desk] files readings: it groups
// them into developments (one real-world step, many items), says what each item
// adds, and keeps the [Standing] of arrangements. A [Writer] composes what a
// channel reads from a development: own sentences made of what was read, and
// verbatim quotations, nothing else.
//
// Everything here is pure: values in, values out. The package does no I/O, reads no
// clock, starts no goroutine and knows no database and no Discord. Time is always
// an argument, so a replay of the same items gives the same bytes.
package news
