use leptos::prelude::*;
use web_sys::{AbortController, Blob, File};

use super::{
    changes::Comparison,
    described::Published,
    line::{Line, pause},
    place::{Place, configured},
    sign_in::SignInState,
};
use crate::{
    browser::{self, Popup, Underway, chance},
    i18n::PublishWords,
    protocol::Request,
    publish::{
        Answer, ConfigurationFault, Dataset, Event, Field, Instance, Journal, Listing, Me, Next, Outcome, Parcel, Platforms,
        Publication, Resource, Summary, Target, Trouble, Twin,
    },
    ui::studio::Studio,
};

/// Where the journal of what is under way is kept on this computer: names and digests, never a row of a file, never a key.
const KEPT: &str = "atelier-publication";

/// Publishing on a platform, as the page knows it.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    /// Where one may publish, once the site's configuration has been read.
    pub places: RwSignal<Vec<Place>>,
    /// What is wrong with that configuration.
    pub fault: RwSignal<Option<ConfigurationFault>>,
    /// The place chosen.
    pub place: RwSignal<Place>,
    /// Who is connected.
    pub me: RwSignal<Option<Me>>,
    /// Whether a question is being asked, outside of a publication.
    pub asking: RwSignal<bool>,
    /// The organisation chosen, by its identifier.
    pub organisation: RwSignal<String>,
    /// The datasets of the organisation, once they were asked for.
    pub datasets: RwSignal<Option<Vec<Dataset>>>,
    /// The dataset to update, `None` for a new one.
    pub dataset: RwSignal<Option<Dataset>>,
    /// The file of it to replace, by its identifier.
    pub replaces: RwSignal<Option<String>>,
    /// What changes against that file.
    pub compared: RwSignal<Comparison>,
    /// What is published of its description.
    pub published: RwSignal<Published>,
    /// What is to be written over in it.
    pub describe: RwSignal<Vec<Field>>,
    /// The publication, as far as it is.
    pub journal: RwSignal<Option<Journal>>,
    /// What was last done.
    pub event: RwSignal<Option<Event>>,
    /// Whether it goes on by itself now.
    pub running: RwSignal<bool>,
    /// Why it stopped.
    pub trouble: RwSignal<Option<Trouble>>,
    /// What it gave.
    pub summary: RwSignal<Option<Summary>>,
    /// Whether the table at hand is not the one of the journal kept.
    pub other: RwSignal<bool>,
    /// The bytes sent since the page was opened, and to which hosts.
    pub sent: RwSignal<(u64, Vec<String>)>,
    /// How many bytes of the file have left in the request under way.
    pub moved: RwSignal<u64>,
    /// How far a sign-in on the platform's own page is, where there is something to say of it.
    pub sign_in: RwSignal<Option<SignInState>>,
    pub(super) popup: StoredValue<Option<Popup>, LocalStorage>,
    pub(super) line: StoredValue<Option<Line>, LocalStorage>,
    work: StoredValue<Option<Work>, LocalStorage>,
    stop: StoredValue<Option<AbortController>, LocalStorage>,
    /// When the key was last used.
    pub(super) used: StoredValue<f64>,
    /// The name that the file is sent under.
    name: StoredValue<String>,
    /// Whether the worker is writing the bytes to send.
    preparing: StoredValue<bool>,
}

/// A publication, and the bytes it sends.
#[derive(Debug, Clone)]
struct Work {
    publication: Publication,
    table: Blob,
}

impl Sending {
    /// Nothing is under way, unless a journal was kept.
    pub fn new() -> Sending {
        let kept = browser::remembered(KEPT).and_then(|text| Journal::read(&text));
        Sending {
            places: RwSignal::new(vec![Place::Rehearsal]),
            fault: RwSignal::new(None),
            place: RwSignal::new(Place::Rehearsal),
            me: RwSignal::new(None),
            asking: RwSignal::new(false),
            organisation: RwSignal::new(String::new()),
            datasets: RwSignal::new(None),
            dataset: RwSignal::new(None),
            replaces: RwSignal::new(None),
            compared: RwSignal::default(),
            published: RwSignal::default(),
            describe: RwSignal::default(),
            journal: RwSignal::new(kept),
            event: RwSignal::new(None),
            running: RwSignal::new(false),
            trouble: RwSignal::new(None),
            summary: RwSignal::new(None),
            other: RwSignal::new(false),
            sent: RwSignal::default(),
            moved: RwSignal::default(),
            sign_in: RwSignal::new(None),
            popup: StoredValue::new_local(None),
            line: StoredValue::new_local(None),
            work: StoredValue::new_local(None),
            stop: StoredValue::new_local(None),
            used: StoredValue::new(0.0),
            name: StoredValue::new(String::new()),
            preparing: StoredValue::new(false),
        }
    }

    /// Reads where one may publish in the site's configuration, while the page has its network.
    pub fn configure(self) {
        leptos::task::spawn_local(async move {
            let Platforms { usable, fault } = configured().await;
            self.fault.set(fault);
            let places: Vec<Place> = usable.into_iter().map(Place::Platform).chain([Place::Rehearsal]).collect();
            let kept = self.journal.with_untracked(|journal| journal.as_ref().map(|j| j.instance.clone()));
            let place = places.iter().find(|place| kept.is_some() && place.instance() == kept.as_ref()).or(places.first());
            if let Some(place) = place {
                self.place.set(place.clone());
            }
            self.places.set(places);
        });
    }

    /// The platform chosen; for a rehearsal, one that exists nowhere.
    pub fn instance(self) -> Option<Instance> {
        let rehearsal = || Instance::new("https://repetition.invalid").ok();
        self.place.with(|place| place.instance().cloned().or_else(rehearsal))
    }

    /// The platform's host, or what a rehearsal is called.
    pub fn host(self, words: &PublishWords) -> String {
        self.place.with(|place| place.instance().map_or(words.rehearsal_host, Instance::host).to_owned())
    }

    /// Whether nothing leaves this computer.
    pub fn is_rehearsal(self) -> bool {
        self.place.with(|place| *place == Place::Rehearsal)
    }

    /// Chooses another place: what was known of the former one is forgotten with its key.
    pub fn choose(self, place: Place) {
        if self.place.with_untracked(|now| *now != place) {
            self.forget();
            self.place.set(place);
        }
    }

    /// Asks for all the datasets of the organisation, page after page.
    pub fn list(self) {
        let Some(line) = self.line.get_value() else { return };
        let organisation = self.organisation.get_untracked();
        self.asking.set(true);
        self.touch();
        leptos::task::spawn_local(async move {
            let mut listing = Listing::of(&organisation);
            let mut end = Ok(());
            while let (Some(call), Ok(())) = (listing.next(), &end) {
                let answer = line.ask(&call, None, None).await;
                end = answer.ok_or(Trouble::Unreachable).and_then(|answer| listing.take(&answer));
            }
            self.asking.set(false);
            match end {
                Ok(()) => {
                    let all = listing.datasets();
                    let chosen = self.dataset.with_untracked(|now| now.as_ref().map(|now| now.id.clone()));
                    self.dataset.set(all.iter().find(|dataset| Some(&dataset.id) == chosen.as_ref()).cloned());
                    self.datasets.set(Some(all));
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    /// What requests go through, once connected.
    pub fn line(self) -> Option<Line> {
        self.line.get_value()
    }

    /// The bytes of a published file; `None` where they cannot be had.
    pub async fn fetched(self, file: &Resource) -> Option<File> {
        match self.rehearsed(file) {
            Some(kept) => Some(kept),
            None => browser::fetch_file(file.url.as_deref()?, None).await.ok(),
        }
    }

    /// A file that was published in the rehearsal.
    pub fn rehearsed(self, file: &Resource) -> Option<File> {
        self.line.get_value()?.rehearsed(file)
    }

    /// Whether a journal kept is that of the place chosen, and of a publication that can go on.
    pub fn interrupted(self) -> Option<Journal> {
        let instance = self.instance();
        let waits = !self.running.get() && self.summary.with(Option::is_none) && self.trouble.with(Option::is_none);
        self.journal.get().filter(|journal| waits && Some(&journal.instance) == instance.as_ref())
    }

    /// Asks the worker for the bytes to send; [`Sending::start`] follows.
    pub fn prepare(self, studio: Studio, name: String) {
        self.trouble.set(None);
        self.other.set(false);
        self.name.set_value(name.clone());
        if studio.has_project() {
            self.preparing.set_value(true);
            self.running.set(true);
            studio.ask(Request::Parcel { name, now: browser::now() });
        }
    }

    /// Hears that the bytes to send will not come, where they were awaited.
    pub fn unprepared(self) {
        if self.preparing.get_value() {
            self.interrupt();
        }
    }

    /// Starts a publication, or goes on with the one that was interrupted, now that its bytes are at hand.
    pub fn start(self, parcel: Parcel, table: Blob) {
        self.preparing.set_value(false);
        let Some(instance) = untrack(|| self.instance()).filter(|_| self.running.get_untracked()) else { return };
        let kept = self.journal.get_untracked().filter(|journal| journal.instance == instance);
        if kept.as_ref().is_some_and(|journal| !journal.tells_of(&parcel)) {
            self.work.set_value(None);
            self.running.set(false);
            return self.other.set(true);
        }
        let journal = kept.unwrap_or_else(|| {
            let (target, shown) = match self.dataset.get_untracked() {
                None => (Target::New, Vec::new()),
                Some(dataset) => {
                    let (describe, shown) = self.written(&dataset.id);
                    (Target::Existing { dataset: dataset.id, replaces: self.replaces.get_untracked(), describe }, shown)
                }
            };
            Journal { shown, ..Journal::new(chance(), instance, &self.organisation.get_untracked(), target, &parcel) }
        });
        self.work.set_value(Some(Work { publication: Publication::new(journal, parcel), table }));
        self.run();
    }

    /// Makes the requests one by one. The journal is kept before each.
    fn run(self) {
        let Some(line) = self.line.get_value() else { return self.running.set(false) };
        let underway = AbortController::new().ok().map(|stop| Underway { stop, moved: self.moved });
        let stop = underway.as_ref().map(|underway| underway.stop.clone());
        self.stop.set_value(stop.clone());
        self.running.set(true);
        self.trouble.set(None);
        self.summary.set(None);
        leptos::task::spawn_local(async move {
            while self.running.get_untracked() && stop.as_ref().is_none_or(|stop| !stop.signal().aborted()) {
                let Some(Work { publication, table }) = self.work.get_value() else { break };
                self.keep(publication.journal());
                match publication.next() {
                    Next::Ask(call) => {
                        self.touch();
                        let file = call.body.file_size();
                        self.weigh(call.body.size() - file);
                        let answer = line.ask(&call, Some(&table), underway.as_ref()).await;
                        // What was stopped carried what was seen leaving; all else may have arrived whole.
                        let stopped = stop.as_ref().is_some_and(|stop| stop.signal().aborted());
                        let left = self.moved.get_untracked().min(file);
                        self.moved.set(0);
                        self.weigh(if stopped { left } else { file });
                        self.take(answer);
                    }
                    Next::Wait(long) => {
                        pause(long).await;
                        self.change(Publication::waited);
                    }
                    Next::Stop(trouble) => {
                        self.trouble.set(Some(trouble));
                        self.running.set(false);
                    }
                    Next::Done(summary) => {
                        if !summary.private {
                            browser::forget(KEPT);
                        }
                        self.summary.set(Some(summary));
                        self.running.set(false);
                    }
                }
            }
        });
    }

    /// Counts the bytes that leave the computer: they may have arrived even where no answer comes.
    pub(super) fn weigh(self, size: u64) {
        let place = self.place.get_untracked();
        if let Some(instance) = place.instance().filter(|_| size > 0) {
            self.sent.update(|(bytes, hosts)| {
                *bytes += size;
                if !hosts.iter().any(|host| host == instance.host()) {
                    hosts.push(instance.host().to_owned());
                }
            });
        }
    }

    fn take(self, answer: Option<Answer>) {
        let outcome = answer.map_or(Outcome::Lost, Outcome::Answered);
        let event = self.change(|publication| publication.answered(outcome));
        if let Some(event) = event.flatten() {
            self.event.set(Some(event));
        }
    }

    fn change<T>(self, change: impl FnOnce(&mut Publication) -> T) -> Option<T> {
        self.work.try_update_value(|work| work.as_mut().map(|work| change(&mut work.publication))).flatten()
    }

    /// Keeps the journal; that of a rehearsal, on the page alone.
    fn keep(self, journal: &Journal) {
        if !untrack(|| self.is_rehearsal()) {
            browser::remember(KEPT, &journal.text());
        }
        self.journal.set(Some(journal.clone()));
    }

    /// Stops at once. The request under way may arrive all the same: what is there is looked at before it is made again.
    pub fn interrupt(self) {
        self.preparing.set_value(false);
        if self.running.get_untracked() {
            self.running.set(false);
            if let Some(stop) = self.stop.get_value() {
                stop.abort();
            }
        }
    }

    /// Goes on, with what is at hand now: the description may have been corrected meanwhile.
    pub fn resume(self, studio: Studio) {
        self.prepare(studio, self.name.get_value());
    }

    /// Whether the bytes are still at hand.
    pub fn has_work(self) -> bool {
        self.work.with_value(Option::is_some)
    }

    /// Publishes although another dataset has the same file.
    pub fn accept(self, twin: &Twin) {
        self.change(|publication| publication.accept(twin));
        self.run();
    }

    /// Updates the dataset that has the same file.
    pub fn update_twin(self, twin: &Twin) {
        let found = Dataset { id: twin.dataset.clone(), title: twin.title.clone(), ..Dataset::default() };
        self.give_up();
        self.dataset.set(Some(found));
        self.list();
    }

    /// Makes the draft public.
    pub fn make_public(self) {
        self.change(Publication::make_public);
        self.run();
    }

    /// Forgets the publication: what it made stays where it is.
    pub fn give_up(self) {
        self.interrupt();
        browser::forget(KEPT);
        self.work.set_value(None);
        self.other.set(false);
        self.journal.set(None);
        self.event.set(None);
        self.trouble.set(None);
        self.summary.set(None);
        self.dataset.set(None);
        self.replaces.set(None);
        self.datasets.set(None);
        self.published.set(Published::None);
    }
}
