use crate::i18n::words::keys;

keys! {
    /// The texts of publishing on a platform, in one language.
    PublishWords {
    // What stops a publication, and what to do
    unreachable, unreachable_do, failing, failing_do, busy, busy_do, unreadable, unreadable_do, moved, moved_do, key_missing,
    key_unknown, key_expired, key_revoked, key_inactive, key_do, not_allowed, not_allowed_do, not_found, not_found_do, deleted,
    deleted_do, read_only, read_only_do, too_large, too_large_do, invalid, invalid_do, refused, refused_bare, refused_do,
    not_member, not_member_do, not_member_none, not_ours, not_ours_nobody, not_ours_do, no_such_file, no_such_file_do,
    changed_there, changed_there_do, unknown_licence, unknown_licence_do, lacking, lacking_do, lack_title, lack_short_title,
    lack_description, lack_file, twin, twin_do, damaged, damaged_do,
    // Fields that a platform refuses
    field_title, field_description, field_license, field_frequency, field_tags, field_temporal_coverage, field_spatial,
    field_organization, field_schema, field_contact,
    // What was done
    signed_in, created, found, part, sent, there, file_described, dataset_described, made_public, lost,
    // What was done otherwise than asked
    notice_version, notice_schema, notice_there, notice_changed,
    // What it gives
    draft, public, nothing_new,
    // What would be done
    plan_create, plan_send, plan_replace, plan_describe_file, plan_describe, plan_public,
    // Addresses
    address_none, address_insecure, address_no_dataset, address_elsewhere,
    // Command line
    cli_no_pack, cli_no_description, cli_no_table, cli_other_table, cli_no_key, cli_no_journal, cli_other_journal, cli_busy_journal,
    // The screen
    send_title, send_text, place, place_rehearsal, place_trial, config_unusable, config_unreadable, rehearsal_host, leave_rehearsal, sent_to, rehearsal_note, trial_note, real_note, key, key_hint, connect,
    connect_key, sign_in, sign_in_hint, or_key, sign_in_open, sign_in_blocked, sign_in_closed, sign_in_declined,
    sign_in_refused, sign_in_foreign, sign_out, sign_out_failed, signed_out, signed_out_do, connect_rehearsal, connecting, connected, disconnect, organisation, no_organisation, target, target_new,
    target_existing, find_dataset, dataset, choose_dataset, dataset_draft, datasets_found, file_to_replace, file_add,
    file_replace, kept_as_written, already_public, send_draft, send_update, stop_sending, resume, give_up, use_twin,
    interrupted, interrupted_do, interrupted_other, twin_anyway, stopped, steps, step_access, step_dataset, step_file, step_describe,
    step_public, step_public_text, step_moved, state_done, state_now, state_todo, state_stopped, final_title, final_rows, final_errors,
    final_no_error, content, quality, points, read_again, make_public, see_page, is_public, is_draft, another,
    }
}
