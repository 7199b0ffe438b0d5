package news_test

import (
	"strings"
	"testing"

	"trucewire/news"
)

// sides are the names that the patterns below are told of: <a> and <b> at war in <c>.
func pairWars() [][3]string {
	return [][3]string{
		{"Sudan's army", "RSF", "Sudan"},
		{"Hezbollah", "Israel", "Lebanon"},
		{"M23 rebels", "Kinshasa", "Congo"},
		{"Karen rebels", "Myanmar's junta", "Myanmar"},
		{"ELN", "Bogota", "Colombia"},
	}
}

// Neighbours differ by mood, voice, object or time alone. An empty kind is context.
func pairPatterns() []pair {
	return []pair{
		{"<a> and <b> agree to a truce", news.Agreement},
		{"<a> and <b> agree to talks on a truce", news.TalksAnnounced},
		{"<a> and <b> agree to extend truce", news.Extension},
		{"<a> accepts truce proposal", news.Acceptance},
		{"<a> rejects truce proposal", news.Rejection},
		{"<a> proposes truce to <b>", news.Proposal},
		{"<a> declares unilateral ceasefire", news.Agreement},
		{"<a> threatens to end ceasefire", news.Statement},
		{"<a> pulls out of ceasefire with <b>", news.Collapse},
		{"<a> accuses <b> of violating ceasefire", news.Violation},
		{"<a> denies violating ceasefire", news.Statement},
		{"Ceasefire between <a> and <b> takes effect", news.InEffect},
		{"Ceasefire between <a> and <b> due to take effect at midnight", news.Agreement},
		{"Ceasefire in <c> appears to be holding", news.InEffect},
		{"Ceasefire in <c> extended by a week", news.Extension},
		{"Ceasefire in <c> expires", news.Expiry},
		{"Truce talks between <a> and <b> begin", news.TalksHeld},
		{"Truce talks between <a> and <b> to begin on Monday", news.TalksAnnounced},
		{"Truce talks between <a> and <b> collapse", news.TalksFailed},
		{"Truce talks between <a> and <b> postponed", news.TalksFailed},
		{"UN urges <a> and <b> to agree ceasefire", news.Statement},
		{"UN welcomes ceasefire between <a> and <b>", news.Statement},
		{"UN envoy presents ceasefire plan for <c>", news.Proposal},
		{"UN envoy arrives in <c> to mediate truce", news.Mediation},
		{"<a> frees 20 captured soldiers under truce with <b>", news.Exchange},
		{"<a> and <b> exchange prisoners", news.Exchange},
		{"<a> withdraws fighters from town under truce", news.Deescalation},
		{"Aid convoy enters besieged town in <c> under truce", news.Humanitarian},
		{"Observers deploy in <c> to monitor ceasefire", news.Monitoring},
		{"Shelling in <c> hours after ceasefire began", news.Violation},
		{"Shelling in <c> kills ten", ""},
		{"Explainer: why the ceasefire in <c> keeps failing", ""},
		{"Opinion: the truce in <c> is no peace", ""},
		{"Markets rise as truce in <c> calms investors", ""},
	}
}

// How many of a hundred patterns were read right when this was written.
const pairsRight = 0.90

func TestReadPairsOfFiveWars(t *testing.T) {
	r := reader(t)
	n, right := 0, 0
	for _, w := range pairWars() {
		names := strings.NewReplacer("<a>", w[0], "<b>", w[1], "<c>", w[2])
		for _, p := range pairPatterns() {
			got := r.Read(news.Item{Title: names.Replace(p.title), Lang: "en", Published: reportDay()})
			kind := news.Kind("")
			if got.Relevance == news.RelevantDevelopment && len(got.Kinds) > 0 {
				kind = got.Kinds[0]
			}
			n++
			if kind == p.want {
				right++
				continue
			}
			t.Logf("%s instead of %q: %s", kind, p.want, got.Title)
		}
	}
	if share := float64(right) / float64(n); share < pairsRight {
		t.Errorf("%d of %d right (%.2f), want %.2f", right, n, share, pairsRight)
	}
}
