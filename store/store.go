// Package store remembers: it holds the only SQL of the program, its migrations,
// and the file lock that keeps two services off one data directory.
//
// A [Store] implements the interfaces that sources, notify and cmd declare. Every
// exported method is one transaction. It holds no rules about news or delivery:
// uniqueness is in SQL, everything else where it belongs.
package store
