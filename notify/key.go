package notify

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"

	"trucewire/guild"
	"trucewire/news"
)

// maxNonce is the longest nonce Discord takes. Source: Discord developer
// documentation, "Create Message", field nonce.
const maxNonce = 25

// crockford is base32 without the letters that are mistaken for digits, as in the
// references of developments.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// PostKey names the one post of a development in a channel.
func PostKey(c guild.ChannelID, d news.DevelopmentID) string {
	return fmt.Sprintf("post/%s/%s", c, d)
}

// ReplyKey names the reply that tells a revision of a development in a channel.
func ReplyKey(c guild.ChannelID, d news.DevelopmentID, revision int) string {
	return fmt.Sprintf("reply/%s/%s/%d", c, d, revision)
}

// DigestKey names the digest of a subscription for a slot ([Schedule.Slot]).
func DigestKey(id SubscriptionID, slot string) string {
	return fmt.Sprintf("digest/%d/%s", id, slot)
}

// Nonce is what Discord recognises a repeated create by. It follows from the key alone,
// so that a process that starts after a crash sends the same one. The key holds the
// channel, because Discord remembers nonces per author and not per channel.
func Nonce(key string) string {
	sum := sha256.Sum256([]byte(key))
	return base32.StdEncoding.EncodeToString(sum[:])[:maxNonce]
}

// replyRef is the reference of a reply: that of its development with the revision it tells,
// so that a search for the reply does not find the post.
func replyRef(d news.Development, revision int) string {
	return fmt.Sprintf("%s-%d", d.Ref, revision)
}

// digestRef is the reference of a digest, six characters that follow from its key.
func digestRef(key string) string {
	sum := sha256.Sum256([]byte(key))
	return base32.NewEncoding(crockford).EncodeToString(sum[:])[:6]
}
