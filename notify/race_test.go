//go:build race

package notify_test

// underRace: the race detector makes what only reckons many times as slow, so less is reckoned
// under it; all is without.
const underRace = true
