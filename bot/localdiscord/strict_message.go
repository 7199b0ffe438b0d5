package localdiscord

import (
	"encoding/json"
	"time"
)

// Message limits. Source: Discord developer documentation, "Create Message" and
// "Embed limits"; content for bots is 2,000 although the specification says 4,000.
const (
	maxContent      = 2000
	maxEmbeds       = 10
	maxEmbedSum     = 6000 // title, description, fields, footer and author of all embeds
	maxTitle        = 256
	maxDescription  = 4096
	maxFields       = 25
	maxFieldName    = 256
	maxFieldValue   = 1024
	maxFooter       = 2048
	maxAuthor       = 256
	maxEmbedURL     = 2048
	maxStickers     = 3
	maxFiles        = 10
	maxNonce        = 25
	maxMentionIDs   = 100
	maxPollQuestion = 300
	maxPollAnswers  = 10
	maxPollAnswer   = 55
)

// Message flags. Source: Discord developer documentation, "Message Flags".
const (
	FlagCrossposted           = 1 << 0
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	flagVoiceMessage          = 1 << 13
	FlagComponentsV2          = 1 << 15
)

const anyFlags = 1<<31 - 1

// checkCreate inspects the body of POST /channels/{channel}/messages.
func checkCreate(n node) {
	n.object("content", "embeds", "allowed_mentions", "sticker_ids", "components", "flags", "attachments", "poll",
		"message_reference", "nonce", "enforce_nonce", "tts", "shared_client_theme")
	checkParts(n, FlagSuppressEmbeds|FlagSuppressNotifications|flagVoiceMessage|FlagComponentsV2, 0)
	checkReference(n.key("message_reference"))
	checkNonce(n.key("nonce"))
	if n.key("enforce_nonce").boolean() {
		n.key("nonce").need()
	}
	n.key("sticker_ids").list(0, maxStickers)
}

// checkEdit inspects the body of PATCH /channels/{channel}/messages/{message}. The flags
// the message has matter, because the V2 flag stays.
func checkEdit(n node, has int) {
	// discordgo v0.29.0 sends ID and Channel of its MessageEdit too; Discord ignores them.
	n.object("content", "embeds", "flags", "allowed_mentions", "sticker_ids", "components", "attachments", "ID", "Channel")
	checkParts(n, FlagSuppressEmbeds|FlagComponentsV2, has)
}

// checkFollowUp inspects the body of POST /webhooks/{application}/{token}.
func checkFollowUp(n node) {
	n.object("content", "embeds", "allowed_mentions", "components", "attachments", "poll", "tts", "flags",
		"username", "avatar_url", "thread_name", "applied_tags")
	checkParts(n, FlagSuppressEmbeds|FlagEphemeral|FlagSuppressNotifications|FlagComponentsV2, 0)
}

// checkReplyEdit inspects the body of PATCH /webhooks/{application}/{token}/messages/{message}.
func checkReplyEdit(n node, has int) {
	n.object("content", "embeds", "allowed_mentions", "components", "attachments", "poll", "flags")
	checkParts(n, FlagSuppressEmbeds|FlagComponentsV2, has)
}

// checkParts inspects what every way of writing a message shares: settable are the
// flags the route takes, has the flags the message has already.
func checkParts(n node, settable int64, has int) {
	content := n.key("content").text(0, maxContent)
	checkEmbeds(n.key("embeds"))
	checkMentions(n.key("allowed_mentions"))
	v, _ := n.key("flags").integer(0, anyFlags)
	if v&^settable != 0 {
		n.key("flags").fail("BITFIELD_INVALID", "flags %d cannot be set here", v&^settable)
	}
	v2 := (v|int64(has))&FlagComponentsV2 != 0
	checkComponents(n.key("components"), v2)
	if v2 && (content != "" || len(n.key("embeds").list(0, maxEmbeds)) > 0 || !n.key("poll").absent()) {
		n.fail("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
			"The 'content', 'embeds' and 'poll' fields cannot be used with components V2.")
	}
	checkAttachments(n.key("attachments"))
	checkPoll(n.key("poll"))
	n.key("tts").boolean()
}

func checkEmbeds(n node) {
	sum := 0
	for _, e := range n.list(0, maxEmbeds) {
		sum += checkEmbed(e)
	}
	if sum > maxEmbedSum {
		n.fail("MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedSum)
	}
}

// checkEmbed inspects one embed and returns the characters that count to the sum.
func checkEmbed(n node) int {
	n.object("type", "url", "title", "color", "timestamp", "description", "author", "image", "thumbnail", "footer", "fields", "provider", "video")
	n.key("type").text(0, 32)
	n.key("url").link(maxEmbedURL, "http", "https")
	n.key("color").integer(0, 0xFFFFFF)
	sum := length(n.key("title").text(0, maxTitle)) + length(n.key("description").text(0, maxDescription))
	checkTimestamp(n.key("timestamp"))
	sum += checkLine(n.key("author"), "name", maxAuthor) + checkLine(n.key("footer"), "text", maxFooter)
	for _, k := range []string{"image", "thumbnail", "video"} {
		checkPicture(n.key(k))
	}
	n.key("provider").object("name", "url")
	for _, f := range n.key("fields").list(0, maxFields) {
		sum += checkField(f)
	}
	return sum
}

// checkLine inspects an embed's author or footer.
func checkLine(n node, key string, limit int) int {
	n.object(key, "url", "icon_url")
	n.key("url").link(maxEmbedURL, "http", "https")
	n.key("icon_url").link(maxEmbedURL, "http", "https", "attachment")
	return length(n.key(key).text(0, limit))
}

func checkPicture(n node) {
	if n.object("url", "width", "height", "placeholder", "placeholder_version", "is_animated", "description") {
		n.key("url").link(maxEmbedURL, "http", "https", "attachment")
	}
}

func checkField(n node) int {
	n.object("name", "value", "inline")
	name, value := n.key("name"), n.key("value")
	name.need()
	value.need()
	n.key("inline").boolean()
	return length(name.text(1, maxFieldName)) + length(value.text(1, maxFieldValue))
}

// checkMentions inspects allowed_mentions. A kind in parse and a list of the same kind
// exclude each other, as in the documentation.
func checkMentions(n node) {
	if !n.object("parse", "users", "roles", "replied_user") {
		return
	}
	parsed := map[string]bool{}
	for _, p := range n.key("parse").list(0, 3) {
		kind := p.text(1, 16)
		if kind != "users" && kind != "roles" && kind != "everyone" {
			p.fail("BASE_TYPE_CHOICES", "Value must be one of ('users', 'roles', 'everyone').")
		}
		if parsed[kind] {
			p.fail("SET_TYPE_DUPLICATE", "duplicate %q", kind)
		}
		parsed[kind] = true
	}
	for _, k := range []string{"users", "roles"} {
		ids := n.key(k).list(0, maxMentionIDs)
		if len(ids) > 0 && parsed[k] {
			n.key(k).fail("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", `parse:["%s"] and %s: [ids...] are mutually exclusive.`, k, k)
		}
		for _, id := range ids {
			id.snowflake()
		}
	}
	n.key("replied_user").boolean()
}

func checkReference(n node) {
	if !n.object("type", "message_id", "channel_id", "guild_id", "fail_if_not_exists") {
		return
	}
	n.key("type").integer(0, 1)
	if n.key("message_id").need() {
		n.key("message_id").snowflake()
	}
	n.key("channel_id").snowflake()
	n.key("guild_id").snowflake()
	n.key("fail_if_not_exists").boolean()
}

// checkNonce accepts a string of at most 25 characters or an int64.
func checkNonce(n node) {
	if _, ok := n.value.(json.Number); ok {
		n.integer(-1<<63, 1<<63-1)
		return
	}
	n.text(0, maxNonce)
}

func checkAttachments(n node) {
	for _, a := range n.list(0, maxFiles) {
		a.object("id", "filename", "description", "duration_secs", "waveform", "title", "is_spoiler", "is_remix")
		a.key("id").need()
		a.key("filename").text(0, 1024)
		a.key("description").text(0, 1024)
	}
}

func checkPoll(n node) {
	if !n.object("question", "answers", "allow_multiselect", "layout_type", "duration") {
		return
	}
	n.key("question").object("text")
	n.key("question").key("text").text(1, maxPollQuestion)
	for _, a := range n.key("answers").list(1, maxPollAnswers) {
		a.object("answer_id", "poll_media")
		a.key("poll_media").object("text", "emoji")
		a.key("poll_media").key("text").text(1, maxPollAnswer)
	}
}

// checkTimestamp inspects an ISO 8601 instant.
func checkTimestamp(n node) {
	s := n.text(0, 64)
	if s == "" {
		return
	}
	if _, err := time.Parse(time.RFC3339, s); err != nil {
		n.fail("TIMESTAMP_TYPE_INVALID", "Could not parse %q. Should be ISO8601.", s)
	}
}
