//! Signing in on the platform's own page, in a window of its own: the work at hand stays where it is.

use std::time::Duration;

use leptos::prelude::*;

use super::{line::Line, sending::Sending};
use crate::{
    browser::{Popup, call_platform, callback, chance},
    publish::{Call, Grant, Instance, SignIn, SignInError},
    ui::{parts::small_icon, studio::Studio},
};

/// How often the window is looked at.
const GLANCE: Duration = Duration::from_millis(500);

/// How far a sign-in is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInState {
    /// The agent is on the platform's page.
    Open,
    /// The browser opens no window.
    Blocked,
    /// The window was closed, or the platform has cut it off: its answer is taken all the same, if one comes.
    Closed,
    /// The agent declined.
    Declined,
    /// The platform gave nothing.
    Refused,
    /// What came back was the answer of another sign-in.
    Foreign,
    /// Nothing tells that the platform withdrew the token.
    Lingering(Instance),
}

impl Sending {
    /// Whether there is another way in than a key.
    pub fn offers_sign_in(self) -> bool {
        self.client().is_some() && callback().is_some()
    }

    /// Opens the platform's page, in the click itself.
    fn sign_in(self, client: &str, back: &str) {
        let Some(instance) = untrack(|| self.instance()) else { return };
        let question = SignIn::new(chance(), client, back);
        let page = question.page(&instance);
        // A former window, and what it would hand back, go first.
        self.popup.set_value(None);
        let popup = Popup::open(&page, move |query| self.answered_by(&instance, &question.token(&query)));
        self.sign_in.set(Some(if popup.is_some() { SignInState::Open } else { SignInState::Blocked }));
        self.popup.set_value(popup);
        self.glance();
    }

    /// Says so when the window is closed.
    fn glance(self) {
        let look = move || {
            let waits = self.sign_in.with_untracked(|state| *state == Some(SignInState::Open));
            match self.popup.with_value(|popup| popup.as_ref().filter(|_| waits).map(Popup::is_closed)) {
                Some(true) => self.sign_in.set(Some(SignInState::Closed)),
                Some(false) => self.glance(),
                None => {}
            }
        };
        set_timeout(look, GLANCE);
    }

    /// Takes what the window handed back.
    fn answered_by(self, instance: &Instance, token: &Result<Call, SignInError>) {
        let state = match token {
            // It comes by two ways: the second finds the first being followed.
            _ if self.asking.get_untracked() => return,
            Ok(call) => {
                self.exchange(instance.clone(), call.clone());
                return;
            }
            // Another page of this site may be signing in too: this one still waits for its own.
            Err(SignInError::NotOurs) => return self.sign_in.set(Some(SignInState::Foreign)),
            Err(SignInError::Declined) => SignInState::Declined,
            Err(SignInError::Refused) => SignInState::Refused,
        };
        self.sign_in.set(Some(state));
        self.hang_up();
    }

    /// Turns the platform's answer into a token, which stays in memory, and goes in with it.
    fn exchange(self, instance: Instance, call: Call) {
        self.asking.set(true);
        self.sign_in.set(None);
        self.weigh(call.body.size());
        leptos::task::spawn_local(async move {
            let answer = call_platform(&call, &instance, None, None, None).await;
            match answer.and_then(|answer| Grant::read(&answer).ok()) {
                Some(token) => self.enter(Line::Network(instance, token)),
                None => {
                    self.asking.set(false);
                    self.popup.set_value(None);
                    self.sign_in.set(Some(SignInState::Refused));
                }
            }
        });
    }

    /// Closes the window, once what it said has been heard to the end.
    fn hang_up(self) {
        set_timeout(move || self.popup.set_value(None), Duration::ZERO);
    }
}

/// The button that opens the platform's page, where the platform knows this site.
#[component]
pub fn SignInButton() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    let say = move |template| studio.fill(template, &[("host", &sending.host(words))]);
    move || {
        let (client, back) = sending.client().zip(callback())?;
        Some(view! {
            <div class="stack g1">
                <p>
                    <button
                        class="btn btn-main"
                        type="button"
                        id="sign-in"
                        aria-describedby="sign-in-h"
                        disabled=move || sending.asking.get()
                        on:click=move |_| sending.sign_in(&client, &back)
                    >
                        {small_icon("globe")}{say(words.sign_in)}
                    </button>
                </p>
                <p class="hint" id="sign-in-h">{say(words.sign_in_hint)}</p>
            </div>
        })
    }
}

/// What there is to say of a sign-in.
#[component]
pub fn SignInSaid() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    let said = move || {
        let state = sending.sign_in.get()?;
        let template = match &state {
            SignInState::Open => words.sign_in_open,
            SignInState::Blocked => words.sign_in_blocked,
            SignInState::Closed => words.sign_in_closed,
            SignInState::Declined => words.sign_in_declined,
            SignInState::Refused => words.sign_in_refused,
            SignInState::Foreign => words.sign_in_foreign,
            SignInState::Lingering(_) => words.sign_out_failed,
        };
        let host = match &state {
            SignInState::Lingering(instance) => instance.host().to_owned(),
            _ => sending.host(words),
        };
        let (class, mark) = if state == SignInState::Open { ("banner", "globe") } else { ("banner warn", "warn") };
        let said = studio.fill(template, &[("host", &host)]);
        Some(view! { <p class=class id="sign-in-said">{small_icon(mark)}<span>{said}</span></p> })
    };
    view! { <div role="status">{said}</div> }
}
