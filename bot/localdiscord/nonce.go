package localdiscord

import "time"

// nonces remembers which messages were made with enforce_nonce. Discord says "in the
// past few minutes" and publishes no number; the key it documents is author and nonce,
// not the channel, so two channels with one nonce collide here as they do there.
type nonces struct {
	window time.Duration
	seen   map[nonceKey]nonceEntry
}

type nonceKey struct{ author, nonce string }

type nonceEntry struct {
	message *message
	at      time.Time // real time: a story's clock must not stretch the window
}

// find returns the message made with the nonce inside the window.
func (n *nonces) find(author, nonce string, now time.Time) *message {
	e, ok := n.seen[nonceKey{author, nonce}]
	if !ok || now.Sub(e.at) > n.window {
		return nil
	}
	return e.message
}

// remember keeps the message and forgets what left the window.
func (n *nonces) remember(m *message, now time.Time) {
	for k, e := range n.seen {
		if now.Sub(e.at) > n.window {
			delete(n.seen, k)
		}
	}
	n.seen[nonceKey{m.Author, m.Nonce}] = nonceEntry{m, now}
}
