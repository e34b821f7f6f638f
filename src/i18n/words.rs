/// Declares the keys of a set of words once: a language that lacks one does not compile.
macro_rules! keys {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $key:ident),* $(,)? }) => {
        $(#[$about])*
        #[allow(missing_docs)] // a key is its own description
        #[derive(Debug)]
        pub struct $name { $($(#[$doc])* pub $key: &'static str),* }

        impl $name {
            /// All keys with their texts, in order.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),*]
            }
        }
    };
}
pub(super) use keys;

keys! {
    /// Every text of the interface, in one language, but those of the sets of their own. `{n}` and the like are filled by
    /// [`super::Locale::fill`].
    Words {
    // Rules: what is wrong, what was expected
    example, rule_required, rule_required_expected, rule_min_length, rule_max_length, rule_min_items, rule_max_items, rule_pattern, rule_unverifiable,
    rule_minimum, rule_maximum, rule_exclusive_minimum, rule_exclusive_maximum, rule_enum, rule_enum_expected, rule_enum_more,
    rule_enum_near, rule_siret, rule_siret_expected, rule_siren, rule_siren_expected, rule_actes, rule_actes_expected,
    rule_years, rule_years_expected, rule_hours, rule_hours_expected, rule_phone, rule_phone_expected, rule_point, rule_point_expected, rule_place, rule_place_expected, list_commune_code, list_postcode, list_departement_code, list_departement, list_region_code, list_region, list_iso2, list_iso3, rule_unique, rule_unique_expected, rule_key, rule_key_expected, rule_unique_key, rule_unique_key_expected, rule_reference, rule_reference_expected, rule_blank_row,
    rule_blank_row_expected, rule_extra_cell, rule_extra_cell_expected, rule_missing_cell, rule_missing_cell_expected,
    rule_missing_label, rule_missing_label_expected, rule_duplicate_label, rule_duplicate_label_expected, rule_extra_label, rule_extra_label_expected, rule_blank_label, rule_incorrect_label, rule_incorrect_label_expected, rule_category, rule_category_expected, rule_outer_spaces,
    rule_outer_spaces_expected, rule_lost_character, rule_lost_character_expected, rule_error_cell, rule_error_cell_expected, error_not_available, error_reference, error_value, error_division, error_name, error_number, error_null, rule_mojibake, rule_mojibake_expected, rule_spaced_number, rule_spaced_number_expected, rule_inner_spaces, rule_inner_spaces_expected, rule_formula, rule_formula_expected, rule_line_break, rule_line_break_expected, rule_placeholder, rule_placeholder_expected, rule_shouting, rule_shouting_expected, rule_loose_email, rule_loose_email_expected, rule_lost_zero, rule_lost_zero_expected, rule_spaces_too, rule_cohesive, rule_cohesive_expected, rule_compare, rule_compare_gt, rule_compare_ge,
    rule_compare_eq, rule_compare_le, rule_compare_lt, rule_sum, rule_sum_expected, rule_one_of, rule_one_of_expected, rule_other,
    // Types
    type_integer, type_integer_expected, type_number, type_number_expected, type_boolean, type_boolean_expected, type_date,
    type_date_expected, type_date_absent, type_date_absent_expected, type_datetime, type_datetime_expected, type_formatted_expected, type_year, type_year_expected, type_yearmonth, type_yearmonth_expected, type_time, type_time_expected, type_duration, type_duration_expected,
    type_geopoint, type_geopoint_expected, type_geojson, type_geojson_expected, type_wkt, type_wkt_expected, type_array, type_array_expected, type_list, type_list_expected, type_object, type_object_expected, type_uri, type_uri_expected, type_email,
    type_email_expected, type_uuid, type_uuid_expected, type_other, type_other_expected,
    // Patterns in words
    pattern_rna, pattern_digits, pattern_commune, pattern_iris, pattern_actes_code, pattern_years, pattern_period, pattern_moment, pattern_web, pattern_picture, pattern_webs, pattern_phone, pattern_charging_point, pattern_charging_stations, pattern_charging_hours, pattern_texts, pattern_codes, pattern_activity, pattern_first_name, pattern_commune_name, pattern_place_name, pattern_street_name, pattern_address_line, pattern_identifier, pattern_amenity, pattern_car_park, pattern_taxi_rank, pattern_number_or_none, pattern_pivot, pattern_three_numbers, pattern_one_of, pattern_some_of, pattern_sep_bar, pattern_sep_comma, pattern_sep_semicolon, pattern_other, pattern_detail, pattern_more,
    // Faults of a schema
    fault_type, fault_pattern, fault_constraint, fault_check, fault_bad_check, fault_check_field, fault_unfit_check, fault_list, fault_key, fault_foreign_key, review_no_name, review_no_title, review_no_version, review_no_standard, review_misspelt, review_misspelt_field, review_fields_match, review_optional_key, review_duplicate, review_outer_space, review_hidden, review_beside, review_item_beside, review_item_unused, review_idle, review_idle_remove, review_idle_items, review_idle_least, review_idle_most, review_idle_nullable, review_bounds, review_latitude, review_longitude, review_member_type, review_member_spaces, review_member_twice, review_example_type, review_example_rule, review_example_check, review_example_item, review_example_category, review_untitled, review_undescribed,
    // Files that cannot be read
    file_empty, file_empty_do, file_no_cell, file_no_cell_do, file_no_line, file_no_line_do, file_not_a_table, file_not_a_table_do, file_not_text, file_password,
    file_password_do, file_damaged, file_damaged_do, file_unreadable, file_different, file_different_do, file_unreadable_do, file_too_large, file_too_large_do,
    limit_file, limit_inflated, limit_rows, limit_columns, limit_cells, limit_sheets, limit_characters, limit_memory,
    notice_lines_above, notice_hidden_rows, notice_hidden_columns, notice_merged_cells, notice_percentages, notice_padded, notice_repeated_headers, notice_formulas,
    notice_uncomputed, notice_native_dates, notice_error_cells, notice_lost_characters, notice_ragged, notice_broken_quotes, notice_wrapped, notice_totals, notice_other_tables,
    package_alone, package_untitled, package_alone_do, json_other, json_other_do,
    schema_not_json, schema_no_fields, schema_unnamed,
    // Causes
    cause_date, cause_ambiguous_date, cause_number, cause_separators, cause_leading_zero, cause_outer_spaces, cause_mojibake, cause_lost_character, cause_error_cell, cause_doubtful_date, cause_serial, cause_date_shortened, cause_year_start, cause_period, cause_time, cause_unit, cause_converted, cause_ordinal, cause_multiple, cause_percent, cause_code_as_number, cause_label, cause_inner_spaces, cause_formula, cause_line_break, cause_typo, cause_synonym, cause_list_form, cause_coordinates, cause_swapped_coordinates, cause_lambert, cause_phone_form, cause_french_hours, cause_link, cause_email_form, cause_placeholder, cause_placeholder_number, cause_shouting, cause_boolean,
    cause_variant, cause_subject_slash, cause_capitals, cause_punctuation, cause_blank_row, cause_total_row, cause_duplicate_row, cause_required, cause_type_number, cause_type_date, cause_type_uri, cause_type_email, cause_type_point,
    cause_type_boolean, cause_type_other, cause_enum, cause_pattern, cause_min_length, cause_max_length, cause_minimum,
    cause_maximum, cause_siret, cause_siren, cause_actes, cause_years, cause_hours, cause_phone, cause_point, cause_place, cause_unique, cause_key, cause_unique_key, cause_reference, cause_extra_cell,
    cause_missing_cell, cause_missing_label, cause_duplicate_label, cause_extra_label, cause_blank_label, cause_incorrect_label, cause_category, cause_unverifiable, cause_cohesive, cause_compare, cause_sum,
    cause_one_of, cause_other, fix_all, fix_remove_rows,
    // What a repair does
    repair_date_note, repair_ambiguous_date_note, repair_doubtful_date_note, repair_serial_note, repair_date_shortened_note, repair_year_start_note, repair_period_note, repair_time_note, repair_number_note, repair_unit_note, repair_field_unit_note, repair_converted_note, repair_ordinal_note, repair_multiple_note, repair_percent_note, repair_separators_note, repair_leading_zero_note, repair_code_as_number_note, repair_label_note, repair_capitals_note, repair_punctuation_note, repair_outer_spaces_note, repair_inner_spaces_note, repair_line_break_note, repair_mojibake_note, repair_boolean_note, repair_variant_note, repair_typo_note, repair_synonym_note, repair_list_form_note, repair_subject_slash_note, repair_coordinates_note, repair_swapped_coordinates_note, repair_lambert_note, repair_phone_note, repair_opening_hours_note, repair_link_note, repair_email_note, repair_placeholder_note, repair_placeholder_number_note, repair_formula_note, repair_shouting_note, repair_blank_row_note, repair_total_row_note, repair_duplicate_row_note,
    // The report
    report_title, report_made, report_valid, report_invalid, report_checked, report_file, report_name, report_source,
    report_writing, report_writing_csv, report_digest, report_dropped, report_repairs, report_example, report_edited, report_left,
    report_not_checked, report_cause, report_field, report_schema, report_read, report_checks, report_rule, report_scope, report_errors, report_cells, report_rows, check_structure, check_required, check_types, check_constraints, check_keys, check_siret, check_siren, check_actes, check_years, check_hours, check_phone, check_point, check_cohesive, check_one_of, check_place, report_all, report_all_more, report_line, report_value, report_why, report_private, findings_line, findings_severity, findings_error, findings_advice, findings_field, findings_title, findings_value, findings_wrong, findings_expected, findings_code,
    // The command line
    cli_valid, cli_invalid, cli_to_correct, cli_line, cli_header, cli_missing_optional, cli_extra_column, cli_not_there, cli_forbidden, cli_is_folder, cli_is_file, cli_disk_full, cli_read_only, cli_system, cli_no_file, cli_no_schema, cli_sheet, cli_schema_good, cli_schema_remarks, cli_misfits, cli_dropped, cli_no_table, cli_refused, cli_no_pack, cli_not_written,
    // Shell
    skip, steps, step_deposit, step_map, step_fix, step_describe, step_publish, step_done, step_later, page_title, theme,
    language, bar, bar_sheet, bar_header, bar_no_header, bar_rows, bar_schema, bar_score, change, change_schema, modify, modify_reading,
    modify_description, undo, redo, nothing_sent, nothing_kept, understood, copied, copy_refused, writing, saved, not_written, not_saved, failed,
    no_worker, no_worker_do, worker_died, worker_died_do, worker_lost, worker_lost_do, worker_back, file_too_heavy, file_too_heavy_do, no_more_errors, done_written, done_repaired, done_changed, done_nothing, done_removed,
    done_undone, done_read_again, done_redone, done_out_of_bounds, required, go_on, choose, line,
    // Step 1
    deposit_title, deposit_lede, drop_heading, drop_here, choose_file, or_choose, drop_kinds, ways, way_paste, way_paste_text, way_address, way_address_text, way_empty, way_empty_text, pasted_name, paste_here, paste_hint, paste_nothing, address_label, address_hint, address_leaves, address_insecure, address_fetch, address_asking, empty_schema, empty_start, empty_hint, try_title, try_text, try_open,
    privacy, bytes_sent, promise, back_to_aside, set_aside, back_to_file, reading_file, progress_rows, progress_left, progress_checking, stop, reading_title, reading_lede, another_file, blank_title, blank_lede, blank_fill, reading_right,
    kind_workbook, kind_text, kilobytes, sheets, sheets_hint, sheet_first, archive_entry, sheet_rows, sheet_columns, sheet_hidden, sheet_empty, blocks, block_place, accents, delimiter, delimiter_comma,
    delimiter_semicolon, delimiter_tab, delimiter_bar, header_line, header_none, header_two, footer_lines, footer_hint, remarks, header_absent, header_first, header_top, header_after, line_before, line_after,
    row_left_out, row_header, make_header, preview, first_rows, preview_hint, noticed,
    // Step 2
    map_title, map_found, map_missing, map_all_sure, map_doubtful, map_later, to_fix, map_again, map_caption, map_field, map_column,
    map_confidence, map_samples, lines_shown, lines_all, lines_doubtful, lines_required, column_for, column_unnamed,
    column_empty, no_column, fill_ways, fill_way_text, fill_way_part, fill_way_point, fill_text, fill_text_hint, fill_insert, fill_file, fill_year, fill_from, fill_part, fill_separator, fill_apply, fill_cancel, part_in, part_out, part_before, part_after, part_digits, part_street, part_postcode, part_town, part_longitude, part_latitude, keep, take_other, sure, likely, doubtful, missing, missing_why, absent, absent_why, why_same_name,
    why_same_folded, why_same_title, why_synonym, why_abbreviation, why_alike_values, why_alike, why_values, why_chosen, looks_siret, looks_siren, looks_dates,
    looks_years, looks_numbers, looks_addresses, looks_emails, looks_yes_no, looks_empty, left_title, left_text, left_legend,
    leave_out, keep_in, schema_official, schema_own, schema_version, schema_publisher, schema_fields, schema_required,
    schema_match, for_fields, against_missing, against_columns, twin, schema_next, schema_change, schema_keep, schema_remarks, schema_not_checked, schema_title, schema_lede, schema_none_found, schema_search,
    schema_file, schema_refused, recipe_refused, recipe_refused_do, recipe_too_recent, recipe_too_recent_do, recipe_followed, recipe_nothing, recipe_misfits, recipe_by_hand, recipe_alone, recipe_alone_do, recipe_offered, recipe_offered_text, recipe_again, recipe_not_now, recipe_forget, recipe_title, recipe_text, recipe_take, misfit_schema, misfit_column, misfit_new, misfit_field, misfit_sheet, misfit_left, operation_repair_safe, operation_repair_proposed, operation_repair, operation_repair_rows, operation_repair_everywhere, operation_derive, operation_extract, operation_point, operation_replace, operation_fill_down, operation_match, operation_duplicates, schema_first, schema_first_do, elsewhere_title, elsewhere_address, elsewhere_hint, elsewhere_leaves, elsewhere_bad, elsewhere_fetch, catalogue_title, catalogue_text, catalogue_ask, catalogue_asking, catalogue_seen, catalogue_none, catalogue_version, catalogue_use, catalogue_kept, catalogue_bad, catalogue_bad_do, fetch_unreachable, fetch_unreachable_do, fetch_status, fetch_status_do, fetch_unusable, search_none, search_none_do, search_clear,
    // Step 3
    fix_title, fix_data, what_to_fix, findings, nothing_to_fix, cells_to_fix, of_causes, repair_all, repair_all_advice, tab_errors, tab_advice,
    tab_done, all_good, all_good_text, no_advice, no_repair, group_sure, group_asked, group_manual, accept_all, accept_all_text, to_describe, send_report, to_map, column_named,
    whole_rows, becomes, see, match_values, match_text, match_becomes, match_leave, match_cells, match_apply, repair_everywhere, take_back, replace_title, replace_find, replace_with, replace_whole, replace_case, replace_where, replace_selection, replace_table, replace_apply, fill_down, remove_duplicates, see_all, which_day, evidence, evidence_none, apply_to, rows_shown, rows_all, rows_bad, one_cause,
    add_row, delete_rows, next_error, chosen_cell, line_n, line_added, repair_this, repair_alike, see_alike, grid, editing,
    cell_void, no_row, col_errors, col_advice, col_full, col_empty, col_share,
    // Step 4
    m_title, m_description, m_territory, m_organisation,
    m_licence, m_frequency, back_to_fix,
    // Step 5
    publish_title, publish_lede, take_report, take_report_full, take_findings, take_more, take_more_text, approved, approved_text, left_errors, left_errors_text, sum_title,
    sum_content, sum_dropped, sum_period, not_given,
}
}
