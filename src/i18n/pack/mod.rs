//! The words of the description of a dataset, and of the pack that it leaves in.

mod en;
mod fr;

use super::{Locale, words::keys};

keys! {
    /// The texts of the fourth step, of the card to take a pack away, and of the files of the pack.
    PackWords {
        describe_title, describe_lede, describe_plain, describe_where, describe_who, from_data, m_title_hint, m_description_hint,
        m_start, m_end, day_placeholder, day_bad, m_siren, m_siren_hint, m_siren_bad, m_licence_hint,
        m_frequency_hint, pack_csv, pack_schema, pack_datapackage, pack_report, take_away, take_away_text, file_name,
        file_name_hint, take_pack, take_csv, from_profile, m_description_lack, m_description_count, m_missing, m_tags,
        m_tags_hint, m_tags_bad, add, remove, m_summary, m_summary_hint, m_summary_bad, m_territory_hint,
        m_zones, m_zones_hint, m_zones_bad, zone_commune, zone_epci, m_granularity, choose_granularity, m_siret,
        m_contact, m_contact_hint, m_contact_bad, m_contact_name, m_contact_form, m_contact_form_hint, m_contact_form_bad, optional,
        frequency_usual, frequency_others, profile_kept, profile_forget, profile_forgotten, quality_title, quality_of, quality_same,
        quality_missing, quality_met, point_description, point_description_do, point_frequency, point_frequency_do, point_up_to_date, point_up_to_date_do,
        point_licence, point_period, point_period_do, point_territory, point_territory_do, point_open_format, point_available, point_documented,
        point_documented_why, pack_jsonld, pack_dictionary, pack_report_json, pack_readme, pack_also, pack_excel, pack_workbook,
        pack_workbook_most, pack_catalogue, score, sum_quality, about_subject, about_publisher, about_period, about_day,
        about_row, about_schema, about_schema_url, dictionary_title, dictionary_schema, dictionary_version, dictionary_required, dictionary_optional,
        dictionary_example, dictionary_absent, dictionary_extras, dictionary_min_length, dictionary_max_length, dictionary_minimum, dictionary_maximum, dictionary_above, dictionary_below, dictionary_enum, readme_made, readme_holds, readme_again, readme_publish, readme_left,
        readme_formulas, readme_cut, readme_catalogue, report_accepted,
    }
}

impl Locale {
    /// The words of the description and of the pack in this language.
    pub fn pack(self) -> &'static PackWords {
        match self {
            Locale::Fr => &fr::WORDS,
            Locale::En => &en::WORDS,
        }
    }
}
