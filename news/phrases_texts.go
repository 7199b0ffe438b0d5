package news

// textNames lists the texts that a phrase book must have. What each is for is told by
// its English template.
func textNames() []string {
	return []string{
		"affiliated", "aside", "aside_more", "and", "answer_foot", "arrangement_status", "article", "at_place", "attributed",
		"attributed_outlet", "clock", "comma", "confirmed_reply", "corrected_line", "corrected_reply",
		"coverage", "dated", "day", "day_year", "deadline_expired", "deadline_instant", "deadline_label", "deadline_lapsed",
		"deadline_plain", "deadline_reply", "deadline_reminder_end", "deadline_reminder_meeting", "deadline_reminder_start",
		"deadline_reminder_start_proposed", "deadline_start", "deadline_start_proposed", "deadline_when", "denied",
		"denied_reply", "digest_casualties", "digest_conflict", "digest_correction", "digest_foot",
		"digest_head", "digest_line", "digest_missed_many", "digest_missed_one", "digest_more", "digest_quote", "digest_quiet_many", "digest_quiet_none",
		"digest_quiet_one", "digest_unknown_status", "digest_window", "disputed", "figure_by",
		"figure_by_verified", "footer", "footer_reply", "harm", "harm_outlet", "harm_verified", "heading",
		"heading_unconfirmed", "headline_quote", "in_language", "in_place", "outside_place", "instant", "label", "latest_head",
		"latest_item", "latest_last_known", "latest_more", "latest_none", "next_head", "next_item", "next_none", "no_cause", "no_ceasefire",
		"on_day", "one_party", "one_party_alone", "one_party_alone_many", "one_party_many", "origin_many",
		"origin_one", "other_conflict", "outlet_many", "outlet_one", "outlet_report_plain", "outlet_report_unquoted",
		"outlet_reports", "person_of", "plan", "positions_of", "reminder_label", "reported_on", "retracted_per",
		"retracted_reply", "retraction", "said_itself", "source_of", "speaker_of", "speaker_quote",
		"status_confirmed", "status_head", "status_item", "status_last_known", "status_latest",
		"status_line", "status_more", "status_no_conflict", "status_none", "status_stale", "strain_1",
		"strain_2", "strain_3", "truce", "truce_between", "unknown", "unknown_answer", "unknown_cause",
		"unknown_end", "unknown_start", "update_reply",
	}
}
