use js_sys::{Array, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, FormData, Headers, RequestCredentials, RequestInit, RequestRedirect, Response, ResponseType,
};

use crate::publish::{Answer, Body, Call, Credential, Instance, Slice, form_encoded};

/// Makes a request to a platform: without cookie, for one would come before the key, and without following it elsewhere.
/// `file` holds the bytes that it sends a part of. `None` where nothing came back, or `stop` was pulled.
pub async fn call_platform(
    call: &Call,
    instance: &Instance,
    credential: Option<&Credential>,
    file: Option<&Blob>,
    stop: Option<&AbortController>,
) -> Option<Answer> {
    let request = asked(call, credential, file).ok()?;
    if let Some(stop) = stop {
        request.set_signal(Some(&stop.signal()));
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(&call.url(instance), &request)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    // What leads elsewhere is not told where.
    if answer.type_() == ResponseType::Opaqueredirect {
        return Some(Answer { status: 308, body: String::new() });
    }
    let body = JsFuture::from(answer.text().ok()?).await.ok()?;
    Some(Answer { status: answer.status(), body: body.as_string()? })
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
    let headers = Headers::new()?;
    if let Some((name, value)) = credential.filter(|_| call.signed).map(Credential::header) {
        headers.set(name, &value)?;
    }
    if let Some(fields) = call.fields {
        headers.set("X-Fields", fields)?;
    }
    match &call.body {
        Body::None => {}
        Body::Json(document) => {
            headers.set("Content-Type", "application/json")?;
            request.set_body(&document.to_string().into());
        }
        Body::Form(fields) => {
            headers.set("Content-Type", "application/x-www-form-urlencoded")?;
            request.set_body(&form_encoded(fields).into());
        }
        // The browser writes the type itself, with what parts the fields.
        Body::Multipart { fields, file: slice } => {
            let form = FormData::new()?;
            fields.iter().try_for_each(|(name, value)| form.append_with_str(name, value))?;
            if let (Some(slice), Some(file)) = (slice, file) {
                let part = file.slice_with_f64_and_f64(slice.start as f64, slice.end as f64)?;
                let part = Blob::new_with_blob_sequence(&Array::of1(&part))?;
                form.append_with_blob_and_filename("file", &part, &slice.name)?;
            }
            request.set_body(&form);
        }
    }
    request.set_headers(&headers);
    Ok(request)
}
