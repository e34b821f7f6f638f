//! A platform in memory, that answers as a real one does: to rehearse without network, and to test what no real one lets
//! itself be asked.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use super::{Answer, Body, Call, Credential, Method, Slice, parcel::hex};

/// The organisation of the agent.
pub const ORGANISATION: &str = "00000000000000000000000a";
/// Another one.
pub const OTHER_ORGANISATION: &str = "00000000000000000000000b";
/// The key of the agent; `other`, `expired` and `revoked` are the other keys known.
pub const KEY: &str = "agent";

/// A platform in memory.
#[derive(Debug, Clone)]
pub struct Platform {
    /// Whether it takes nothing for now.
    pub read_only: bool,
    /// The datasets, oldest first, each a document with its files.
    pub datasets: Vec<Value>,
    /// Milliseconds since it began.
    clock: u64,
    /// The parts received of files not yet put together.
    parts: BTreeMap<(String, u64), Vec<u8>>,
    /// The paths of the files kept: two of one name in one second are one too many.
    paths: Vec<String>,
    /// The number of the last thing made.
    last: u64,
    organisation: String,
}

/// What reads the bytes of a part of a file.
pub type Bytes<'a> = &'a dyn Fn(&Slice) -> Vec<u8>;

impl Platform {
    /// An empty platform, where the agent belongs to an organisation of this name.
    pub fn new(organisation: &str) -> Platform {
        Platform {
            read_only: false,
            datasets: Vec::new(),
            clock: 0,
            parts: BTreeMap::new(),
            paths: Vec::new(),
            last: 0,
            organisation: organisation.to_owned(),
        }
    }

    /// Lets time pass.
    pub fn pass(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
    }

    /// Answers a request.
    pub fn answer(&mut self, call: &Call, credential: Option<&Credential>, bytes: Bytes) -> Answer {
        self.pass(50);
        let answered = self.route(call, credential.filter(|_| call.signed), bytes);
        let (status, body) = answered.unwrap_or_else(|refusal| refusal);
        Answer { status, body: body.to_string() }
    }

    fn route(&mut self, call: &Call, credential: Option<&Credential>, bytes: Bytes) -> Result<Reply, Reply> {
        let parts: Vec<&str> = call.path.trim_matches('/').split('/').skip(2).collect();
        let query = |key: &str| call.query.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value.as_str());
        let who = who(credential);
        match (call.method, parts.as_slice()) {
            (Method::Get, ["me"]) => who.map(|who| (200, self.person(who))),
            (Method::Get, ["me", "org_datasets"]) => {
                let who = who?;
                let words = query("q").to_lowercase();
                let has = |dataset: &&Value| text(dataset, "title").to_lowercase().contains(&words);
                let mine = self.datasets.iter().filter(|dataset| owns(who, dataset)).filter(has);
                Ok((200, Value::Array(mine.cloned().collect())))
            }
            (Method::Post, ["contacts"]) => {
                who?;
                self.writable()?;
                Ok((201, json!({ "id": "00000000000000000000000c" })))
            }
            (Method::Get, ["datasets", "licenses"]) => {
                Ok((200, json!([{ "id": "lov2" }, { "id": "fr-lo" }, { "id": "odc-odbl" }, { "id": "notspecified" }])))
            }
            (Method::Get, ["datasets", "schemas"]) => Err(message(404, "The schema catalog is not available")),
            (Method::Get, ["datasets"]) => {
                let who = who.ok();
                let seen = |dataset: &&Value| !is_private(dataset) || who.is_some_and(|who| owns(who, dataset));
                let of =
                    |dataset: &&Value| dataset.pointer("/organization/id").and_then(Value::as_str) == Some(query("organization"));
                let all: Vec<Value> = self.datasets.iter().rev().filter(of).filter(seen).cloned().collect();
                let number = |key, other| query(key).parse::<usize>().ok().filter(|n| *n > 0).unwrap_or(other);
                let (page, size) = (number("page", 1), number("page_size", 20));
                let data: Vec<Value> = all.iter().skip((page - 1) * size).take(size).cloned().collect();
                let next = (all.len() > page * size).then(|| format!("/api/1/datasets/?page={}", page + 1));
                Ok((200, json!({ "data": data, "next_page": next, "page": page, "page_size": size, "total": all.len() })))
            }
            (Method::Post, ["datasets"]) => {
                let who = who?;
                self.writable()?;
                self.create(who, &call.body)
            }
            (Method::Get, ["datasets", id]) => {
                let at = self.find(id, who.ok())?;
                Ok((200, self.datasets.get(at).cloned().unwrap_or_default()))
            }
            (Method::Put, ["datasets", id]) => {
                let at = self.editable(id, who?)?;
                self.writable()?;
                self.change(at, &call.body)
            }
            (Method::Post, ["datasets", id, "upload"]) => {
                let at = self.editable(id, who?)?;
                self.writable()?;
                self.upload(at, None, &call.body, bytes)
            }
            (Method::Post, ["datasets", id, "resources", resource, "upload"]) => {
                let at = self.editable(id, who?)?;
                self.writable()?;
                let place = self.resource(at, resource)?;
                self.upload(at, Some(place), &call.body, bytes)
            }
            (Method::Get, ["datasets", id, "resources", resource]) => {
                let at = self.find(id, who.ok())?;
                let place = self.resource(at, resource)?;
                Ok((200, self.files(at).and_then(|files| files.get(place)).cloned().unwrap_or_default()))
            }
            (Method::Put, ["datasets", id, "resources", resource]) => {
                let at = self.editable(id, who?)?;
                self.writable()?;
                let place = self.resource(at, resource)?;
                self.describe(at, place, &call.body)
            }
            _ => Err(message(404, "The requested URL was not found on the server.")),
        }
    }

    fn person(&self, who: Person) -> Value {
        let organisation = match who {
            Person::Agent => json!({ "id": ORGANISATION, "name": self.organisation }),
            Person::Other => json!({ "id": OTHER_ORGANISATION, "name": "Autre collectivité" }),
        };
        let (first, last) = if who == Person::Agent { ("Alix", "Agent") } else { ("Odile", "Autre") };
        json!({ "first_name": first, "last_name": last, "organizations": [organisation], "roles": [] })
    }

    fn writable(&self) -> Result<(), Reply> {
        if self.read_only { Err(message(423, "Due to security reasons, the platform is in read-only mode")) } else { Ok(()) }
    }

    fn create(&mut self, who: Person, body: &Body) -> Result<Reply, Reply> {
        let fields = object(body)?;
        checked(&fields, true)?;
        let organisation = fields.get("organization").and_then(|of| of.get("id").or(Some(of))).and_then(Value::as_str);
        if organisation != Some(who.organisation()) {
            return Err((400, json!({ "errors": { "organization": ["Permission refusée pour cette organisation"] } })));
        }
        self.last += 1;
        let id = format!("{:024x}", 0xda7a_0000 + self.last);
        let mut dataset = json!({
            "id": id, "private": false, "deleted": null, "extras": {}, "tags": [], "resources": [], "temporal_coverage": null,
            "spatial": null, "license": "notspecified", "frequency": "unknown",
            "permissions": { "delete": true, "edit": true, "edit_resources": true },
        });
        for (key, value) in fields {
            put(&mut dataset, &key, value);
        }
        put(
            &mut dataset,
            "organization",
            json!({ "class": "Organization", "id": who.organisation(), "name": self.organisation }),
        );
        settled(&mut dataset);
        self.datasets.push(dataset.clone());
        Ok((201, dataset))
    }

    /// Changes a dataset as udata does: key words and period are wiped where they are not told.
    fn change(&mut self, at: usize, body: &Body) -> Result<Reply, Reply> {
        let mut fields = object(body)?;
        checked(&fields, false)?;
        fields.entry("tags").or_insert(json!([]));
        fields.entry("temporal_coverage").or_insert(Value::Null);
        let dataset = self.datasets.get_mut(at).ok_or_else(|| message(404, "Dataset not found"))?;
        for (key, value) in fields {
            let kept = matches!(key.as_str(), "id" | "resources" | "organization" | "permissions" | "quality" | "page");
            if !kept {
                put(dataset, &key, value);
            }
        }
        settled(dataset);
        Ok((200, dataset.clone()))
    }

    fn upload(&mut self, at: usize, place: Option<usize>, body: &Body, bytes: Bytes) -> Result<Reply, Reply> {
        let Body::Multipart { fields, file } = body else { return Err(refused("Missing file parameter")) };
        let field = |wanted: &str| fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone());
        let number = |wanted: &str| field(wanted).and_then(|value| value.parse::<u64>().ok());
        let parts = number("totalparts").unwrap_or_default();
        let (name, content) = match (file, field("uuid").filter(|_| parts > 1)) {
            (Some(file), None) => (file.name.clone(), bytes(file)),
            (None, None) => return Err(refused("Missing file parameter")),
            (Some(file), Some(uuid)) => {
                let content = bytes(file);
                if number("chunksize") != Some(content.len() as u64) {
                    return Err(refused("Chunk size mismatch"));
                }
                let key = (uuid, number("partindex").unwrap_or_default());
                if self.parts.contains_key(&key) {
                    return Err(message(500, "Internal Server Error"));
                }
                self.parts.insert(key, content);
                return Ok((200, json!({ "success": true, "error": null, "message": "" })));
            }
            (None, Some(uuid)) => {
                let whole = (0..parts).map(|part| self.parts.get(&(uuid.clone(), part)).cloned());
                let whole: Option<Vec<Vec<u8>>> = whole.collect();
                let whole = whole.ok_or_else(|| message(500, "Internal Server Error"))?;
                self.parts.retain(|(kept, _), _| *kept != uuid);
                (field("filename").unwrap_or_default(), whole.concat())
            }
        };
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        if !matches!(extension.as_str(), "csv" | "json" | "zip" | "xlsx" | "xls" | "ods" | "txt" | "md" | "pdf") {
            return Err(message(400, "This file type is not allowed."));
        }
        let path = format!("{at}/{}/{name}", self.clock / 1000);
        if self.paths.contains(&path) {
            return Err(message(500, "Internal Server Error"));
        }
        self.last += 1;
        let id = format!("{:08x}-0000-4000-8000-{:012x}", 0x5e50, self.last);
        let mut resource = match place {
            None => json!({
                "id": id, "type": "main", "filetype": "file", "description": null, "schema": null, "extras": {},
                "latest": format!("https://rehearsal.invalid/datasets/r/{id}"),
            }),
            Some(place) => self.files(at).and_then(|files| files.get(place)).cloned().unwrap_or_default(),
        };
        put(&mut resource, "title", json!(name));
        put(&mut resource, "format", json!(extension));
        put(&mut resource, "filesize", json!(content.len()));
        put(&mut resource, "checksum", json!({ "type": "sha1", "value": hex(&Sha1::digest(&content)) }));
        self.paths.push(path);
        let dataset = self.datasets.get_mut(at).ok_or_else(|| message(404, "Dataset not found"))?;
        if let Some(files) = dataset.get_mut("resources").and_then(Value::as_array_mut) {
            match place.and_then(|place| files.get_mut(place)) {
                Some(replaced) => *replaced = resource.clone(),
                None => files.insert(0, resource.clone()),
            }
        }
        settled(dataset);
        put(&mut resource, "success", json!(true));
        Ok((if place.is_some() { 200 } else { 201 }, resource))
    }

    fn describe(&mut self, at: usize, place: usize, body: &Body) -> Result<Reply, Reply> {
        let fields = object(body)?;
        let dataset = self.datasets.get_mut(at).ok_or_else(|| message(404, "Dataset not found"))?;
        let resource =
            dataset.pointer_mut(&format!("/resources/{place}")).ok_or_else(|| message(404, "Resource does not exist"))?;
        if fields.get("title").and_then(Value::as_str).is_none_or(str::is_empty) {
            return Err((400, json!({ "errors": { "title": ["Champ requis"] } })));
        }
        for (key, value) in fields {
            if matches!(key.as_str(), "title" | "description" | "type" | "schema" | "extras") {
                put(resource, &key, value);
            }
        }
        let resource = resource.clone();
        settled(dataset);
        Ok((200, resource))
    }

    /// Where a dataset that may be read stands.
    fn find(&self, id: &str, who: Option<Person>) -> Result<usize, Reply> {
        let at = self.datasets.iter().position(|dataset| text(dataset, "id") == id);
        let seen = |at: &usize| {
            let seen = |dataset: &Value| !is_private(dataset) || who.is_some_and(|who| owns(who, dataset));
            self.datasets.get(*at).is_some_and(seen)
        };
        at.filter(seen).ok_or_else(|| message(404, "The requested URL was not found on the server."))
    }

    /// Where a dataset that may be changed stands.
    fn editable(&self, id: &str, who: Person) -> Result<usize, Reply> {
        let at = self.datasets.iter().position(|dataset| text(dataset, "id") == id);
        let at = at.ok_or_else(|| message(404, "The requested URL was not found on the server."))?;
        let dataset = self.datasets.get(at).ok_or_else(|| message(404, "Dataset not found"))?;
        if !owns(who, dataset) {
            return Err(message(403, "You do not have the permission to modify that object."));
        }
        if dataset.get("deleted").is_some_and(|deleted| !deleted.is_null()) {
            return Err(message(410, "Dataset has been deleted"));
        }
        Ok(at)
    }

    fn files(&self, at: usize) -> Option<&Vec<Value>> {
        self.datasets.get(at)?.get("resources")?.as_array()
    }

    fn resource(&self, at: usize, id: &str) -> Result<usize, Reply> {
        let place = self.files(at).and_then(|files| files.iter().position(|file| text(file, "id") == id));
        place.ok_or_else(|| message(404, "Resource does not exist"))
    }
}

/// A status and a document.
type Reply = (u16, Value);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Person {
    Agent,
    Other,
}

impl Person {
    fn organisation(self) -> &'static str {
        match self {
            Person::Agent => ORGANISATION,
            Person::Other => OTHER_ORGANISATION,
        }
    }
}

fn who(credential: Option<&Credential>) -> Result<Person, Reply> {
    let refused = |text| Err(message(401, text));
    match credential {
        None => refused("The server could not verify that you are authorized to access the URL requested."),
        Some(Credential::Token(_)) => Ok(Person::Agent),
        Some(Credential::Key(key)) => match key.as_str() {
            KEY => Ok(Person::Agent),
            "other" => Ok(Person::Other),
            "expired" => refused("Expired API token"),
            "revoked" => refused("Revoked API token"),
            _ => refused("Invalid API token"),
        },
    }
}

fn owns(who: Person, dataset: &Value) -> bool {
    dataset.pointer("/organization/id").and_then(Value::as_str) == Some(who.organisation())
}

fn is_private(dataset: &Value) -> bool {
    dataset.get("private").and_then(Value::as_bool).unwrap_or_default()
}

fn text<'a>(document: &'a Value, key: &str) -> &'a str {
    document.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn put(document: &mut Value, key: &str, value: Value) {
    if let Some(fields) = document.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn object(body: &Body) -> Result<Map<String, Value>, Reply> {
    match body {
        Body::Json(Value::Object(fields)) => Ok(fields.clone()),
        _ => Err((400, json!({ "errors": { "request": "expecting a JSON object" } }))),
    }
}

fn message(status: u16, text: &str) -> Reply {
    (status, json!({ "message": text }))
}

fn refused(error: &str) -> Reply {
    (400, json!({ "success": false, "error": error, "message": "" }))
}

/// The fields that udata wants of a dataset.
fn checked(fields: &Map<String, Value>, new: bool) -> Result<(), Reply> {
    for key in ["title", "description"] {
        let told = fields.get(key).and_then(Value::as_str);
        if told.is_some_and(str::is_empty) || (new && told.is_none()) {
            return Err((400, json!({ "errors": { key: ["Champ requis"] } })));
        }
    }
    Ok(())
}

/// Writes what the platform tells of a dataset by itself: its page, its score.
fn settled(dataset: &mut Value) {
    let page = format!("https://rehearsal.invalid/datasets/{}", text(dataset, "id"));
    let told = |key: &str| dataset.get(key).is_some_and(|value| !value.is_null());
    let files = dataset.get("resources").and_then(Value::as_array);
    let any = |test: &dyn Fn(&Value) -> bool| files.is_some_and(|files| files.iter().any(test));
    let points = [
        text(dataset, "license") != "notspecified",
        told("temporal_coverage"),
        told("spatial"),
        text(dataset, "frequency") != "unknown",
        true, // updated in time: it was made just now
        text(dataset, "description").chars().count() > 100,
        any(&|file| matches!(text(file, "format"), "csv" | "json" | "ods")),
        any(&|_| true),
        any(&|file| !text(file, "description").is_empty()),
    ];
    let score = points.iter().filter(|point| **point).count() as f64 / points.len() as f64;
    put(dataset, "page", json!(page));
    put(dataset, "quality", json!({ "score": score }));
}
