use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent, Url, Window};

/// The page of the site that comes last in a window opened for a sign-in, and hands its query back.
const CALLBACK: &str = "callback.html";
/// What the callback page speaks through.
const CHANNEL: &str = "atelier-sign-in";

/// A window opened for a sign-in. What the site's callback page hands back is heard until this is dropped, which closes it.
///
/// It comes by two ways. A channel of the site's own origin holds even where the platform's pages cut a window off from the
/// one that opened it (`Cross-Origin-Opener-Policy`); a message to the opener holds where the studio is framed by another site,
/// for there the browser gives the frame a channel of its own.
pub struct Popup {
    window: Window,
    channel: Option<BroadcastChannel>,
    heard: Closure<dyn Fn(MessageEvent)>,
}

impl Popup {
    /// Opens an address, in a click: browsers refuse it elsewhere. `None` where they refuse.
    pub fn open(address: &str, heard: impl Fn(String) + 'static) -> Option<Popup> {
        let opened = window().open_with_url_and_target_and_features(address, CHANNEL, "popup,width=640,height=760").ok()??;
        let (origin, source) = (window().origin(), opened.clone());
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            // A channel names no source: what speaks there is of the origin.
            let ours = event.source().is_none_or(|from| js_sys::Object::is(&from, &source));
            if let Some(query) = event.data().as_string().filter(|_| ours && event.origin() == origin) {
                heard(query);
            }
        });
        let function = heard.as_ref().unchecked_ref();
        // Without one of the two ways there is the other.
        let _ = window().add_event_listener_with_callback("message", function);
        let channel = BroadcastChannel::new(CHANNEL).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(function));
        }
        Some(Popup { window: opened, channel, heard })
    }

    /// Whether it is closed, or has been cut off from this page: browsers do not tell which.
    pub fn is_closed(&self) -> bool {
        self.window.closed().unwrap_or(true)
    }
}

impl Drop for Popup {
    fn drop(&mut self) {
        // What cannot be closed is closed by its reader.
        let _ = self.window.close();
        let _ = window().remove_event_listener_with_callback("message", self.heard.as_ref().unchecked_ref());
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

/// The address of the callback page. `None` where no platform could send people back to it: from the disk, and in a sandboxed
/// frame.
pub fn callback() -> Option<String> {
    let here = window().location().href().ok().filter(|_| window().origin() != "null")?;
    Url::new_with_base(CALLBACK, &here).ok().map(|url| url.href())
}
