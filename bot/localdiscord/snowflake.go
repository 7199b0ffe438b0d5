package localdiscord

import (
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015. Source: Discord developer
// documentation, "Snowflakes".
const discordEpoch = 1420070400000

// Snowflake is the lowest id of the millisecond of t. It is what a bot pages from when
// it looks for messages since t. Times before 2015 give "0".
func Snowflake(t time.Time) string {
	ms := t.UnixMilli() - discordEpoch
	if ms < 0 {
		return "0"
	}
	return strconv.FormatUint(uint64(ms)<<22, 10)
}

// snowflakes makes ids that only grow, also when the clock stands still or steps back,
// because members and bots read their order as the order of events.
type snowflakes struct {
	last uint64
}

func (s *snowflakes) next(now time.Time) string {
	id, err := strconv.ParseUint(Snowflake(now), 10, 64)
	if err != nil || id <= s.last {
		id = s.last + 1
	}
	s.last = id
	return strconv.FormatUint(id, 10)
}

// isSnowflake reports whether s is a decimal uint64.
func isSnowflake(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// snowflakeValue is the number of an id; ids are checked before they get here, so an
// unreadable one counts as 0.
func snowflakeValue(s string) uint64 {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
