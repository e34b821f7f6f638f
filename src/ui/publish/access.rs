//! What opens the platform's doors: taken, used, forgotten.

use std::time::Duration;

use leptos::prelude::*;

use super::{described::Published, line::Line, place::Place, sending::Sending, sign_in::SignInState};
use crate::{
    browser::call_platform,
    i18n::PublishWords,
    publish::{Credential, Me, Trouble, api, revoke},
};

/// Without use for that long, a key is forgotten.
const IDLE: f64 = 15.0 * 60_000.0;
/// How often it is looked at.
const WATCH: Duration = Duration::from_secs(20);

impl Sending {
    /// Connects with a key, which stays in memory; without one for a rehearsal.
    pub fn connect(self, key: String, organisation: String) {
        match self.place.get_untracked() {
            Place::Rehearsal => self.enter(Line::rehearsal(&organisation)),
            Place::Platform(platform) => self.enter(Line::Network(platform.instance, Credential::Key(key))),
        }
    }

    /// Asks the platform who the key or the token belongs to.
    pub(super) fn enter(self, line: Line) {
        self.trouble.set(None);
        self.sign_in.set(None);
        self.popup.set_value(None);
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
                Err(Trouble::Key(_)) if line.is_signed_in() => self.sign_in.set(Some(SignInState::Refused)),
                Err(trouble) => {
                    self.withdraw(line);
                    self.trouble.set(Some(trouble));
                }
            }
        });
    }

    /// Forgets the key, and what was read with it; a token is withdrawn on the platform too.
    pub fn forget(self) {
        self.interrupt();
        if let Some(line) = self.line.try_update_value(Option::take).flatten() {
            self.withdraw(line);
        }
        if untrack(|| self.is_rehearsal()) {
            // The platform goes with the rehearsal.
            self.give_up();
        }
        self.popup.set_value(None);
        self.sign_in.set(None);
        self.me.set(None);
        self.datasets.set(None);
        self.dataset.set(None);
        self.replaces.set(None);
        self.published.set(Published::None);
        self.trouble.set(None);
    }

    /// Whether the agent came in by the platform's own page.
    pub fn is_signed_in(self) -> bool {
        self.line.with_value(|line| line.as_ref().is_some_and(Line::is_signed_in))
    }

    /// What leaving is called.
    pub fn leave(self, words: &PublishWords) -> &'static str {
        match self.is_rehearsal() {
            true => words.leave_rehearsal,
            false if self.is_signed_in() => words.sign_out,
            false => words.disconnect,
        }
    }

    /// The client that the platform chosen registered for this site.
    pub(super) fn client(self) -> Option<String> {
        self.place.with(|place| match place {
            Place::Platform(platform) => platform.client.clone(),
            Place::Rehearsal => None,
        })
    }

    /// Has the platform withdraw a token; a key is the agent's own, and may serve elsewhere.
    fn withdraw(self, line: Line) {
        let (Some(client), Line::Network(instance, credential)) = (untrack(|| self.client()), line) else { return };
        let Some(call) = revoke(&client, &credential) else { return };
        self.weigh(call.body.size());
        leptos::task::spawn_local(async move {
            let answer = call_platform(&call, &instance, None, None, None).await;
            if answer.is_none_or(|answer| answer.status != 200) {
                self.sign_in.set(Some(SignInState::Lingering(instance)));
            }
        });
    }

    /// The key was used now.
    pub(super) fn touch(self) {
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
}
