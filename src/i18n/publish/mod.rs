//! Publishing, in words.

mod en;
mod fr;
mod words;

pub use en::EN;
pub use fr::FR;
pub use words::PublishWords;

use super::{Arg, Locale, field_name};
use crate::publish::{AddressError, Event, Instance, Journal, KeyFault, Lack, Notice, Remark, Step, Trouble};

/// Why a publication stops, and what to do: two sentences.
pub fn publish_trouble(locale: Locale, trouble: &Trouble, instance: &Instance) -> (String, String) {
    let words = locale.publish_words();
    let say = |template, what: &str| locale.fill(template, &[("host", Arg::Text(instance.host())), ("what", Arg::Text(what))]);
    let both = |title, text| (say(title, ""), say(text, ""));
    let about = |title, what: &str, text| (say(title, what), say(text, ""));
    match trouble {
        Trouble::Unreachable => both(words.unreachable, words.unreachable_do),
        Trouble::Failing => both(words.failing, words.failing_do),
        Trouble::Busy => both(words.busy, words.busy_do),
        Trouble::Unreadable => both(words.unreadable, words.unreadable_do),
        Trouble::Moved => both(words.moved, words.moved_do),
        Trouble::Key(fault) => {
            let title = match fault {
                KeyFault::Missing => words.key_missing,
                KeyFault::Unknown => words.key_unknown,
                KeyFault::Expired => words.key_expired,
                KeyFault::Revoked => words.key_revoked,
                KeyFault::Inactive => words.key_inactive,
            };
            both(title, words.key_do)
        }
        Trouble::NotAllowed => both(words.not_allowed, words.not_allowed_do),
        Trouble::NotFound => both(words.not_found, words.not_found_do),
        Trouble::Deleted => both(words.deleted, words.deleted_do),
        Trouble::ReadOnly => both(words.read_only, words.read_only_do),
        Trouble::TooLarge => both(words.too_large, words.too_large_do),
        Trouble::Invalid(remarks) => {
            let told: Vec<String> = remarks.iter().map(|remark| told(locale, remark)).collect();
            about(words.invalid, &told.join(" "), words.invalid_do)
        }
        Trouble::Refused { status, message } if message.is_empty() => {
            let args = [("host", Arg::Text(instance.host())), ("n", Arg::Text(&status.to_string()))];
            (locale.fill(words.refused_bare, &args), say(words.refused_do, ""))
        }
        Trouble::Refused { message, .. } => about(words.refused, &locale.quote(message), words.refused_do),
        Trouble::NotMember(theirs) if theirs.is_empty() => both(words.not_member, words.not_member_none),
        Trouble::NotMember(theirs) => {
            let theirs: Vec<String> = theirs.iter().map(|mine| format!("{} ({})", mine.name, mine.id)).collect();
            (say(words.not_member, ""), say(words.not_member_do, &theirs.join(", ")))
        }
        Trouble::NotOurs(owner) if owner.is_empty() => both(words.not_ours_nobody, words.not_ours_do),
        Trouble::NotOurs(owner) => about(words.not_ours, owner, words.not_ours_do),
        Trouble::NoSuchFile(id) => about(words.no_such_file, id, words.no_such_file_do),
        Trouble::ChangedThere(title) => about(words.changed_there, title, words.changed_there_do),
        Trouble::UnknownLicence(licence) => about(words.unknown_licence, licence, words.unknown_licence_do),
        Trouble::Lacking(lacks) => {
            let lacks: Vec<&str> = lacks.iter().map(|lack| lack_name(words, *lack)).collect();
            about(words.lacking, &lacks.join(", "), words.lacking_do)
        }
        Trouble::Twin(twin) => about(words.twin, &twin.title, words.twin_do),
        Trouble::Damaged => both(words.damaged, words.damaged_do),
    }
}

fn lack_name(words: &PublishWords, lack: Lack) -> &'static str {
    match lack {
        Lack::Title => words.lack_title,
        Lack::ShortTitle => words.lack_short_title,
        Lack::Description => words.lack_description,
        Lack::File => words.lack_file,
    }
}

/// What the platform says of a field: its own words, under the name that the agent knows.
fn told(locale: Locale, remark: &Remark) -> String {
    let words = locale.publish_words();
    let field = match remark.field.split('.').next().unwrap_or_default() {
        "title" => words.field_title,
        "description" => words.field_description,
        "license" => words.field_license,
        "frequency" => words.field_frequency,
        "tags" => words.field_tags,
        "temporal_coverage" => words.field_temporal_coverage,
        "spatial" => words.field_spatial,
        "organization" => words.field_organization,
        "schema" => words.field_schema,
        "email" | "contact_form" | "contact_points" => words.field_contact,
        _ => &remark.field,
    };
    format!("{field}, {}.", locale.quote(remark.text.trim_end_matches('.')))
}

/// What was just done, in a sentence.
pub fn publish_event(locale: Locale, event: &Event, instance: &Instance) -> String {
    let words = locale.publish_words();
    let say = |template, what: &str| locale.fill(template, &[("host", Arg::Text(instance.host())), ("what", Arg::Text(what))]);
    match event {
        Event::SignedIn { person, organisation } => {
            let args = [("host", instance.host()), ("person", person), ("what", organisation)];
            locale.fill(words.signed_in, &args.map(|(key, text)| (key, Arg::Text(text))))
        }
        Event::Created => say(words.created, ""),
        Event::Found => say(words.found, ""),
        Event::Part { name, part, parts } => {
            locale.fill(words.part, &[("what", Arg::Text(name)), ("n", Arg::Count(*part)), ("all", Arg::Count(*parts))])
        }
        Event::Sent(name) => say(words.sent, name),
        Event::There(name) => say(words.there, name),
        Event::FileDescribed(name) => say(words.file_described, name),
        Event::DatasetDescribed => say(words.dataset_described, ""),
        Event::Public => say(words.made_public, ""),
        Event::Lost => say(words.lost, ""),
    }
}

/// What was done otherwise than asked, in a sentence.
pub fn publish_notice(locale: Locale, notice: &Notice, instance: &Instance) -> String {
    let words = locale.publish_words();
    let (template, what, version) = match notice {
        Notice::SchemaVersion { name, version } => (words.notice_version, name.as_str(), version.as_str()),
        Notice::UnknownSchema(name) => (words.notice_schema, name.as_str(), ""),
        Notice::AlreadyThere(title) => (words.notice_there, title.as_str(), ""),
        Notice::ChangedField(field) => (words.notice_changed, field_name(locale, *field), ""),
    };
    let args = [("host", instance.host()), ("what", what), ("version", version)];
    locale.fill(template, &args.map(|(key, text)| (key, Arg::Text(text))))
}

/// What the next step would write, in a sentence; `None` where it only reads.
pub fn publish_plan(locale: Locale, journal: &Journal) -> Option<String> {
    let words = locale.publish_words();
    let file = |at: usize| journal.files.get(at).map_or("", |file| file.name.as_str());
    let (template, what) = match journal.step {
        Step::Contact if journal.existing => (words.plan_describe, ""),
        Step::Contact | Step::Create => (words.plan_create, journal.title.as_str()),
        Step::Send(at) | Step::Part(at, _) | Step::Assemble(at) => {
            let replaces = journal.files.get(at).is_some_and(|file| file.replaces.is_some());
            (if replaces { words.plan_replace } else { words.plan_send }, file(at))
        }
        Step::DescribeFile(at) => (words.plan_describe_file, file(at)),
        Step::DescribeDataset => (words.plan_describe, ""),
        Step::Publish => (words.plan_public, ""),
        _ => return None,
    };
    Some(locale.fill(template, &[("what", Arg::Text(what))]))
}

/// Why an address is of no use, in a sentence. `host` is that of the platform chosen.
pub fn address_error(locale: Locale, error: &AddressError, address: &str, host: &str) -> String {
    let words = locale.publish_words();
    let (template, what) = match error {
        AddressError::NotAnAddress => (words.address_none, address),
        AddressError::NotSecure => (words.address_insecure, ""),
        AddressError::NotADataset => (words.address_no_dataset, address),
        AddressError::Elsewhere(other) => (words.address_elsewhere, other.as_str()),
    };
    locale.fill(template, &[("what", Arg::Text(what)), ("host", Arg::Text(host))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_and_what_to_do() {
        let instance = Instance::new("https://demo.data.gouv.fr").unwrap();
        let remark = Remark { field: "schema.version".into(), text: "Versions autorisées : 2.1.2".into() };
        let (title, text) = publish_trouble(Locale::Fr, &Trouble::Invalid(vec![remark]), &instance);
        assert_eq!(title, "demo.data.gouv.fr refuse : schéma, «\u{a0}Versions autorisées : 2.1.2\u{a0}».");
        assert_eq!(text, "Corrigez la description, puis reprenez.");
        let bare = Trouble::Refused { status: 418, message: String::new() };
        assert!(publish_trouble(Locale::En, &bare, &instance).0.ends_with("(answer 418)."));
        let lacking = Trouble::Lacking(vec![Lack::Title, Lack::Description]);
        assert_eq!(publish_trouble(Locale::Fr, &lacking, &instance).0, "Il manque un titre, une description.");
    }
}
