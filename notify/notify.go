// Package notify decides what is owed to whom and sees that it arrives.
//
// Updates of the desk and a channel's subscriptions go in; messages owed come out
// ([Plan], a pure function). Messages live in an [Outbox] as desired state: the
// dispatcher drives what a channel has to what it should have, with the intent
// durable before a call and the receipt after it. Due times of digests are computed
// here.
//
// It knows no discordgo and no SQL: posting and remembering are small interfaces.
package notify

import (
	"context"
	"errors"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// SubscriptionID numbers a subscription.
type SubscriptionID int64

// Subscription is what one channel asked for. With an empty Schedule it wants
// alerts; otherwise it is a digest at the times the cron expression names.
type Subscription struct {
	ID        SubscriptionID
	Guild     guild.ID
	Channel   guild.ChannelID
	Conflicts []news.ConflictID // empty: all
	Kinds     []news.Kind       // empty: all
	// Severity is the least severe an alert may be: 2 lets critical and major
	// through. Zero: the default, 2.
	Severity  news.Severity
	Schedule  string // cron expression of five fields; empty: alerts
	Zone      string // IANA zone of Schedule and of days in texts; empty: UTC
	Lang      string // empty: English
	CreatedAt time.Time
	CreatedBy guild.UserID
	Paused    string    // why nothing is sent; empty: it is
	NextAt    time.Time // of a digest: when it is due
	DoneTo    time.Time // of a digest: up to when it has told (the watermark)
	Choices   Choices
}

// Digest reports whether the subscription is a digest.
func (s Subscription) Digest() bool { return s.Schedule != "" }

// Form is how a message appears in its channel.
type Form string

// The forms.
const (
	FormPost   Form = "post"   // one per channel and development, edited as it changes
	FormReply  Form = "reply"  // to a post: confirmed, denied, corrected, retracted; a deadline also without one
	FormDigest Form = "digest" // also a catch-up
)

// State is where a message stands on its way.
type State string

// The states.
const (
	StateOwed    State = "owed"    // Have < Want, or never sent
	StateSent    State = "sent"    // Have == Want, or its last edit was given up (Problem says why)
	StatePaused  State = "paused"  // its channel cannot be posted to
	StateUnknown State = "unknown" // its fate could not be learnt; told to the moderators
	StateDropped State = "dropped" // too late, rejected or withdrawn; Problem says why
)

// Message is what is owed to one channel: one row of the outbox. Nothing is
// rendered until it is sent.
type Message struct {
	// Key names it for ever: "post/CHANNEL/DEVELOPMENT", "reply/CHANNEL/DEVELOPMENT/REVISION",
	// "deadline/CHANNEL/STAGE/EDGE/CONFLICT/ARRANGEMENT/DAY", "digest/SUBSCRIPTION/LOCAL DATE AND TIME".
	Key          string
	Guild        guild.ID
	Channel      guild.ChannelID
	Form         Form
	Reason       news.Reason
	Development  news.DevelopmentID
	Subscription SubscriptionID // whose language and zone it is told in
	Severity     news.Severity
	Update       *news.Update // of a reply: what it tells
	From, To     time.Time    // of a digest: its window
	Missed       Missed       // of a digest: those before it that were not sent
	Want, Have   int          // revisions; a reply or a digest wants 1
	Ref          string       // short reference shown in the message
	Silent       bool         // no push notification
	DueAt        time.Time    // domain time: not before
	NotAfter     time.Time    // domain time: a first post after this is dropped; zero: never
	OwedAt       time.Time    // domain time: when it was first planned; a post lives from here
	State        State
	MessageID    guild.MessageID // once created
	First        int             // the revision it showed when it was created; zero: not known
	AttemptAt    time.Time       // real time of the first call that may have created it; zero: none
	Looks        int             // how often the channel was searched for it in vain since AttemptAt
	LookedAt     time.Time       // real time of the last such search; zero: none
	Attempts     int             // calls since the last receipt
	Problem      string
}

// Missed are digests that were not sent at their time because nothing ran. The zero value
// is none.
type Missed struct {
	Count int       `json:"count"`
	First time.Time `json:"first"` // when the first of them was due
	Last  time.Time `json:"last"`
}

// Outbox keeps messages. Implementations are safe for concurrent use; each call is
// durable when it returns. Calls that name a key return ErrNotFound if there is no
// such message. notifytest.TestOutbox is the contract in executable form; [Merge]
// says what becomes of a message that is owed again.
type Outbox interface {
	// OwedMessages returns messages in StateOwed that are due at now (domain time), alerts before
	// digests, oldest first (by DueAt, then in the order in which they were owed), at most limit.
	OwedMessages(ctx context.Context, now time.Time, limit int) ([]Message, error)
	// Intend records before the call that it is about to be made, and counts it in Attempts. at is
	// real time. AttemptAt keeps the first value. ErrNotFound if the message is not owed any more: it was
	// withdrawn or paused since it was read.
	Intend(ctx context.Context, key string, at time.Time) error
	// Doubt replaces what is known of calls with unknown outcome: AttemptAt (zero: no call
	// can have created the message), Looks and LookedAt.
	Doubt(ctx context.Context, key string, attemptAt time.Time, looks int, lookedAt time.Time) error
	// Receipt records what the call brought: the message id and the revision it shows. It clears
	// Attempts and Problem. The first receipt also sets First. The state becomes StateSent
	// if revision reaches Want, and StateOwed otherwise: zero records a message that was found
	// and whose text is not known.
	Receipt(ctx context.Context, key string, id guild.MessageID, revision int, at time.Time) error
	// Settle records an end other than a receipt: again at a later domain time (StateOwed), or a
	// final state, with the reason in one line.
	Settle(ctx context.Context, key string, s State, dueAt time.Time, problem string) error
	// PauseChannel pauses all that is owed to a channel and its subscriptions.
	PauseChannel(ctx context.Context, g guild.ID, c guild.ChannelID, problem string, at time.Time) error
	// PostOf returns the message that a reply answers.
	PostOf(ctx context.Context, c guild.ChannelID, d news.DevelopmentID) (Message, error)
}

// Post is what is put into a channel.
type Post struct {
	Guild   guild.ID
	Channel guild.ChannelID
	Content string          // Discord markdown, at most 2,000 characters
	ReplyTo guild.MessageID // empty: none
	Silent  bool
	Nonce   string // of a create; at most 25 characters
}

// Poster puts posts into channels. Errors wrap ErrGone, ErrRejected or ErrToken, or are a
// *RetryError, or are of unknown outcome (then the call may have taken effect).
// Implementations are safe for concurrent use.
type Poster interface {
	// Create posts p, or returns the message that an earlier call with the same nonce made. It
	// returns ErrAlreadyDone if that one was deleted since.
	Create(ctx context.Context, p Post) (guild.MessageID, error)
	// Edit gives a message of our own the content of p. It returns ErrNotFound if
	// the message was deleted.
	Edit(ctx context.Context, id guild.MessageID, p Post) error
	// Find looks for a message of our own created after the given real time that carries
	// the reference. It returns ErrBlind if the channel's history cannot be read: a list that
	// Discord empties silently must not count as an answer.
	Find(ctx context.Context, c guild.ChannelID, ref string, after time.Time) (guild.MessageID, bool, error)
}

// Renderer makes the text of a message from what is stored now. It returns the
// revision that the text shows (1 for a reply or a digest). Empty content says that there
// is nothing to tell: the message is dropped. A *RetryError says that it cannot be told yet. The content shows Message.Ref; where it
// does not, the dispatcher adds it, because a post is found again by it.
type Renderer interface {
	Render(ctx context.Context, m Message) (content string, revision int, err error)
}

// Errors a caller branches on.
var (
	// ErrGone: the channel cannot be posted to until someone mends it (unknown channel,
	// missing access, missing permissions).
	ErrGone = errors.New("channel cannot be posted to")
	// ErrRejected: Discord will not take this message; never retry it unchanged.
	ErrRejected = errors.New("message rejected")
	// ErrAlreadyDone: the message was created and removed again; it counts as delivered.
	ErrAlreadyDone = errors.New("message was created before")
	// ErrBlind: what is in the channel cannot be read (Read Message History is missing).
	ErrBlind = errors.New("channel history cannot be read")
	// ErrToken: Discord refuses the bot's token. Nothing more can be sent by this process.
	ErrToken = errors.New("token refused")
	// ErrNotFound: no such subscription or message.
	ErrNotFound = errors.New("not found")
	// ErrTooMany: the server has as many subscriptions as it may have.
	ErrTooMany = errors.New("too many subscriptions")
)

// RetryError is a failure known to have had no effect: try again after a while.
type RetryError struct {
	After time.Duration // zero: the caller chooses
	Err   error
}

func (e *RetryError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *RetryError) Unwrap() error { return e.Err }

// Shelf keeps subscriptions. Calls are scoped by server and write the change and
// its audit entry in one transaction.
type Shelf interface {
	// AddSubscription stores it and returns it with its ID. ErrTooMany at the limit.
	AddSubscription(ctx context.Context, s Subscription, audit guild.AuditEntry) (Subscription, error)
	// RemoveSubscription returns ErrNotFound if the server has no such subscription.
	RemoveSubscription(ctx context.Context, g guild.ID, id SubscriptionID, audit guild.AuditEntry) error
	// Subscriptions returns those of one server, oldest first; of all servers if g is empty.
	Subscriptions(ctx context.Context, g guild.ID) ([]Subscription, error)
	// OweDigest stores the message (insert or ignore by key) and moves the subscription's NextAt
	// and DoneTo in the same transaction. If the key exists only NextAt moves: the window
	// of the ignored message is not told yet. ErrNotFound if the subscription is gone.
	OweDigest(ctx context.Context, m Message, next, doneTo time.Time) error
	// SkipDigest moves NextAt past slots that are not told. ErrNotFound if the server has no
	// such subscription.
	SkipDigest(ctx context.Context, g guild.ID, id SubscriptionID, next time.Time) error
}
