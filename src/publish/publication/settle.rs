//! What each answer changes.

use serde_json::Value;

use super::{
    Event, KEY, Notice, PART, Publication, State, Step, Summary, Trouble, Twin,
    documents::{has_no_contact, says},
};
use crate::publish::{
    Answer, Dataset, Field, Me, Page, Resource,
    answer::{Contact, KnownSchema, Licence},
    journal::Before,
};

impl Publication {
    /// Takes an answer that leaves no doubt about what was done.
    pub(super) fn settle(&mut self, answer: &Answer) -> Result<Option<Event>, Trouble> {
        match self.journal.step {
            Step::SignIn => self.signed_in(answer.read()?).map(Some),
            Step::Licences => {
                let known: Vec<Licence> = answer.read()?;
                let licence = self.parcel.sheet.licence.as_ref();
                if let Some(unknown) = licence.filter(|licence| known.iter().all(|known| known.id != **licence)) {
                    return Err(Trouble::UnknownLicence(unknown.clone()));
                }
                self.journal.step = self.before_entry();
                Ok(None)
            }
            Step::Schemas => {
                self.schemas(answer.read()?);
                self.journal.step = self.entry();
                Ok(None)
            }
            Step::Neighbours(page) => self.neighbours(page, &answer.read()?),
            Step::Find => {
                let datasets: Vec<Dataset> = answer.read()?;
                let found = self.ours(&datasets);
                Ok(self.found_or_create(found))
            }
            Step::Contact => {
                let contact: Contact = answer.read()?;
                self.contact = Some(contact.id);
                self.journal.step = if self.journal.existing { Step::DescribeDataset } else { Step::Create };
                Ok(None)
            }
            Step::Create => {
                let created: Dataset = answer.read()?;
                self.losses = 0;
                self.journal.dataset = Some(created.id);
                self.journal.step = Step::Compare(0);
                Ok(Some(Event::Created))
            }
            Step::Compare(file) => self.compare(file, answer.read()?),
            Step::Part(file, _) => {
                let _: Value = answer.read()?;
                Ok(self.part_sent(file))
            }
            Step::Send(file) | Step::Assemble(file) => self.sent(file, answer),
            Step::ReadFile(file) => {
                self.held = Some(answer.read()?);
                self.read_file(file)
            }
            Step::DescribeFile(file) => {
                let _: Resource = answer.read()?;
                self.losses = 0;
                Ok(self.file_described(file, true))
            }
            Step::ReadDataset => {
                let document: Value = answer.read()?;
                self.held = Some(document.clone());
                self.spare(&document);
                let done = self.described_dataset().is_none_or(|wanted| says(&document, &wanted));
                self.journal.step = match done {
                    _ if self.tells_contact() && has_no_contact(&document) => Step::Contact,
                    true => Step::Review,
                    false => Step::DescribeDataset,
                };
                Ok(None)
            }
            Step::DescribeDataset => {
                let _: Dataset = answer.read()?;
                self.losses = 0;
                self.journal.step = Step::Review;
                Ok(Some(Event::DatasetDescribed))
            }
            Step::ReadDraft => {
                let dataset: Dataset = answer.read()?;
                self.held = Some(answer.read()?);
                self.journal.step = if dataset.private { Step::Publish } else { Step::Review };
                Ok(None)
            }
            Step::Publish => {
                let dataset: Dataset = answer.read()?;
                if dataset.private {
                    return Err(Trouble::NotAllowed);
                }
                self.losses = 0;
                self.journal.step = Step::Review;
                Ok(Some(Event::Public))
            }
            Step::Review => {
                let dataset: Dataset = answer.read()?;
                self.journal.step = if self.journal.public && dataset.private { Step::ReadDraft } else { Step::Done };
                self.summary = Some(self.summary(dataset));
                Ok(None)
            }
            Step::Done => Ok(None),
        }
    }

    fn signed_in(&mut self, me: Me) -> Result<Event, Trouble> {
        let wanted = &self.journal.organisation.id;
        let mine = me.organizations.iter().find(|mine| mine.id == *wanted).cloned();
        if mine.is_none() && !me.roles.iter().any(|role| role == "admin") {
            return Err(Trouble::NotMember(me.organizations));
        }
        if let Some(mine) = mine {
            self.journal.organisation = mine;
        }
        let described = self.journal.writes(Field::Licence);
        self.journal.step = if described && self.parcel.sheet.licence.is_some() { Step::Licences } else { self.before_entry() };
        let person = format!("{} {}", me.first_name, me.last_name).trim().to_owned();
        Ok(Event::SignedIn { person, organisation: self.journal.organisation.name.clone() })
    }

    /// The schemas known are asked for where a file follows one of the catalogue.
    fn before_entry(&mut self) -> Step {
        let named = self.parcel.files.iter().any(|file| file.schema.as_ref().is_some_and(|schema| schema.name.is_some()));
        if named { Step::Schemas } else { self.entry() }
    }

    fn schemas(&mut self, known: Vec<KnownSchema>) {
        for followed in self.parcel.files.iter().filter_map(|file| file.schema.as_ref()) {
            let Some(name) = &followed.name else { continue };
            let version = followed.version.clone().unwrap_or_default();
            match known.iter().find(|schema| schema.name == *name) {
                None => self.journal.notice(Notice::UnknownSchema(name.clone())),
                Some(schema) if version == "latest" || schema.versions.iter().any(|known| known.version_name == version) => {}
                Some(_) => self.journal.notice(Notice::SchemaVersion { name: name.clone(), version }),
            }
        }
        self.known = Some(known);
    }

    fn neighbours(&mut self, page: u32, list: &Page<Dataset>) -> Result<Option<Event>, Trouble> {
        if let Some(found) = self.ours(&list.data) {
            return Ok(self.found_or_create(Some(found)));
        }
        let same = |dataset: &&Dataset| {
            let holds = |resource: &Resource| self.journal.files.iter().any(|file| resource.holds(&file.sha1, file.size));
            dataset.deleted.is_none() && dataset.resources.iter().any(holds) && !self.journal.accepted.contains(&dataset.id)
        };
        if let Some(twin) = list.data.iter().find(same) {
            return Err(Trouble::Twin(Twin { dataset: twin.id.clone(), title: twin.title.clone() }));
        }
        if list.next_page.is_some() && !list.data.is_empty() {
            self.journal.step = Step::Neighbours(page + 1);
            return Ok(None);
        }
        Ok(self.found_or_create(None))
    }

    /// The dataset that this publication made, among others.
    fn ours(&self, datasets: &[Dataset]) -> Option<String> {
        let made = |dataset: &&Dataset| dataset.extras.get(KEY).and_then(Value::as_str) == Some(&self.journal.publication);
        datasets.iter().filter(|dataset| dataset.deleted.is_none()).find(made).map(|dataset| dataset.id.clone())
    }

    /// Leaves alone the fields that say something else than what the agent was shown of them, unless they say it already.
    fn spare(&mut self, document: &Value) {
        let told = self.parcel.sheet.fields();
        let shown = std::mem::take(&mut self.journal.shown);
        let changed = |field: &Field| {
            let now = document.get(field.key()).unwrap_or(&Value::Null);
            shown.iter().any(|(of, then)| of == field && then != now)
                && told.get(field.key()).is_some_and(|told| !says(now, told))
        };
        let (spared, written): (Vec<Field>, Vec<Field>) = self.journal.describe.iter().partition(|field| changed(field));
        self.journal.describe = written;
        self.journal.notices.extend(spared.into_iter().map(Notice::ChangedField));
    }

    fn found_or_create(&mut self, found: Option<String>) -> Option<Event> {
        let event = found.is_some().then_some(Event::Found);
        if found.is_none() {
            // It may have been described anew meanwhile: it is made, and looked for from now on, under its present title.
            self.journal.title = self.parcel.sheet.title.trim().to_owned();
        }
        self.journal.step = match found {
            Some(_) => Step::Compare(0),
            None if self.tells_contact() => Step::Contact,
            None => Step::Create,
        };
        self.journal.creating = true;
        self.journal.dataset = found;
        event
    }

    /// Looks for a file in the dataset, before it is sent.
    fn compare(&mut self, file: usize, dataset: Dataset) -> Result<Option<Event>, Trouble> {
        let owner = dataset.organization.as_ref();
        if dataset.deleted.is_some() {
            return Err(Trouble::Deleted);
        }
        if owner.is_none_or(|owner| owner.id != self.journal.organisation.id) {
            return Err(Trouble::NotOurs(owner.map_or_else(String::new, |owner| owner.name.clone())));
        }
        if dataset.permissions.edit_resources == Some(false) {
            return Err(Trouble::NotAllowed);
        }
        // From now on by its identifier: a slug changes with the title.
        self.journal.dataset = Some(dataset.id);
        let Some(entry) = self.journal.files.get_mut(file) else { return Err(Trouble::NotFound) };
        let by_id = |id: &str| dataset.resources.iter().find(|resource| resource.id == id);
        let holds = |resource: &&Resource| resource.holds(&entry.sha1, entry.size);
        let same = match entry.replaces.as_deref().or(entry.resource.as_deref()) {
            Some(id) => by_id(id).filter(holds),
            None => dataset.resources.iter().find(holds),
        };
        let begun = entry.state;
        if let Some(same) = same {
            let (title, name) = (same.title.clone(), entry.name.clone());
            entry.resource = Some(same.id.clone());
            let foreign = begun == State::Waiting;
            if foreign {
                entry.state = State::Described;
                self.journal.notice(Notice::AlreadyThere(title));
            } else if begun == State::Sending {
                entry.state = State::Sent;
            }
            let described = foreign || begun == State::Described;
            self.journal.step = if described { self.after_file(file) } else { Step::ReadFile(file) };
            return Ok(Some(Event::There(name)));
        }
        if matches!(begun, State::Sent | State::Described) {
            let title = entry.resource.as_deref().and_then(by_id).map_or(&entry.name, |resource| &resource.title);
            return Err(Trouble::ChangedThere(title.clone()));
        }
        if let Some(replaced) = &entry.replaces {
            let Some(resource) = by_id(replaced) else { return Err(Trouble::NoSuchFile(replaced.clone())) };
            if begun == State::Waiting {
                entry.before = Some(Before { title: resource.title.clone() });
            }
        }
        entry.state = State::Sending;
        let parts = entry.size.div_ceil(PART);
        self.journal.step = if parts <= 1 {
            Step::Send(file)
        } else if entry.parts < parts {
            Step::Part(file, false)
        } else {
            Step::Assemble(file)
        };
        Ok(None)
    }

    /// A part of a file is there.
    pub(super) fn part_sent(&mut self, file: usize) -> Option<Event> {
        self.losses = 0;
        let entry = self.journal.files.get_mut(file)?;
        let parts = entry.size.div_ceil(PART);
        entry.parts = (entry.parts + 1).min(parts);
        self.journal.step = if entry.parts < parts { Step::Part(file, false) } else { Step::Assemble(file) };
        Some(Event::Part { name: entry.name.clone(), part: entry.parts, parts })
    }

    /// The whole file is there: what the platform received is compared with what was sent.
    fn sent(&mut self, file: usize, answer: &Answer) -> Result<Option<Event>, Trouble> {
        let received: Resource = answer.read()?;
        let Some(entry) = self.journal.files.get_mut(file) else { return Err(Trouble::NotFound) };
        if !received.holds(&entry.sha1, entry.size) {
            // It is sent again in the place of what is damaged.
            entry.replaces = Some(received.id);
            if self.begin_anew(file) {
                self.losses += 1;
                self.pause = Some(std::time::Duration::from_millis(1_100));
                self.journal.step = Step::Compare(file);
            }
            return Ok(None);
        }
        self.losses = 0;
        entry.resource = Some(received.id);
        entry.state = State::Sent;
        let name = entry.name.clone();
        self.journal.step = Step::ReadFile(file);
        Ok(Some(Event::Sent(name)))
    }

    fn read_file(&mut self, file: usize) -> Result<Option<Event>, Trouble> {
        let Some(wanted) = self.file_document(file) else { return Err(Trouble::Unreadable) };
        if self.held.as_ref().is_some_and(|held| says(held, &wanted)) {
            return Ok(self.file_described(file, false));
        }
        self.journal.step = Step::DescribeFile(file);
        Ok(None)
    }

    fn file_described(&mut self, file: usize, written: bool) -> Option<Event> {
        self.held = None;
        let entry = self.journal.files.get_mut(file)?;
        entry.state = State::Described;
        let event = written.then(|| Event::FileDescribed(entry.name.clone()));
        self.journal.step = self.after_file(file);
        event
    }

    fn summary(&self, dataset: Dataset) -> Summary {
        let ours = |resource: &&Resource| self.journal.files.iter().any(|file| file.resource.as_ref() == Some(&resource.id));
        let files = dataset.resources.iter().filter(ours).filter_map(|resource| resource.latest.clone()).collect();
        let points = dataset.quality.points();
        Summary { dataset: dataset.id, title: dataset.title, page: dataset.page, private: dataset.private, points, files }
    }
}
