package sources

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// trackingParam knows the query parameters that say how a reader came, not what is
// read. Source: miniflux internal/reader/urlcleaner and the feeds of our catalogue.
var trackingParam = regexp.MustCompile(`(?i)^(utm_.*|mtm_.*|pk_.*|matomo_.*|hsa_.*|at_.*|ns_.*|mc_.*|oly_.*|vero_.*|_hs.*|__hs.*|fb_.*|` +
	`fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|mkt_tok|sc_cid|s_cid|icid|ncid|cmpid|` +
	`cmp|xtor|traffic_source|trafficsource|ito|ref|ref_src|ref_url|referrer|source|src|rss|feedname|feedtype|smid|taid|maca|` +
	`wt_mc|wtrid|spm|amp|outputtype|_openstat|rb_clickid|guccounter|guce_referrer|guce_referrer_sig|__twitter_impression|` +
	`campaign|campaign_id|ocid|soc_src|soc_trk|wickedid|cvid|oicd|itm_.*|intcid|ftag|mbid|sref|srnd|emc|partnerid)$`)

// trackingFragment knows fragments that do the same.
var trackingFragment = regexp.MustCompile(`(?i)^(xtor|utm_|at_|ns_|ref=|rss|intcid|cid=|link_)`)

// CanonicalLink returns the one spelling of an article's address: https, lower-case
// host without www, m or amp, no default port, no tracking parameters, the others in
// order, no trailing slash. It is for comparing, not for opening. What is no address
// comes back trimmed.
func CanonicalLink(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" {
		return strings.TrimSpace(link)
	}
	u.User = nil
	if u.Scheme == "http" || u.Scheme == "HTTP" {
		u.Scheme = "https"
	}
	u.Scheme = strings.ToLower(u.Scheme)
	u.Host = canonicalHost(u)
	u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/amp")
	u.RawPath = ""
	u.RawQuery = canonicalQuery(u.RawQuery)
	if trackingFragment.MatchString(u.Fragment) {
		u.Fragment, u.RawFragment = "", ""
	}
	return u.String()
}

func canonicalHost(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	for _, prefix := range []string{"www.", "m.", "amp.", "mobile."} {
		if rest, ok := strings.CutPrefix(host, prefix); ok && strings.Contains(rest, ".") {
			host = rest
			break
		}
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return host
}

// canonicalQuery drops tracking parameters and sorts the rest.
func canonicalQuery(q string) string {
	if q == "" {
		return ""
	}
	parts := slices.DeleteFunc(strings.Split(q, "&"), func(p string) bool {
		name, _, _ := strings.Cut(p, "=")
		return name == "" || trackingParam.MatchString(name)
	})
	slices.Sort(parts)
	return strings.Join(parts, "&")
}
