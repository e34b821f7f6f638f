/// Declares the keys once: a language that lacks one does not compile.
macro_rules! keys {
    ($($(#[$doc:meta])* $key:ident),* $(,)?) => {
        /// Every text of the interface, in one language. `{n}` and the like are filled by [`super::Locale::fill`].
        #[allow(missing_docs)] // a key is its own description
        #[derive(Debug)]
        pub struct Words { $($(#[$doc])* pub $key: &'static str),* }

        impl Words {
            /// All keys with their texts, in order.
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),*]
            }
        }
    };
}

keys! {
    // Rules: what is wrong, what was expected
    example, rule_required, rule_required_expected, rule_min_length, rule_max_length, rule_pattern, rule_unverifiable,
    rule_minimum, rule_maximum, rule_exclusive_minimum, rule_exclusive_maximum, rule_enum, rule_enum_expected, rule_enum_more,
    rule_enum_near, rule_siret, rule_siret_expected, rule_siren, rule_siren_expected, rule_actes, rule_actes_expected,
    rule_years, rule_years_expected, rule_unique, rule_unique_expected, rule_key, rule_key_expected, rule_blank_row,
    rule_blank_row_expected, rule_extra_cell, rule_extra_cell_expected, rule_missing_cell, rule_missing_cell_expected,
    rule_missing_label, rule_missing_label_expected, rule_duplicate_label, rule_duplicate_label_expected, rule_outer_spaces,
    rule_outer_spaces_expected, rule_cohesive, rule_cohesive_expected, rule_compare, rule_compare_gt, rule_compare_ge,
    rule_compare_eq, rule_compare_le, rule_compare_lt, rule_sum, rule_sum_expected, rule_one_of, rule_one_of_expected, rule_other,
    // Types
    type_integer, type_integer_expected, type_number, type_number_expected, type_boolean, type_boolean_expected, type_date,
    type_date_expected, type_datetime, type_datetime_expected, type_formatted_expected, type_year, type_year_expected,
    type_geopoint, type_geopoint_expected, type_array, type_array_expected, type_uri, type_uri_expected, type_email,
    type_email_expected, type_other, type_other_expected,
    // Patterns in words
    pattern_14_digits, pattern_9_digits, pattern_5_digits, pattern_rna, pattern_insee, pattern_actes_code, pattern_years,
    pattern_period, pattern_other,
    // Faults of a schema
    fault_type, fault_pattern, fault_constraint, fault_check, fault_foreign_key,
    // Files that cannot be read
    file_empty, file_empty_do, file_no_cell, file_no_cell_do, file_not_a_table, file_not_a_table_do, file_not_text, file_password,
    file_password_do, file_damaged, file_damaged_do, file_unreadable, file_unreadable_do, file_too_large, file_too_large_do,
    limit_file, limit_inflated, limit_rows, limit_columns, limit_cells, limit_sheets, limit_characters,
    notice_lines_above, notice_native_dates, notice_error_cells, notice_lost_characters, notice_ragged,
    schema_not_json, schema_no_fields, schema_unnamed,
    // Causes
    cause_date, cause_ambiguous_date, cause_number, cause_separators, cause_leading_zero, cause_outer_spaces, cause_boolean,
    cause_variant, cause_subject_slash, cause_capitals, cause_blank_row, cause_required, cause_type_number, cause_type_date,
    cause_type_boolean, cause_type_other, cause_enum, cause_pattern, cause_min_length, cause_max_length, cause_minimum,
    cause_maximum, cause_siret, cause_siren, cause_actes, cause_years, cause_unique, cause_key, cause_extra_cell,
    cause_missing_cell, cause_missing_label, cause_duplicate_label, cause_unverifiable, cause_cohesive, cause_compare, cause_sum,
    cause_one_of, cause_other, fix_all, fix_remove_rows,
    // The report
    report_title, report_made, report_valid, report_invalid, report_checked, report_file, report_name, report_source,
    report_writing, report_writing_csv, report_digest, report_dropped, report_repairs, report_example, report_edited, report_left,
    report_not_checked, report_cause, report_field,
    // The command line
    cli_valid, cli_invalid, cli_line, cli_header, cli_missing_optional, cli_extra_column, cli_no_file, cli_no_schema, cli_sheet,
}
