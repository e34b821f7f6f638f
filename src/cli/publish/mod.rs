//! `atelier publish`: a pack, sent to a platform step by step.

mod lock;
mod pack;
mod transport;

use std::{
    ffi::OsString,
    fs,
    hash::{BuildHasher, Hasher, RandomState},
    path::{Path, PathBuf},
};

use super::CliError;
use crate::{
    i18n::{self, Arg, Locale},
    publish::{AddressError, Credential, Event, Field, Instance, Journal, Next, Outcome, Publication, Summary, Target, Trouble},
};
use lock::Lock;
use pack::Pack;
use transport::Transport;

/// What `atelier publish` was asked.
struct Order {
    pack: PathBuf,
    instance: Instance,
    organisation: String,
    credential: Credential,
    /// The dataset, where it is there already.
    dataset: Option<String>,
    /// The file of it to replace.
    resource: Option<String>,
    describe: bool,
    public: bool,
    dry: bool,
    journal: PathBuf,
}

/// Publishes a pack, or goes on with what was interrupted; `true` where all is as it was asked.
///
/// # Errors
/// Where the arguments are wrong, the pack or the journal cannot be read or written, or the platform cannot be reached.
pub fn run(arguments: &[OsString]) -> Result<bool, CliError> {
    let order = Order::parse(arguments)?;
    let pack = Pack::read(&order.pack)?;
    // What only asks writes nothing.
    let _lock = if order.dry { None } else { Some(Lock::take(&order.journal)?) };
    let mut publication = Publication::new(order.journal(&pack)?, pack.parcel.clone());
    if order.public {
        publication.make_public();
    }
    order.carry_out(&mut publication, &pack)
}

impl Order {
    fn parse(arguments: &[OsString]) -> Result<Order, CliError> {
        let mut rest = arguments.iter();
        let (mut pack, mut instance, mut organisation, mut variable) = (None, None, None, None);
        let (mut dataset, mut resource, mut journal) = (None, None, None);
        let (mut describe, mut public, mut dry) = (false, false, false);
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(CliError::Usage);
            let text = |value: &OsString| value.to_str().map(str::to_owned).ok_or(CliError::Usage);
            match argument.to_str() {
                Some("--instance") => instance = Some(text(value()?)?),
                Some("--organization") => organisation = Some(text(value()?)?),
                Some("--key-env") => variable = Some(text(value()?)?),
                Some("--dataset") => dataset = Some(text(value()?)?),
                Some("--resource") => resource = Some(text(value()?)?),
                Some("--journal") => journal = Some(PathBuf::from(value()?)),
                Some("--describe") => describe = true,
                Some("--public") => public = true,
                Some("--dry-run") => dry = true,
                Some(option) if option.starts_with("--") => return Err(CliError::Usage),
                _ if pack.is_none() => pack = Some(PathBuf::from(argument)),
                _ => return Err(CliError::Usage),
            }
        }
        let (Some(pack), Some(address), Some(organisation), Some(variable)) = (pack, instance, organisation, variable) else {
            return Err(CliError::Usage);
        };
        if dataset.is_none() && (resource.is_some() || describe) {
            return Err(CliError::Usage);
        }
        let instance = Instance::new(&address).map_err(|error| refused(&error, &address, ""))?;
        let dataset =
            dataset.map(|dataset| instance.dataset(&dataset).map_err(|error| refused(&error, &dataset, instance.host())));
        let key = std::env::var(&variable).unwrap_or_default().trim().to_owned();
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(CliError::NoKey(variable));
        }
        let journal = journal.unwrap_or_else(|| beside(&pack));
        let credential = Credential::Key(key);
        Ok(Order {
            dataset: dataset.transpose()?,
            pack,
            instance,
            organisation,
            credential,
            resource,
            describe,
            public,
            dry,
            journal,
        })
    }

    /// The journal to go on with: the one kept, one that follows it where the pack holds another table, or a new one.
    fn journal(&self, pack: &Pack) -> Result<Journal, CliError> {
        let fresh = || {
            let target = match &self.dataset {
                None => Target::New,
                Some(dataset) => {
                    let (dataset, replaces) = (dataset.clone(), self.resource.clone());
                    Target::Existing { dataset, replaces, describe: self.written() }
                }
            };
            Journal::new(chance(), self.instance.clone(), &self.organisation, target, &pack.parcel)
        };
        let kept = match fs::read_to_string(&self.journal) {
            Ok(text) => Journal::read(&text).ok_or_else(|| CliError::NoJournal(shown(&self.journal)))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(fresh()),
            Err(error) => return Err(CliError::NoFile { path: shown(&self.journal), why: error.kind() }),
        };
        if !self.is_for(&kept) {
            return Err(CliError::OtherJournal(shown(&self.journal)));
        }
        if kept.tells_of(&pack.parcel) {
            return Ok(if self.describe { Journal { describe: self.written(), ..kept } } else { kept });
        }
        let follows = kept.followed_by(chance(), &pack.parcel, self.written()).filter(|_| self.resource.is_none());
        Ok(follows.unwrap_or_else(fresh))
    }

    /// What is written over in the description of a dataset that is there.
    fn written(&self) -> Vec<Field> {
        if self.describe { Field::ALL.to_vec() } else { Vec::new() }
    }

    /// Whether a journal is that of what is asked.
    fn is_for(&self, journal: &Journal) -> bool {
        let dataset = self.dataset.as_ref();
        journal.instance == self.instance
            && journal.organisation.id == self.organisation
            && (dataset.is_none() || dataset == journal.dataset.as_ref() || dataset == journal.asked.as_ref())
    }

    /// Makes the requests one by one, and tells what comes of each in a line.
    fn carry_out(&self, publication: &mut Publication, pack: &Pack) -> Result<bool, CliError> {
        let locale = Locale::default();
        let transport = Transport::new(&self.instance, &self.credential);
        let mut written = false;
        loop {
            match publication.next() {
                Next::Ask(call) if self.dry && !call.is_read() => {
                    self.notices(publication.journal());
                    println!("{}", i18n::publish_plan(locale, publication.journal()).unwrap_or_default());
                    return Ok(true);
                }
                Next::Ask(call) => {
                    if !self.dry {
                        self.keep(publication.journal())?;
                    }
                    written |= !call.is_read();
                    let (outcome, why) = match transport.send(&call, &pack.table) {
                        Ok(answer) => (Outcome::Answered(answer), None),
                        Err(why) => (Outcome::Lost, Some(why)),
                    };
                    if let Some(event) = publication.answered(outcome) {
                        let mark = if event == Event::Lost { '…' } else { '✓' };
                        let why = why.map_or(String::new(), |why| format!(" ({why})"));
                        println!("{mark} {}{why}", i18n::publish_event(locale, &event, &self.instance));
                    }
                }
                Next::Wait(pause) => {
                    std::thread::sleep(pause);
                    publication.waited();
                }
                Next::Stop(trouble) => {
                    if !self.dry {
                        self.keep(publication.journal())?;
                    }
                    return self.stopped(&trouble);
                }
                Next::Done(summary) => {
                    if !self.dry {
                        self.keep(publication.journal())?;
                    }
                    self.notices(publication.journal());
                    if !written {
                        println!("{}", locale.publish_words().nothing_new);
                    }
                    self.tell(&summary);
                    return Ok(true);
                }
            }
        }
    }

    /// Tells why it stops: what cannot be reached was not judged, what is refused was.
    fn stopped(&self, trouble: &Trouble) -> Result<bool, CliError> {
        let (title, text) = i18n::publish_trouble(Locale::default(), trouble, &self.instance);
        match trouble {
            Trouble::Unreachable | Trouble::Failing | Trouble::Busy | Trouble::Unreadable | Trouble::Moved => {
                Err(CliError::Stopped(format!("✗ {title} {text}")))
            }
            _ => {
                eprintln!("✗ {title} {text}");
                Ok(false)
            }
        }
    }

    fn notices(&self, journal: &Journal) {
        let told = journal.notices.iter().map(|notice| i18n::publish_notice(Locale::default(), notice, &self.instance));
        told.for_each(|line| println!("! {line}"));
    }

    fn tell(&self, summary: &Summary) {
        let locale = Locale::default();
        let words = locale.publish_words();
        let template = if summary.private { words.draft } else { words.public };
        let args = [("what", Arg::Text(&summary.title)), ("n", Arg::Count(summary.points.into()))];
        println!("{}", locale.fill(template, &args));
        summary.page.iter().chain(&summary.files).for_each(|address| println!("  {address}"));
    }

    /// Writes the journal down, whole or not at all.
    fn keep(&self, journal: &Journal) -> Result<(), CliError> {
        let draft = self.journal.with_extension("json.new");
        let written = fs::write(&draft, journal.text()).and_then(|()| fs::rename(&draft, &self.journal));
        written.map_err(|error| CliError::NotWritten { path: shown(&self.journal), why: error.kind() })
    }
}

/// Where the journal of a pack is kept: beside it, under its name.
fn beside(pack: &Path) -> PathBuf {
    let mut name = pack.file_name().unwrap_or(pack.as_os_str()).to_owned();
    name.push(".publication.json");
    pack.with_file_name(name)
}

fn refused(error: &AddressError, address: &str, host: &str) -> CliError {
    CliError::Address(i18n::address_error(Locale::default(), error, address, host))
}

/// Bytes that no other publication has: the standard library seeds its hashers from the system's chance.
fn chance() -> [u8; 16] {
    let mut bytes = [0; 16];
    for half in bytes.chunks_mut(8) {
        half.copy_from_slice(&RandomState::new().build_hasher().finish().to_be_bytes());
    }
    bytes
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
