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
    /// The example that the program carries.
    Example,
}

impl Origin {
    /// Its name, where the agent gave it one.
    pub fn name(&self) -> String {
        match self {
            Origin::Files(files, _) => files.first().map(File::name).unwrap_or_default(),
            Origin::Example => String::new(),
        }
    }

    fn send(&self, client: &Client) {
        match self {
            Origin::Files(files, companion) => {
                client.send(&Request::Open(companion.clone()), Some(&files.iter().collect::<Array>()))
            }
            Origin::Example => client.send(&Request::OpenExample, None),
        }
    }
}

/// The number of the first worker taken on.
const FIRST: u32 = 1;

/// The page's workers. One holds the project; a new file is read by another, which takes its place once the
/// file is read: a file that cannot be read, or a reading stopped, costs the project nothing. What was
/// asked of the project is written down, so that a worker that dies is replaced by one that does it all again.
#[derive(Debug, Default)]
pub struct Crew {
    hired: u32,
    /// One that has nothing to do yet.
    spare: Option<Member>,
    project: Option<Project>,
    arriving: Option<Arrival>,
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
    /// What was asked and done since it started.
    done: Vec<Request>,
    /// What was asked and not answered yet.
    asked: VecDeque<Request>,
}

#[derive(Debug)]
struct Arrival {
    member: Member,
    origin: Origin,
    /// What is left to do again, for a project that is started again.
    left: VecDeque<Request>,
    done: Vec<Request>,
    again: bool,
    /// The state of the project, once its file is read.
    state: Option<Box<Overview>>,
    /// What could not be done.
    refused: Option<Reply>,
}

/// What a reply, or a death, means for the page.
#[derive(Debug)]
pub enum News {
    /// Something of the present project, or of the file being read.
    Reply(Reply),
    /// A new project has taken the place of the former one; what could not be done of what it was to be given.
    Arrived(Box<Overview>, Option<Reply>),
    /// The project is back as it was.
    Back(Box<Overview>),
    /// The new file was too much for its worker; the former project is there.
    ArrivalDied(String),
    /// The worker of the project died; the project is being done again.
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

    /// Gives the spare worker files to read, and what to do then. Those still being read are given up. `false` where
    /// there is no worker.
    pub fn open(&mut self, origin: Origin, then: Vec<Request>) -> bool {
        self.give_up();
        self.arrive(origin, then.into(), false)
    }

    fn arrive(&mut self, origin: Origin, left: VecDeque<Request>, again: bool) -> bool {
        let Some(member) = self.spare.take() else { return false };
        if member.ready {
            origin.send(&member.client);
        }
        self.arriving = Some(Arrival { member, origin, left, done: Vec::new(), again, state: None, refused: None });
        true
    }

    /// Stops reading a new file; `true` where there was one.
    pub fn give_up(&mut self) -> bool {
        let arrival = self.arriving.take();
        arrival.inspect(|arrival| arrival.member.client.end()).is_some()
    }

    /// Starts the project again without what was asked and not done yet; `false` where there is none.
    /// A spare worker must have been hired.
    pub fn start_again(&mut self) -> bool {
        let Some(project) = self.project.take() else { return false };
        project.member.client.end();
        self.arrive(project.origin, project.done.into(), true)
    }

    /// Asks the project's worker, with what rides beside.
    pub fn ask(&mut self, request: Request, beside: Option<&JsValue>) {
        let Some(project) = &mut self.project else { return };
        project.member.client.send(&request, beside);
        if request.changes() {
            project.asked.push_back(request);
        }
    }

    /// Hears a worker.
    pub fn hear(&mut self, id: u32, reply: Reply) -> News {
        let is = |member: &Member| member.id == id;
        if let Some(spare) = self.spare.as_mut().filter(|spare| is(spare)) {
            spare.ready = true;
            // The first one rehearses while the agent looks for a file; those that follow run the same compiled program.
            if id == FIRST {
                spare.client.send(&Request::Rehearse, None);
            }
            return News::Nothing;
        }
        if self.arriving.as_ref().is_some_and(|arrival| is(&arrival.member)) {
            return self.hear_arrival(reply);
        }
        let Some(project) = self.project.as_mut().filter(|project| is(&project.member)) else { return News::Nothing };
        match reply {
            Reply::Overview(_) => project.done.extend(project.asked.pop_front()),
            Reply::Failed | Reply::Refused { .. } | Reply::SchemaRefused(_) | Reply::RecipeRefused(_) => {
                project.asked.pop_front();
            }
            _ => {}
        }
        News::Reply(reply)
    }

    fn hear_arrival(&mut self, reply: Reply) -> News {
        let Some(arrival) = &mut self.arriving else { return News::Nothing };
        match reply {
            Reply::Ready => {
                arrival.member.ready = true;
                arrival.origin.send(&arrival.member.client);
                News::Nothing
            }
            Reply::Overview(overview) => {
                arrival.state = Some(overview);
                self.advance()
            }
            // What was to be done next cannot be: the rest is, and the page says why.
            Reply::SchemaRefused(_) | Reply::RecipeRefused(_) | Reply::Refused { .. } | Reply::Failed
                if arrival.state.is_some() =>
            {
                arrival.done.pop();
                arrival.refused = Some(reply);
                self.advance()
            }
            Reply::Refused { .. } | Reply::Failed => {
                self.spare = self.arriving.take().map(|arrival| arrival.member).or(self.spare.take());
                News::Reply(reply)
            }
            Reply::Done(_) | Reply::Replayed { .. } => News::Nothing,
            other => News::Reply(other),
        }
    }

    /// Does what is left to do, then gives the new project the place of the former one.
    fn advance(&mut self) -> News {
        let Some(arrival) = &mut self.arriving else { return News::Nothing };
        if let Some(next) = arrival.left.pop_front() {
            arrival.member.client.send(&next, None);
            arrival.done.push(next);
            return News::Nothing;
        }
        let Some(Arrival { member, origin, done, again, state: Some(state), refused, .. }) = self.arriving.take() else {
            return News::Nothing;
        };
        if let Some(former) = self.project.replace(Project { member, origin, done, asked: VecDeque::new() }) {
            former.member.client.end();
        }
        if again { News::Back(state) } else { News::Arrived(state, refused) }
    }

    /// Hears that a worker has died. Where the project is being done again, a spare worker must have been hired.
    pub fn mourn(&mut self, id: u32) -> News {
        match &self.arriving {
            Some(arrival) if arrival.member.id == id => {
                let (again, name) = (arrival.again, arrival.origin.name());
                self.give_up();
                return if again { News::Lost } else { News::ArrivalDied(name) };
            }
            _ => {}
        }
        match &self.project {
            Some(project) if project.member.id == id => match self.start_again() {
                true => News::Recovering,
                false => News::Lost,
            },
            _ => {
                self.spare = None;
                News::Nothing
            }
        }
    }
}
