//go:build race

package notify_test

// underRace: the race detector slows pure reckoning down many times, so less of it is done
// under it; all of it is done without.
const underRace = true
