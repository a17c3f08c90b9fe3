//! Every story a store has to live through, named once: one that is missing in a database would not be missed.

/// `$stories![suite: story, …]` makes a test of each, in the database it stands for.
macro_rules! all_stories {
    ($stories:ident) => {
        $stories![
            conformance:
            c01_a_thousand_want_one_slot_and_one_gets_it,
            c02_five_thousand_fill_a_hundred_places_and_none_twice,
            c03_a_key_sent_a_hundred_times_is_one_booking_with_one_answer,
            c04_a_key_with_another_request_is_refused_and_writes_nothing,
            c06_a_key_is_answered_as_before_after_29_days,
            c15_staff_confirm_at_once_and_no_time_is_promised_twice,
            c17_cancelling_twice_is_once_and_an_unknown_token_is_nothing,
            c18_a_move_takes_the_other_time_or_leaves_everything,
            wishes_are_tried_in_her_order,
            the_newest_rules_of_a_team_hold,
            a_break_that_was_given_up_can_be_booked,
            a_team_of_any_name_is_nobody_rather_than_a_failure,
        ];

        $stories![
            mail_conformance:
            what_happened_is_told_once_and_what_did_not_never,
            a_mail_in_one_hand_is_in_no_other_until_that_hand_is_dead,
            c22_what_was_not_marked_comes_again_and_what_ended_never,
            the_reminder_is_of_the_day_before_at_ten,
        ];

        $stories![
            keeping_conformance:
            f11_what_is_erased_leaves_a_tombstone_and_a_free_place,
            what_took_place_stays_as_it_was_when_it_is_erased,
            the_reason_of_a_refusal_is_kept_with_it,
            answers_are_forgotten_by_age_and_only_when_meant,
            f20_whom_a_leak_concerns_is_told_by_account_and_by_copy,
        ];

        $stories![
            waiting_conformance:
            a_time_that_comes_free_is_hers_who_waited_longest,
            what_she_lets_go_is_the_next_ones_and_not_offered_to_her_again,
            who_does_not_answer_passes_it_on_and_the_last_chance_ends_the_list,
            hours_that_are_added_are_offered_to_those_who_wait,
            a_booking_that_moves_away_leaves_its_time_to_those_who_wait,
            who_is_erased_waits_no_more_and_what_was_kept_for_her_goes_on,
            a_day_without_times_has_no_list,
            offers_answers_and_requests_at_once_never_give_a_time_twice,
        ];

        $stories![
            content_conformance:
            what_is_published_is_there_and_only_its_shelf_has_changed,
            what_is_withdrawn_leaves_its_name_and_no_word,
            what_comes_with_the_program_follows_it_until_somebody_touches_it,
            whoever_publishes_at_once_loses_nothing,
        ];

        $stories![
            drafts_conformance:
            a_text_goes_its_whole_way_and_readers_see_only_what_was_published,
            of_two_who_write_at_once_the_later_is_shown_the_others,
            a_review_of_what_changed_meanwhile_is_refused,
            of_many_who_publish_at_once_readers_get_it_once,
            what_is_another_teams_is_in_no_list_until_it_is_shared,
            what_readers_have_by_another_way_is_not_replaced,
            what_is_removed_leaves_no_word_but_its_line_in_the_journal,
        ];

        $stories![
            hosts_conformance:
            a_host_is_of_one_association_and_taking_it_back_leaves_the_others,
            whoever_allows_the_same_host_at_once_is_told_who_was_first,
        ];

        $stories![
            pictures_conformance:
            the_same_picture_twice_is_one_with_the_words_of_who_was_first,
            a_picture_goes_with_the_last_item_that_shows_it,
            a_picture_that_waits_in_vain_is_forgotten,
        ];

        $stories![
            board_conformance:
            what_waits_for_an_answer_is_on_every_board,
            what_was_let_go_does_not_fill_the_board,
            whoever_has_seen_an_older_state_changes_nothing,
            of_many_who_decide_at_once_one_is_done_and_the_others_learn_of_it,
            every_change_of_a_team_makes_another_version_and_nothing_else_does,
            notes_are_kept_in_order_and_go_with_her,
            of_two_who_edit_the_times_at_once_the_later_is_shown_the_others,
        ];

        $stories![
            facts_conformance:
            what_is_published_gets_a_higher_number_and_what_was_before_comes_back,
            of_two_who_edit_a_field_at_once_the_later_is_told,
            whoever_publishes_has_seen_all_of_it,
            a_newer_file_lies_below_what_desks_said_and_an_older_one_nowhere,
            of_many_who_publish_at_once_each_gets_a_number_of_its_own,
        ];

        $stories![
            report_conformance:
            a_report_knows_when_a_request_was_first_answered_and_no_letter,
            who_was_erased_is_counted_and_nothing_else,
            what_it_was_about_is_counted_by_answer_and_stays_a_count_when_she_goes,
            what_it_was_about_is_told_to_its_own_team_only,
            of_two_who_say_what_it_was_about_the_later_is_told,
        ];

        $stories![
            settings_conformance:
            of_two_who_decide_the_later_is_shown_what_holds,
            of_many_who_decide_at_once_one_does_and_the_others_learn_of_it,
            who_was_called_is_known_to_everybody_and_goes_with_her,
        ];

        $stories![journal_conformance: whoever_writes_at_once_writes_one_chain];

        $stories![
            staff_conformance:
            two_browsers_with_one_invitation_are_one_member,
            an_invitation_ends_by_time_and_by_a_newer_one_for_the_same_member,
            who_is_let_in_again_stays_who_she_was_and_everything_of_before_is_over,
            who_is_disabled_is_out_at_once_and_cannot_come_back,
            a_passkey_lets_in_while_its_owner_may_come,
            the_last_one_who_invites_stays_one_unless_somebody_above_says_so,
            the_last_passkey_stays_and_a_passkey_is_one_persons,
            a_ceremony_is_good_once_and_for_a_while,
            a_session_is_ended_once,
            her_sessions_elsewhere_end_and_nobody_elses,
            what_has_ended_is_forgotten_and_nothing_else,
        ];

        $stories![random_conformance: c16_booking_moving_and_cancelling_at_random_never_overlap];

        $stories![
            recorded_conformance:
            c16_what_everybody_heard_could_have_happened_one_after_the_other,
            c16_one_word_changed_in_what_was_heard_is_noticed,
        ];
    };
}
pub(super) use all_stories;
