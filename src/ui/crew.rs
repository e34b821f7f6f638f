use std::collections::VecDeque;

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::{
    intake::Companion,
    protocol::{Overview, Reply, Request},
    worker::Client,
};

/// What a project starts from: enough to start it again.
#[derive(Debug, Clone)]
pub enum Origin {
    /// Files of the agent, of one shape, with what describes them where it came with them.
    Files(Vec<File>, Option<Companion>),
    /// An empty table to be filled in, written by the studio itself as this file.
    Blank(File),
    /// The example that the program carries.
    Example,
}

impl Origin {
    /// Its name, where the agent gave it one.
    pub fn name(&self) -> String {
        match self {
            Origin::Files(files, _) => files.first().map(File::name).unwrap_or_default(),
            Origin::Blank(file) => file.name(),
            Origin::Example => String::new(),
        }
    }

    fn send(&self, client: &Client) {
        match self {
            Origin::Files(files, companion) => {
                client.send(&Request::Open(companion.clone()), Some(&files.iter().collect::<Array>()))
            }
            Origin::Blank(file) => client.send(&Request::Open(None), Some(&Array::of1(file))),
            Origin::Example => client.send(&Request::OpenExample, None),
        }
    }
}

/// The number of the first worker taken on.
const FIRST: u32 = 1;

/// The page's workers. One holds the project; a new file is read by another, which takes its place once the
/// file is read: a file that cannot be read, or a reading stopped, costs the project nothing. A project that was worked on is
/// set aside then, whole: the agent may go back to it. What was
/// asked of the project is written down, so that a worker that dies is replaced by one that does it all again.
#[derive(Debug, Default)]
pub struct Crew {
    hired: u32,
    /// One that has nothing to do yet.
    spare: Option<Member>,
    project: Option<Project>,
    /// The project worked on before this one.
    aside: Option<Project>,
    /// The project, while another worker does it again.
    returning: Option<Candidate>,
    /// A new file being read.
    arriving: Option<Candidate>,
}

#[derive(Debug)]
struct Member {
    id: u32,
    client: Client,
    ready: bool,
}

#[derive(Debug)]
struct Project {
    member: Member,
    origin: Origin,
    /// The name of its file, as its worker tells it: the example has one too.
    file: String,
    /// What was asked and done since it started.
    done: Vec<Request>,
    /// What was asked and not answered yet.
    asked: VecDeque<Request>,
}

/// A project on its way: its file is read, then what is left is done.
#[derive(Debug)]
struct Candidate {
    member: Member,
    origin: Origin,
    /// What is left to do.
    left: VecDeque<Request>,
    /// What was done.
    done: Vec<Request>,
    /// The text of its schema, as last told: there may be none.
    schema: Option<String>,
    /// Its state, once its file is read.
    state: Option<Box<Overview>>,
    /// What could not be done.
    refused: Option<Reply>,
}

/// A project that has come.
#[derive(Debug)]
pub struct Arrived {
    /// Its state.
    pub state: Overview,
    /// The text of its schema, where it has one.
    pub schema: Option<String>,
    /// What could not be done of what it was to be given.
    pub refused: Option<Reply>,
}

/// What a reply, or a death, means for the page.
#[derive(Debug)]
pub enum News {
    /// Something of the present project, or of the file being read.
    Reply(Reply),
    /// A new project has taken the place of the former one.
    Arrived(Box<Arrived>),
    /// The project is back as it was.
    Back(Box<Arrived>),
    /// The new file was too much for its worker; the former project is there.
    ArrivalDied(String),
    /// The worker of the project is gone; the project is being done again.
    Recovering,
    /// The project cannot be done again.
    Lost,
    /// Nothing that concerns the page.
    Nothing,
}

impl Crew {
    /// Takes a worker on, which tells its replies and its death with its number.
    pub fn hire(&mut self, spawn: impl FnOnce(u32) -> Result<Client, JsValue>) -> Result<(), JsValue> {
        if self.spare.is_none() {
            self.hired += 1;
            self.spare = Some(Member { id: self.hired, client: spawn(self.hired)?, ready: false });
        }
        Ok(())
    }

    /// Whether a new file is being read.
    pub fn is_opening(&self) -> bool {
        self.arriving.is_some()
    }

    /// Whether the project is being done again.
    pub fn is_recovering(&self) -> bool {
        self.returning.is_some()
    }

    /// Gives the spare worker files to read, and what to do then. Those still being read are given up. `false` where
    /// there is no worker.
    pub fn open(&mut self, origin: Origin, then: Vec<Request>) -> bool {
        self.give_up();
        self.arriving = self.candidate(origin, then.into());
        self.arriving.is_some()
    }

    fn candidate(&mut self, origin: Origin, left: VecDeque<Request>) -> Option<Candidate> {
        let member = self.spare.take()?;
        if member.ready {
            origin.send(&member.client);
        }
        Some(Candidate { member, origin, left, done: Vec::new(), schema: None, state: None, refused: None })
    }

    /// Stops reading a new file; `true` where there was one.
    pub fn give_up(&mut self) -> bool {
        self.arriving.take().inspect(|arrival| arrival.member.client.end()).is_some()
    }

    /// Starts the project again, without what was asked and not done yet. A spare worker must have been hired.
    pub fn start_again(&mut self) -> News {
        let Some(Project { member, origin, done, .. }) = self.project.take() else { return News::Nothing };
        member.client.end();
        self.returning = self.candidate(origin, done.into());
        if self.is_recovering() { News::Recovering } else { News::Lost }
    }

    /// Whether the project has a worker.
    pub fn has_project(&self) -> bool {
        self.project.is_some()
    }

    /// Whether the project is a table that was empty: there is no file to read another way.
    pub fn is_blank(&self) -> bool {
        let kept = self.project.as_ref().map(|project| &project.origin);
        let origin = kept.or(self.returning.as_ref().map(|candidate| &candidate.origin));
        matches!(origin, Some(Origin::Blank(_)))
    }

    /// Asks the project's worker, with what rides beside. What changes a project that is being done again is done after the
    /// rest.
    pub fn ask(&mut self, request: Request, beside: Option<&JsValue>) {
        let Some(project) = &mut self.project else {
            if let Some(returning) = self.returning.as_mut().filter(|_| request.changes()) {
                returning.left.push_back(request);
            }
            return;
        };
        project.member.client.send(&request, beside);
        // The worker gives up a reading for the next one, and answers that one alone.
        if matches!(request, Request::Read(_)) {
            project.asked.retain(|asked| !matches!(asked, Request::Read(_)));
        }
        if request.changes() {
            project.asked.push_back(request);
        }
    }

    /// The name of the project set aside, where there is one.
    pub fn aside(&self) -> Option<String> {
        self.aside.as_ref().map(|project| project.file.clone())
    }

    /// Takes up the project set aside, and sets this one aside; `false` where there is none.
    pub fn swap(&mut self) -> bool {
        let (Some(aside), Some(project)) = (&mut self.aside, &mut self.project) else { return false };
        std::mem::swap(aside, project);
        project.member.client.send(&Request::State, None);
        project.asked.push_back(Request::State);
        true
    }

    /// Hears a worker. A project that gives its place to a new one is set aside where it is worth it: `worked` tells.
    pub fn hear(&mut self, id: u32, reply: Reply, worked: bool) -> News {
        let is = |member: &Member| member.id == id;
        if let Some(spare) = self.spare.as_mut().filter(|spare| is(spare)) {
            spare.ready = true;
            // The first one rehearses while the agent looks for a file; those that follow run the same compiled program.
            if id == FIRST {
                spare.client.send(&Request::Rehearse, None);
            }
            return News::Nothing;
        }
        if let Some(mut arrival) = self.arriving.take_if(|arrival| is(&arrival.member)) {
            let heard = arrival.hear(reply);
            return match heard {
                Heard::Come => News::Arrived(self.settle(arrival, worked)),
                // The worker is as good as new.
                Heard::Refused(reply) => {
                    match &self.spare {
                        Some(_) => arrival.member.client.end(),
                        None => self.spare = Some(arrival.member),
                    }
                    News::Reply(reply)
                }
                Heard::Told(reply) => {
                    self.arriving = Some(arrival);
                    reply.map_or(News::Nothing, News::Reply)
                }
            };
        }
        if let Some(mut arrival) = self.returning.take_if(|arrival| is(&arrival.member)) {
            let heard = arrival.hear(reply);
            return match heard {
                Heard::Come => News::Back(self.settle(arrival, false)),
                // Its file is not what it was.
                Heard::Refused(_) => {
                    arrival.member.client.end();
                    News::Lost
                }
                Heard::Told(reply) => {
                    self.returning = Some(arrival);
                    // How far a new file is comes first.
                    reply.filter(|_| !self.is_opening()).map_or(News::Nothing, News::Reply)
                }
            };
        }
        if let Some(aside) = self.aside.as_mut().filter(|project| is(&project.member)) {
            aside.hear(&reply);
            return News::Nothing;
        }
        let Some(project) = self.project.as_mut().filter(|project| is(&project.member)) else { return News::Nothing };
        project.hear(&reply);
        News::Reply(reply)
    }

    /// Gives a project that has come the place of the former one, which is set aside where it is worth it.
    fn settle(&mut self, arrival: Candidate, worth: bool) -> Box<Arrived> {
        let Candidate { member, origin, done, schema, state, refused, .. } = arrival;
        let state = state.map(|state| *state).unwrap_or_default();
        let file = state.file.clone();
        let former = self.project.replace(Project { member, origin, file, done, asked: VecDeque::new() });
        let over = if worth && former.is_some() { std::mem::replace(&mut self.aside, former) } else { former };
        let members = over.map(|project| project.member).into_iter().chain(self.returning.take().map(|arrival| arrival.member));
        members.for_each(|member| member.client.end());
        Box::new(Arrived { state, schema, refused })
    }

    /// Hears that a worker has died. Where it had the project, a spare worker must have been hired.
    pub fn mourn(&mut self, id: u32) -> News {
        let is = |member: &Member| member.id == id;
        // A worker that fails keeps what it holds until it is ended.
        if let Some(arrival) = self.arriving.take_if(|arrival| is(&arrival.member)) {
            arrival.member.client.end();
            return News::ArrivalDied(arrival.origin.name());
        }
        if let Some(arrival) = self.returning.take_if(|arrival| is(&arrival.member)) {
            arrival.member.client.end();
            return News::Lost;
        }
        if self.project.as_ref().is_some_and(|project| is(&project.member)) {
            return self.start_again();
        }
        if let Some(aside) = self.aside.take_if(|project| is(&project.member)) {
            aside.member.client.end();
        }
        if let Some(spare) = self.spare.take_if(|spare| is(spare)) {
            spare.client.end();
        }
        News::Nothing
    }
}

impl Project {
    /// Notes what was done of what was asked.
    fn hear(&mut self, reply: &Reply) {
        match reply {
            Reply::Overview(_) => self.done.extend(self.asked.pop_front()),
            Reply::Failed | Reply::Refused { .. } | Reply::SchemaRefused(_) | Reply::RecipeRefused(_) => {
                self.asked.pop_front();
            }
            _ => {}
        }
    }
}

/// What a reply means for a project on its way.
enum Heard {
    /// Something that the page may be told.
    Told(Option<Reply>),
    /// It has come.
    Come,
    /// It cannot come.
    Refused(Reply),
}

impl Candidate {
    fn hear(&mut self, reply: Reply) -> Heard {
        match reply {
            Reply::Ready => {
                self.member.ready = true;
                self.origin.send(&self.member.client);
                Heard::Told(None)
            }
            Reply::Overview(state) => {
                self.state = Some(state);
                self.advance()
            }
            // What was to be done next cannot be: the rest is, and the page says why.
            Reply::SchemaRefused(_) | Reply::RecipeRefused(_) | Reply::Refused { .. } | Reply::Failed if self.state.is_some() => {
                self.done.pop();
                self.refused = Some(reply);
                self.advance()
            }
            Reply::Refused { .. } | Reply::Failed => Heard::Refused(reply),
            // The former project keeps its own until then.
            Reply::Schema(text) => {
                self.schema = text;
                Heard::Told(None)
            }
            Reply::Done(_) | Reply::Replayed { .. } => Heard::Told(None),
            other => Heard::Told(Some(other)),
        }
    }

    /// Does what is left to do.
    fn advance(&mut self) -> Heard {
        let Some(next) = self.left.pop_front() else { return Heard::Come };
        self.member.client.send(&next, None);
        self.done.push(next);
        Heard::Told(None)
    }
}
