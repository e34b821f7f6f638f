use std::time::Duration;

use leptos::prelude::*;
use web_sys::{AbortController, Blob, File};

use super::{
    changes::Comparison,
    described::Published,
    line::{Line, pause},
    place::{Place, configured},
};
use crate::{
    browser::{self, chance},
    i18n::PublishWords,
    publish::{
        Answer, Call, Credential, Dataset, Event, Field, Instance, Journal, Listing, Me, Next, Outcome, Parcel, Publication,
        Resource, Summary, Target, Trouble, Twin, api,
    },
    ui::studio::Studio,
};

/// Where the journal of what is under way is kept on this computer: names and digests, never a row of a file, never a key.
const KEPT: &str = "atelier-publication";
/// Without use for that long, a key is forgotten.
const IDLE: f64 = 15.0 * 60_000.0;
/// How often it is looked at.
const WATCH: Duration = Duration::from_secs(20);

/// Publishing on a platform, as the page knows it.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    /// Where one may publish, once the site's configuration has been read.
    pub places: RwSignal<Vec<Place>>,
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
    line: StoredValue<Option<Line>, LocalStorage>,
    work: StoredValue<Option<Work>, LocalStorage>,
    stop: StoredValue<Option<AbortController>, LocalStorage>,
    /// When the key was last used.
    used: StoredValue<f64>,
    /// The name that the file is sent under.
    name: StoredValue<String>,
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
            line: StoredValue::new_local(None),
            work: StoredValue::new_local(None),
            stop: StoredValue::new_local(None),
            used: StoredValue::new(0.0),
            name: StoredValue::new(String::new()),
        }
    }

    /// Reads where one may publish in the site's configuration, while the page has its network.
    pub fn configure(self) {
        leptos::task::spawn_local(async move {
            let mut places = configured().await;
            places.push(Place::Rehearsal);
            let kept = self.journal.with_untracked(|journal| journal.as_ref().map(|j| Place::Platform(j.instance.clone())));
            if let Some(place) = kept.filter(|place| places.contains(place)).or_else(|| places.first().cloned()) {
                self.place.set(place);
            }
            self.places.set(places);
        });
    }

    /// The platform chosen; for a rehearsal, one that exists nowhere.
    pub fn instance(self) -> Option<Instance> {
        match self.place.get() {
            Place::Platform(instance) => Some(instance),
            Place::Rehearsal => Instance::new("https://repetition.invalid").ok(),
        }
    }

    /// The platform's host, or what a rehearsal is called.
    pub fn host(self, words: &PublishWords) -> String {
        match self.place.get() {
            Place::Platform(instance) => instance.host().to_owned(),
            Place::Rehearsal => words.rehearsal_host.to_owned(),
        }
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

    /// Connects with a key, which stays in memory; without one for a rehearsal.
    pub fn connect(self, key: String, organisation: String) {
        let line = match untrack(|| (self.place.get(), self.instance())) {
            (Place::Rehearsal, _) => Line::rehearsal(&organisation),
            (_, Some(instance)) => Line::Network(instance, Credential::Key(key)),
            _ => return,
        };
        self.trouble.set(None);
        self.asking.set(true);
        leptos::task::spawn_local(async move {
            let answer = line.ask(&api::me(), None, None).await;
            self.asking.set(false);
            match answer.map_or(Err(Trouble::Unreachable), |answer| answer.read::<Me>()) {
                Ok(me) => {
                    let kept = self.journal.with_untracked(|journal| journal.as_ref().map(|j| j.organisation.id.clone()));
                    let mine = |id: &String| me.organizations.iter().any(|mine| mine.id == *id);
                    let first = || me.organizations.first().map(|first| first.id.clone());
                    self.organisation.set(kept.filter(mine).or_else(first).unwrap_or_default());
                    self.line.set_value(Some(line));
                    self.me.set(Some(me));
                    self.touch();
                    self.watch();
                }
                Err(trouble) => self.trouble.set(Some(trouble)),
            }
        });
    }

    /// Forgets the key, and what was read with it.
    pub fn forget(self) {
        self.interrupt();
        if untrack(|| self.is_rehearsal()) {
            // The platform goes with the rehearsal.
            self.give_up();
        }
        self.line.set_value(None);
        self.me.set(None);
        self.datasets.set(None);
        self.dataset.set(None);
        self.replaces.set(None);
        self.published.set(Published::None);
        self.trouble.set(None);
    }

    /// The key was used now.
    fn touch(self) {
        self.used.set_value(js_sys::Date::now());
    }

    /// Forgets the key once it has not been used for a while.
    fn watch(self) {
        set_timeout(
            move || {
                if self.me.with_untracked(Option::is_none) {
                    return;
                }
                let idle = js_sys::Date::now() - self.used.get_value() > IDLE;
                if idle && !self.running.get_untracked() {
                    self.forget();
                } else {
                    self.watch();
                }
            },
            WATCH,
        );
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
            None => browser::fetch_file(file.url.as_deref()?).await.ok(),
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
        self.running.set(true);
        self.name.set_value(name.clone());
        studio.ask(crate::protocol::Request::Parcel { name, now: browser::now() });
    }

    /// Starts a publication, or goes on with the one that was interrupted, now that its bytes are at hand.
    pub fn start(self, parcel: Parcel, table: Blob) {
        let Some(instance) = untrack(|| self.instance()).filter(|_| self.running.get_untracked()) else { return };
        let kept = self.journal.get_untracked().filter(|journal| journal.instance == instance);
        if kept.as_ref().is_some_and(|journal| !journal.tells_of(&parcel)) {
            self.work.set_value(None);
            self.running.set(false);
            return self.other.set(true);
        }
        let journal = kept.unwrap_or_else(|| {
            let target = match self.dataset.get_untracked() {
                None => Target::New,
                Some(dataset) => {
                    let describe = self.written(&dataset.id);
                    Target::Existing { dataset: dataset.id, replaces: self.replaces.get_untracked(), describe }
                }
            };
            Journal::new(chance(), instance, &self.organisation.get_untracked(), target, &parcel)
        });
        self.work.set_value(Some(Work { publication: Publication::new(journal, parcel), table }));
        self.run();
    }

    /// Makes the requests one by one. The journal is kept before each.
    fn run(self) {
        let Some(line) = self.line.get_value() else { return self.running.set(false) };
        let stop = AbortController::new().ok();
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
                        self.weigh(&call);
                        let answer = line.ask(&call, Some(&table), stop.as_ref()).await;
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

    /// Counts what a request carries, where it leaves the computer: it may have arrived even where no answer comes.
    fn weigh(self, call: &Call) {
        let size = call.body.size();
        if let Place::Platform(instance) = self.place.get_untracked()
            && size > 0
        {
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
