//! Signing in on udata's own pages, in a window of its own.

use serde_json::json;
use thirtyfour::WindowHandle;

use super::{another, asked_of_nobody_else, kept, ready, site_with};
use crate::{
    harness::{Studio, in_site},
    udata::{Udata, udata},
};

/// The page that the browser looks at, and the window that the studio opened.
async fn opened(studio: &Studio) -> (WindowHandle, WindowHandle) {
    let here = studio.browser.window().await.unwrap();
    studio.says("#sign-in-said", "Continuez dans la fenêtre de 127.0.0.1:").await;
    let others: Vec<WindowHandle> =
        studio.browser.windows().await.unwrap().into_iter().filter(|window| *window != here).collect();
    assert_eq!(others.len(), 1);
    (here, others[0].clone())
}

/// Presses a button of udata's page, in the window; the agent gives a password first where that is asked.
async fn press_there(studio: &Studio, udata: &Udata, name: &str) {
    let (here, there) = opened(studio).await;
    studio.browser.switch_to_window(there).await.unwrap();
    let button = format!("button[name={name}]");
    studio.see(&format!("[name=password], {button}")).await;
    if studio.count("[name=password]").await > 0 {
        for (field, text) in ["email", "password"].into_iter().zip(udata.login()) {
            studio.fill(&format!("[name={field}]"), text).await;
        }
        studio.click("[type=submit]").await;
    }
    studio.click(&button).await;
    studio.browser.switch_to_window(here).await.unwrap();
    // The window closes by itself.
    while studio.browser.windows().await.unwrap().len() > 1 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[test]
fn an_agent_signs_in_on_the_platform_s_own_page() {
    let Some((udata, _alone)) = udata() else { return };
    let platform = json!({ "address": udata.base(), "client": udata.client() });
    in_site(site_with(udata.base(), "sign-in", platform), async |studio| {
        let port = studio.url().trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
        udata.post(&format!("callback/{port}"));
        let (title, table) = ready(studio).await;
        studio.says("#sign-in", "Se connecter sur 127.0.0.1:").await;
        studio.says("#connect", "avec la clé").await;

        // A page that no platform can send people back to, as one in a sandboxed frame, offers the key alone.
        let place = "[aria-labelledby=t-send] .seg button";
        for (origin, offered) in [("'null'", 0), ("location.origin", 1)] {
            studio.run::<()>(&format!("window.origin = {origin}")).await;
            studio.click(&format!("{place}:last-child")).await;
            studio.click(&format!("{place}:first-child")).await;
            studio.see("#access-key").await;
            assert_eq!(studio.count("#sign-in").await, offered, "{origin}");
        }

        // An hour passes in a moment.
        studio
            .run::<()>(
                "const wait = window.setTimeout, now = Date.now; window.idle = 0; Date.now = () => now() + window.idle;
                 window.setTimeout = (what, long) => wait(what, long === 20000 ? 100 : long)",
            )
            .await;

        studio.run::<()>("window.reallyOpen = window.open; window.open = () => null").await;
        studio.click("#sign-in").await;
        studio.says("#sign-in-said", "Le navigateur a bloqué la fenêtre").await;
        studio.run::<()>("window.open = window.reallyOpen").await;

        studio.click("#sign-in").await;
        let (here, there) = opened(studio).await;
        studio.browser.switch_to_window(there).await.unwrap();
        studio.browser.close_window().await.unwrap();
        studio.browser.switch_to_window(here).await.unwrap();
        studio.says("#sign-in-said", "s’est fermée sans réponse").await;

        studio.click("#sign-in").await;
        press_there(studio, udata, "decline").await;
        studio.says("#sign-in-said", "Vous avez refusé l’accès").await;

        // The answer of another sign-in is left aside, and this one goes on; what the platform refuses is told.
        studio.click("#sign-in").await;
        opened(studio).await;
        studio.run::<()>("new BroadcastChannel('atelier-sign-in').postMessage('?code=abc&state=abc')").await;
        studio.says("#sign-in-said", "elle est ignorée").await;
        studio.click("#sign-in").await;
        let break_token =
            "const ask = window.fetch; window.reallyFetch = ask; window.fetch = (url, how) =>
                 ask(url, url.endsWith('/oauth/token') ? { ...how, body: how.body.replace('code_verifier=', 'code_verifier=x') } : how)";
        studio.run::<()>(break_token).await;
        press_there(studio, udata, "accept").await;
        studio.says("#sign-in-said", "n’a pas confirmé la connexion").await;
        studio.forgive("Failed to load resource").await;
        studio.run::<()>("window.fetch = window.reallyFetch").await;
        assert_eq!(udata.post("tokens"), json!([]));

        // Pages that let no other site hold their window.
        udata.post("apart/1");
        studio.click("#sign-in").await;
        press_there(studio, udata, "accept").await;
        studio.says("[aria-labelledby=t-send]", "Alix Agent").await;
        let token = udata.post("tokens")[0].as_str().unwrap().to_owned();
        studio.click("#send").await;
        studio.says("#sent", "Le brouillon est prêt").await;
        let draft = udata.only(&title);
        assert_eq!((&draft["private"], &draft["organization"]["id"]), (&json!(true), &json!(udata.town())));
        assert_eq!(draft["resources"][0]["checksum"]["value"], atelier::publish::sha1(&table));
        let kept = kept(studio).await;
        assert!(!kept.contains(&token) && !kept.contains("state="), "the token, or what gave it, is kept somewhere");
        asked_of_nobody_else(studio, udata.base()).await;

        // It is withdrawn on the platform when the agent leaves, and after a while without use.
        another(studio).await;
        studio.says_only("#disconnect", "Se déconnecter").await;
        studio.click("#disconnect").await;
        studio.see("#sign-in").await;
        withdrawn(udata).await;
        udata.post("apart/0");
        studio.click("#sign-in").await;
        press_there(studio, udata, "accept").await;
        studio.see("#send").await;
        assert_eq!(udata.post("tokens").as_array().unwrap().len(), 1);
        studio.run::<()>("window.idle = 16 * 60000").await;
        studio.see("#sign-in").await;
        withdrawn(udata).await;
    });
}

async fn withdrawn(udata: &Udata) {
    for _ in 0..100 {
        if udata.post("tokens") == json!([]) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the token still opens the platform");
}
