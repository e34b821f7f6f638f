//! Publishing: whatever is cut, and wherever, there is one dataset, with one file, and the right bytes.

use atelier::metadata::Contact;
use atelier::publish::{
    Answer, Call, Credential, Event, Field, Followed, Instance, Journal, KeyFault, Lack, Listing, Next, Notice, Outcome, PART,
    Parcel, Piece, Publication, Sheet, Slice, Step, Summary, Target, Trouble, sha1,
    simulated::{KEY, ORGANISATION, OTHER_ORGANISATION, Platform},
    sought,
};
use serde_json::{Value, json};

const CONTENT: &[u8] = b"a,b\n1,2\n";

fn parcel(content: &[u8]) -> Parcel {
    let schema = Followed::of("https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.5/schema.json");
    Parcel {
        sheet: Sheet {
            title: "Délibérations 2024".into(),
            summary: None,
            description: "Les délibérations du conseil municipal. ".repeat(3),
            licence: Some("lov2".into()),
            frequency: Some("annual".into()),
            tags: vec!["deliberations".into()],
            start: Some("2024-01-01".into()),
            end: Some("2024-12-31".into()),
            zones: vec!["fr:commune:69123".into()],
            granularity: Some("fr:commune".into()),
            contact: Contact { email: "opendata@example.org".into(), ..Contact::default() },
        },
        files: vec![Piece {
            name: "deliberations-2024.csv".into(),
            title: "Délibérations".into(),
            description: "Une ligne par délibération".into(),
            size: content.len() as u64,
            sha1: sha1(content),
            schema: Some(schema),
        }],
    }
}

fn journal(parcel: &Parcel, target: Target) -> Journal {
    Journal::new([7; 16], Instance::new("https://demo.data.gouv.fr").unwrap(), ORGANISATION, target, parcel)
}

/// A platform, a connection that can be cut, and what was asked of it.
struct World {
    platform: Platform,
    credential: Credential,
    content: Vec<u8>,
    /// The requests made, with those that were lost.
    asked: Vec<String>,
    /// Requests to lose, by their number, and whether they arrive all the same.
    cuts: Vec<(usize, bool)>,
    /// Whether who asks dies with the connection.
    dies: bool,
}

impl World {
    fn new(content: &[u8]) -> World {
        World {
            platform: Platform::new("Ville de Testville"),
            credential: Credential::Key(KEY.into()),
            content: content.to_vec(),
            asked: Vec::new(),
            cuts: Vec::new(),
            dies: false,
        }
    }

    fn answer(&mut self, call: &Call) -> Answer {
        let content = &self.content;
        let bytes = |slice: &Slice| content[slice.start as usize..slice.end as usize].to_vec();
        self.platform.answer(call, Some(&self.credential), &bytes)
    }

    /// Makes a request; `None` where nothing comes back.
    fn ask(&mut self, call: &Call) -> Option<Answer> {
        let number = self.asked.len();
        self.asked.push(format!("{} {}", call.method.name(), call.path));
        match self.cuts.iter().find(|(cut, _)| *cut == number) {
            Some((_, false)) => None,
            Some((_, true)) => {
                self.answer(call);
                None
            }
            None => Some(self.answer(call)),
        }
    }

    /// Carries a publication to its end, from its journal alone each time that who asks dies.
    fn run(&mut self, start: &Journal, parcel: &Parcel, public: bool) -> (Result<Summary, Trouble>, Journal, Vec<Event>) {
        let mut kept = start.text();
        let mut events = Vec::new();
        'life: loop {
            let mut publication = Publication::new(Journal::read(&kept).unwrap(), parcel.clone());
            if public {
                publication.make_public();
            }
            loop {
                match publication.next() {
                    Next::Ask(call) => {
                        kept = publication.journal().text();
                        match self.ask(&call) {
                            Some(answer) => events.extend(publication.answered(Outcome::Answered(answer))),
                            None if self.dies => {
                                self.platform.pass(60_000);
                                continue 'life;
                            }
                            None => events.extend(publication.answered(Outcome::Lost)),
                        }
                    }
                    Next::Wait(pause) => {
                        assert!(pause.as_millis() >= 1_100);
                        self.platform.pass(pause.as_millis() as u64);
                        publication.waited();
                    }
                    Next::Stop(trouble) => return (Err(trouble), publication.journal().clone(), events),
                    Next::Done(summary) => return (Ok(summary), publication.journal().clone(), events),
                }
                assert!(self.asked.len() < 200, "{:?}", self.asked);
            }
        }
    }

    fn writes(&self) -> usize {
        self.asked.iter().filter(|asked| !asked.starts_with("GET")).count()
    }

    /// The only dataset, which has one file.
    fn only(&self) -> &Value {
        assert_eq!(self.platform.datasets.len(), 1, "{:?}", self.asked);
        let dataset = &self.platform.datasets[0];
        assert_eq!(dataset["resources"].as_array().unwrap().len(), 1, "{:?}", self.asked);
        dataset
    }

    fn whole(&self, parcel: &Parcel) {
        let dataset = self.only();
        let (sheet, piece) = (&parcel.sheet, &parcel.files[0]);
        assert_eq!(dataset["title"], sheet.title);
        assert_eq!(dataset["tags"], json!(sheet.tags));
        assert_eq!(dataset["temporal_coverage"], json!({ "start": sheet.start, "end": sheet.end }));
        assert_eq!(dataset["spatial"]["zones"], json!(sheet.zones));
        assert_eq!(dataset["contact_points"].as_array().unwrap().len(), 1);
        let file = &dataset["resources"][0];
        assert_eq!((&file["checksum"]["value"], &file["filesize"]), (&json!(piece.sha1), &json!(piece.size)), "{:?}", self.asked);
        assert_eq!((&file["title"], &file["description"]), (&json!(piece.title), &json!(piece.description)));
        assert_eq!(file["schema"], json!({ "name": "scdl/deliberations", "version": "2.1.5", "url": null }));
    }
}

/// Every request is lost in turn, before it arrives and after; who asks goes on, or dies and comes back.
fn cut_everywhere(content: &[u8], target: impl Fn(&mut World) -> Target, public: bool, check: impl Fn(&World, &Parcel)) {
    let parcel = parcel(content);
    let begun = |dies| {
        let mut world = World::new(content);
        let journal = journal(&parcel, target(&mut world));
        world.dies = dies;
        (world, journal)
    };
    let (mut world, start) = begun(false);
    let (end, ..) = world.run(&start, &parcel, public);
    assert_eq!(end.unwrap().private, !public);
    check(&world, &parcel);
    let requests = world.asked.len();
    for first in 0..requests {
        for second in first + 1..requests + 4 {
            for way in 0..8 {
                let (arrives, again, dies) = (way & 1 == 1, way & 2 == 2, way & 4 == 4);
                let (mut world, start) = begun(dies);
                world.cuts = vec![(first, arrives), (second, again)];
                let (end, ..) = world.run(&start, &parcel, public);
                assert!(end.is_ok(), "{end:?} {:?} {:?}", world.cuts, world.asked);
                check(&world, &parcel);
                assert_eq!(world.platform.datasets[0]["private"], !public);
            }
        }
    }
}

#[test]
fn a_new_dataset_is_one_whatever_is_cut() {
    cut_everywhere(CONTENT, |_| Target::New, true, World::whole);
}

#[test]
fn a_large_file_is_sent_in_parts_and_is_one_whatever_is_cut() {
    // Parts are told apart by their bytes; an odd end makes the last one shorter.
    let content: Vec<u8> = (0..PART as usize * 2 + 5).map(|at| (at / 4099) as u8).collect();
    let parcel = parcel(&content);
    let mut world = World::new(&content);
    let start = journal(&parcel, Target::New);
    let (end, ..) = world.run(&start, &parcel, false);
    assert!(end.unwrap().private);
    world.whole(&parcel);
    let requests = world.asked.len();
    assert_eq!(world.asked.iter().filter(|asked| asked.ends_with("/upload/")).count(), 4);
    for cut in 4..requests - 2 {
        for (arrives, dies) in [(false, false), (true, false), (true, true)] {
            let mut world = World::new(&content);
            (world.cuts, world.dies) = (vec![(cut, arrives)], dies);
            let (end, ..) = world.run(&start, &parcel, false);
            assert!(end.is_ok(), "{end:?} {cut} {:?}", world.asked);
            world.whole(&parcel);
        }
    }
}

/// A dataset of ours, public, with a file, described by people.
fn with_dataset(world: &mut World) -> (String, String) {
    let old = parcel(b"a\nold\n");
    world.content = b"a\nold\n".to_vec();
    let (end, ..) = world.run(&journal(&old, Target::New), &old, true);
    world.content = CONTENT.to_vec();
    world.asked.clear();
    let dataset = &mut world.platform.datasets[0];
    dataset["title"] = json!("Un titre soigné");
    dataset["resources"][0]["title"] = json!("Un fichier soigné");
    dataset["resources"][0]["description"] = json!("Écrit à la main");
    dataset["resources"][0]["extras"]["analysis:parsing"] = json!("kept");
    (end.unwrap().dataset, dataset["resources"][0]["id"].as_str().unwrap().to_owned())
}

#[test]
fn a_file_replaced_keeps_its_address_and_what_people_wrote() {
    let target = |world: &mut World| {
        let (dataset, replaces) = with_dataset(world);
        Target::Existing { dataset, replaces: Some(replaces), describe: Vec::new() }
    };
    cut_everywhere(CONTENT, target, true, |world, parcel| {
        let dataset = world.only();
        let file = &dataset["resources"][0];
        assert_eq!((&dataset["title"], &file["title"]), (&json!("Un titre soigné"), &json!("Un fichier soigné")));
        assert_eq!((&file["description"], &file["checksum"]["value"]), (&json!("Écrit à la main"), &json!(parcel.files[0].sha1)));
        assert_eq!((&file["extras"]["analysis:parsing"], &dataset["tags"]), (&json!("kept"), &json!(["deliberations"])));
        assert_eq!(dataset["temporal_coverage"]["end"], "2024-12-31");
    });
}

#[test]
fn a_file_added_leaves_the_others() {
    let mut world = World::new(CONTENT);
    let (dataset, old) = with_dataset(&mut world);
    world.platform.datasets[0]["contact_points"] = json!([]);
    let parcel = parcel(CONTENT);
    let start = journal(&parcel, Target::Existing { dataset, replaces: None, describe: Field::ALL.to_vec() });
    let (end, journal, events) = world.run(&start, &parcel, false);
    let files = world.platform.datasets[0]["resources"].as_array().unwrap();
    assert_eq!((files.len(), &files[1]["id"]), (2, &json!(old)));
    // It was public, and stays so; its description is written over because that was asked.
    assert_eq!((end.unwrap().private, &world.platform.datasets[0]["title"]), (false, &json!("Délibérations 2024")));
    assert!(events.contains(&Event::DatasetDescribed));
    // Whom to write to is told where nobody was.
    assert_eq!(world.platform.datasets[0]["contact_points"].as_array().unwrap().len(), 1);
    let writes = world.writes();
    let (again, ..) = world.run(&journal, &parcel, false);
    assert!(again.is_ok() && world.writes() == writes, "{:?}", world.asked);
}

#[test]
fn the_same_call_twice_changes_nothing() {
    let parcel = parcel(CONTENT);
    let mut world = World::new(CONTENT);
    let (_, journal, events) = world.run(&journal(&parcel, Target::New), &parcel, false);
    assert_eq!((journal.step, world.writes(), world.only()["private"].as_bool()), (Step::Done, 4, Some(true)));
    assert!(matches!(&events[0], Event::SignedIn { organisation, .. } if organisation == "Ville de Testville"));
    let before = world.platform.datasets.clone();
    let (end, journal, _) = world.run(&journal, &parcel, false);
    assert!(end.unwrap().private && world.writes() == 4 && world.platform.datasets == before);
    // Public is one more request, on its own.
    let (end, ..) = world.run(&journal, &parcel, true);
    assert!(!end.unwrap().private && world.writes() == 5);
    world.whole(&parcel);
}

#[test]
fn a_file_that_is_already_there_is_told() {
    let mut world = World::new(CONTENT);
    let (dataset, _) = with_dataset(&mut world);
    let old = parcel(b"a\nold\n");
    let other = Journal::new([8; 16], Instance::new("https://demo.data.gouv.fr").unwrap(), ORGANISATION, Target::New, &old);
    let (end, journal_, _) = world.run(&other, &old, false);
    let Err(Trouble::Twin(twin)) = end else { panic!("{end:?}") };
    assert_eq!((twin.dataset.as_str(), twin.title.as_str(), world.writes()), (dataset.as_str(), "Un titre soigné", 0));
    // In that very dataset, there is nothing to send and nothing is written over.
    let start = journal(&old, Target::Existing { dataset, replaces: None, describe: Vec::new() });
    let (end, journal, _) = world.run(&start, &old, false);
    assert!(end.is_ok() && world.writes() == 0);
    assert_eq!(journal.notices, [Notice::AlreadyThere("Un fichier soigné".into())]);
    // Who has seen it may publish all the same.
    let mut publication = Publication::new(journal_, old.clone());
    publication.accept(&twin);
    world.content = b"a\nold\n".to_vec();
    let (end, ..) = world.run(publication.journal(), &old, false);
    assert!(end.is_ok() && world.platform.datasets.len() == 2);
}

#[test]
fn what_is_refused_is_told_and_nothing_is_written() {
    let parcel = parcel(CONTENT);
    for (key, fault) in [("expired", KeyFault::Expired), ("revoked", KeyFault::Revoked), ("x", KeyFault::Unknown)] {
        let mut world = World::new(CONTENT);
        world.credential = Credential::Key(key.into());
        let (end, ..) = world.run(&journal(&parcel, Target::New), &parcel, false);
        assert_eq!((end, world.asked.len()), (Err(Trouble::Key(fault)), 1));
    }
    let mut world = World::new(CONTENT);
    world.credential = Credential::Key("other".into());
    let (end, ..) = world.run(&journal(&parcel, Target::New), &parcel, false);
    let Err(Trouble::NotMember(theirs)) = end else { panic!("{end:?}") };
    assert_eq!(theirs[0].id, OTHER_ORGANISATION);

    let mut world = World::new(CONTENT);
    world.platform.read_only = true;
    let (end, journal_, _) = world.run(&journal(&parcel, Target::New), &parcel, false);
    assert_eq!((end, world.platform.datasets.len()), (Err(Trouble::ReadOnly), 0));
    // Once it takes again, the journal goes on.
    world.platform.read_only = false;
    assert!(world.run(&journal_, &parcel, false).0.is_ok());
    world.whole(&parcel);

    let mut unknown = parcel.clone();
    unknown.sheet.licence = Some("proprietary".into());
    let mut world = World::new(CONTENT);
    let (end, ..) = world.run(&journal(&unknown, Target::New), &unknown, false);
    assert_eq!((end, world.writes()), (Err(Trouble::UnknownLicence("proprietary".into())), 0));
}

#[test]
fn a_file_alone_needs_no_description_where_one_is_published() {
    let mut world = World::new(CONTENT);
    let (dataset, _) = with_dataset(&mut world);
    let mut bare = parcel(CONTENT);
    bare.sheet = Sheet::default();
    let to = |describe: &[Field]| {
        journal(&bare, Target::Existing { dataset: dataset.clone(), replaces: None, describe: describe.to_vec() })
    };
    let (end, ..) = world.run(&to(&Field::ALL), &bare, false);
    assert_eq!((end, world.asked.len()), (Err(Trouble::Lacking(vec![Lack::Title, Lack::Description])), 0));
    let (end, ..) = world.run(&to(&[]), &bare, false);
    assert_eq!(end.unwrap().title, "Un titre soigné");
}

#[test]
fn only_the_fields_asked_for_are_written_over() {
    for chosen in Field::ALL {
        let parcel = parcel(CONTENT);
        let mut world = World::new(CONTENT);
        let (dataset, replaces) = with_dataset(&mut world);
        let published = &mut world.platform.datasets[0];
        for (field, written) in [
            (Field::Description, json!("Écrite à la main")),
            (Field::Summary, json!("À la main")),
            (Field::Licence, json!("odc-odbl")),
            (Field::Frequency, json!("weekly")),
            (Field::Period, json!({ "start": "1999-01-01", "end": "1999-12-31" })),
            (Field::Territory, json!({ "zones": ["country:fr"], "granularity": "other" })),
            (Field::Tags, json!(["autre"])),
        ] {
            published[field.key()] = written;
        }
        published["extras"]["custom"] = json!("kept");
        let before = published.clone();
        let told: Vec<Field> = parcel.sheet.gaps(&before).iter().map(|gap| gap.field).collect();
        let start = journal(&parcel, Target::Existing { dataset, replaces: Some(replaces), describe: vec![chosen] });
        let (end, ..) = world.run(&start, &parcel, false);
        assert!(end.is_ok(), "{chosen:?}: {end:?}");
        let after = world.only();
        for field in Field::ALL {
            let written = field == chosen && told.contains(&field);
            assert_eq!(after[field.key()] != before[field.key()], written, "{chosen:?}: {field:?}");
        }
        let left = parcel.sheet.gaps(after);
        assert!(left.len() + 1 >= told.len() && left.iter().all(|gap| gap.field != chosen), "{chosen:?}: {left:?}");
        assert_eq!(after["extras"]["custom"], "kept");
    }
}

#[test]
fn what_was_changed_on_the_platform_since_it_was_shown_is_left_alone() {
    let parcel = parcel(CONTENT);
    let mut world = World::new(CONTENT);
    let (dataset, replaces) = with_dataset(&mut world);
    world.platform.datasets[0]["description"] = json!("Ancienne");
    let shown: Vec<_> =
        parcel.sheet.gaps(&world.platform.datasets[0]).into_iter().map(|gap| (gap.field, gap.published)).collect();
    let describe: Vec<Field> = shown.iter().map(|(field, _)| *field).collect();
    assert!(describe.contains(&Field::Title) && describe.contains(&Field::Description));
    world.platform.datasets[0]["title"] = json!("Changé entre-temps");
    let start = Journal { shown, ..journal(&parcel, Target::Existing { dataset, replaces: Some(replaces), describe }) };
    let start = Journal::read(&start.text()).unwrap();
    let (end, journal, _) = world.run(&start, &parcel, false);
    assert_eq!(end.unwrap().title, "Changé entre-temps");
    assert_eq!(journal.notices, [Notice::ChangedField(Field::Title)]);
    assert_eq!(world.only()["description"], json!(parcel.sheet.description.trim()));
}

#[test]
fn all_the_datasets_of_an_organisation_are_listed_page_after_page() {
    let mut world = World::new(CONTENT);
    for number in 0..120 {
        let organisation = if number % 40 == 0 { OTHER_ORGANISATION } else { ORGANISATION };
        world.platform.datasets.push(json!({
            "id": format!("{number:024x}"), "title": format!("Jeu {number}"), "private": number % 2 == 0,
            "deleted": if number == 7 { json!("2026-01-01") } else { Value::Null },
            "organization": { "id": organisation }, "page": format!("https://demo.data.gouv.fr/datasets/jeu-{number}"),
        }));
    }
    let mut listing = Listing::of(ORGANISATION);
    while let Some(call) = listing.next() {
        let answer = world.answer(&call);
        listing.take(&answer).unwrap();
    }
    let all = listing.datasets();
    assert_eq!((all.len(), world.asked.len()), (116, 0));
    let instance = Instance::new("https://demo.data.gouv.fr").unwrap();
    let found = sought(&all, &instance, "https://demo.data.gouv.fr/datasets/jeu-3/").unwrap();
    assert_eq!(found.iter().map(|dataset| dataset.title.as_str()).collect::<Vec<_>>(), ["Jeu 3"]);
    // A page that is refused is told.
    let refused = Listing::of(ORGANISATION).take(&Answer { status: 503, body: String::new() });
    assert_eq!(refused, Err(Trouble::Failing));
}

#[test]
fn a_title_changed_in_between_makes_no_double() {
    let old = parcel(CONTENT);
    let mut new = old.clone();
    new.sheet.title = "Un autre titre".into();
    for arrives in [true, false] {
        let mut world = World::new(CONTENT);
        // The dataset is asked for, then nothing answers any more.
        world.cuts = (5..100).map(|cut| (cut, arrives && cut == 5)).collect();
        let (end, journal, _) = world.run(&journal(&old, Target::New), &old, false);
        assert_eq!((end, world.asked[5].as_str()), (Err(Trouble::Unreachable), "POST /api/1/datasets/"));
        world.cuts.clear();
        assert!(world.run(&journal, &new, false).0.is_ok());
        assert_eq!(world.only()["title"], if arrives { "Délibérations 2024" } else { "Un autre titre" });
    }
}

#[test]
fn what_somebody_changed_there_is_not_undone() {
    let parcel = parcel(CONTENT);
    let mut world = World::new(CONTENT);
    let (_, journal, _) = world.run(&journal(&parcel, Target::New), &parcel, false);
    world.platform.datasets[0]["resources"][0]["checksum"]["value"] = json!("newer");
    let writes = world.writes();
    let (end, ..) = world.run(&journal, &parcel, false);
    assert_eq!((end, world.writes()), (Err(Trouble::ChangedThere("Délibérations".into())), writes));
    world.platform.datasets[0]["deleted"] = json!("2026-01-01");
    assert_eq!(world.run(&journal, &parcel, false).0, Err(Trouble::Deleted));
}

#[test]
fn next_month_takes_the_place_of_this_one() {
    let march = parcel(b"a\nold\n");
    let mut world = World::new(b"a\nold\n");
    let (_, journal, _) = world.run(&journal(&march, Target::New), &march, true);
    let april = parcel(CONTENT);
    assert!(!journal.tells_of(&april));
    let next = journal.followed_by([9; 16], &april, Vec::new()).unwrap();
    world.content = CONTENT.to_vec();
    let address = world.only()["resources"][0]["latest"].clone();
    assert!(!world.run(&next, &april, false).0.unwrap().private);
    world.whole(&april);
    assert_eq!(world.only()["resources"][0]["latest"], address);
}

#[test]
fn a_platform_that_never_answers_is_left_alone_after_a_while() {
    let parcel = parcel(CONTENT);
    let mut world = World::new(CONTENT);
    world.cuts = (3..100).map(|cut| (cut, false)).collect();
    let (end, journal, events) = world.run(&journal(&parcel, Target::New), &parcel, false);
    assert_eq!((end, events.iter().filter(|event| **event == Event::Lost).count()), (Err(Trouble::Unreachable), 5));
    world.cuts.clear();
    assert!(world.run(&journal, &parcel, false).0.is_ok());
    world.whole(&parcel);
}
