use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, FormData, Headers, ProgressEvent, RequestCredentials, RequestInit, RequestRedirect, Response,
    ResponseType, XmlHttpRequest,
};

use super::own_host;
use crate::publish::{Answer, Body, Call, Credential, Instance, Slice, form_encoded};

/// What is held of a request under way.
#[derive(Debug, Clone)]
pub struct Underway {
    /// Stops it.
    pub stop: AbortController,
    /// Is told how many bytes of it have left.
    pub moved: RwSignal<u64>,
}

/// Makes a request to a platform: without cookie, for one would come before the key, and without following it elsewhere.
/// `file` holds the bytes that it sends a part of. `None` where nothing came back, or it was stopped.
pub async fn call_platform(
    call: &Call,
    instance: &Instance,
    credential: Option<&Credential>,
    file: Option<&Blob>,
    underway: Option<&Underway>,
) -> Option<Answer> {
    let url = call.url(instance);
    if let Some(underway) = underway.filter(|_| call.body.file_size() > 0 && instance.host() != own_host()) {
        return upload(&url, call, credential, file, underway).await;
    }
    let request = asked(call, credential, file).ok()?;
    if let Some(underway) = underway {
        request.set_signal(Some(&underway.stop.signal()));
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(&url, &request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    // What leads elsewhere is not told where.
    if answer.type_() == ResponseType::Opaqueredirect {
        return Some(Answer { status: 308, body: String::new() });
    }
    let body = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some(Answer { status: answer.status(), body: body.as_string()? })
}

/// Sends bytes of a file by the older of the two ways of browsers, the only one that tells what has left. It would follow a
/// platform that leads elsewhere, which has answered by itself just before, and send the cookies of the site's own host, where
/// it is not used.
async fn upload(
    url: &str,
    call: &Call,
    credential: Option<&Credential>,
    file: Option<&Blob>,
    underway: &Underway,
) -> Option<Answer> {
    let request = XmlHttpRequest::new().ok()?;
    request.open(call.method.name(), url).ok()?;
    for (name, value) in headers(call, credential) {
        request.set_request_header(name, &value).ok()?;
    }
    let moved = underway.moved;
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| moved.set(event.loaded() as u64));
    let target = request.upload().ok()?;
    target.set_onprogress(Some(told.as_ref().unchecked_ref()));
    let stopped = request.clone();
    // It is refused by no request that was sent.
    let stopped = Closure::<dyn Fn()>::new(move || drop(stopped.abort()));
    let signal = underway.stop.signal();
    signal.set_onabort(Some(stopped.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |done, _| request.set_onloadend(Some(&done)));
    let sent = multipart(&call.body, file).and_then(|form| request.send_with_opt_form_data(form.as_ref()));
    if sent.is_ok() {
        // It is never refused.
        let _ = JsFuture::from(ended).await;
    }
    signal.set_onabort(None);
    target.set_onprogress(None);
    let status = request.status().ok().filter(|status| *status > 0)?;
    Some(Answer { status, body: request.response_text().ok()?? })
}

/// The bytes of a part of a file.
pub async fn slice_bytes(file: &Blob, slice: &Slice) -> Option<Vec<u8>> {
    let part = file.slice_with_f64_and_f64(slice.start as f64, slice.end as f64).ok()?;
    let bytes = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

/// Random bytes.
pub fn chance<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Ok(crypto) = window().crypto() {
        // It fails for more bytes than are ever asked.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

fn asked(call: &Call, credential: Option<&Credential>, file: Option<&Blob>) -> Result<RequestInit, JsValue> {
    let request = RequestInit::new();
    request.set_method(call.method.name());
    request.set_credentials(RequestCredentials::Omit);
    request.set_redirect(RequestRedirect::Manual);
    let written = Headers::new()?;
    headers(call, credential).into_iter().try_for_each(|(name, value)| written.set(name, &value))?;
    request.set_headers(&written);
    match &call.body {
        Body::None => {}
        Body::Json(document) => request.set_body(&document.to_string().into()),
        Body::Form(fields) => request.set_body(&form_encoded(fields).into()),
        Body::Multipart { .. } => request.set_body(&multipart(&call.body, file)?.into()),
    }
    Ok(request)
}

/// The headers of a request.
fn headers(call: &Call, credential: Option<&Credential>) -> Vec<(&'static str, String)> {
    let kind = match &call.body {
        Body::Json(_) => Some("application/json"),
        Body::Form(_) => Some("application/x-www-form-urlencoded"),
        // The browser writes the type itself, with what parts the fields.
        Body::None | Body::Multipart { .. } => None,
    };
    let credential = credential.filter(|_| call.signed).map(Credential::header);
    let told = [("Content-Type", kind), ("X-Fields", call.fields)];
    credential.into_iter().chain(told.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned())))).collect()
}

/// The fields of a request and the part of a file that it carries, where it has some.
fn multipart(body: &Body, file: Option<&Blob>) -> Result<Option<FormData>, JsValue> {
    let Body::Multipart { fields, file: slice } = body else { return Ok(None) };
    let form = FormData::new()?;
    fields.iter().try_for_each(|(name, value)| form.append_with_str(name, value))?;
    if let (Some(slice), Some(file)) = (slice, file) {
        let part = file.slice_with_f64_and_f64(slice.start as f64, slice.end as f64)?;
        let part = Blob::new_with_blob_sequence(&Array::of1(&part))?;
        form.append_with_blob_and_filename("file", &part, &slice.name)?;
    }
    Ok(Some(form))
}
