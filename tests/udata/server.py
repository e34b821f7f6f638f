"""A real udata on this machine, for the tests: `python server.py PORT FOLDER [ORIGIN]`.

udata wants MongoDB, Redis and a search engine. Here the database is SecantusDB, which speaks MongoDB's language from a Python
package; tasks run at once, the cache is in memory, and searching is done by title. All else is udata as it is published.

It starts from an empty folder, writes one line of JSON once it serves (its keys, organisations and OAuth clients), and stops at
the end of its standard input, so that nothing is left running when the tests die.

Beside udata's own routes, `/_test/` has the schemas that the catalogue gives, `POST /_test/reset` which empties the platform,
`POST /_test/read-only/1` (or `0`), `POST /_test/callback/PORT` which has people sent back to a site of that port after they
have signed in, `POST /_test/apart/1` (or `0`) for pages that let no other site hold their window, and `POST /_test/tokens`
which tells the tokens that open something. After `POST /_test/open-files/1` any page may read the files, as a store of files
may allow.
"""

import json
import os
import re
import sys
import threading
from datetime import datetime
from pathlib import Path

PORT, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
ORIGIN = sys.argv[3] if len(sys.argv) > 3 else "http://127.0.0.1:8080"
BASE = f"http://127.0.0.1:{PORT}"
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "index.json"
PASSWORD = "Mot-de-passe-1"


def start_database():
    """Starts the database, and gives its address."""
    import bson
    from pymongo.collection import Collection
    from secantus import SecantusDBServer, sortkey
    from secantus.storage import Storage

    # SecantusDB 0.7 lacks three things. Indexes of texts: only searching wants them.
    make_index = Collection.create_index

    def make_known_index(collection, keys, *args, **kwargs):
        pairs = [keys] if isinstance(keys, str) else list(keys)
        if any(isinstance(pair, tuple) and pair[1] == "text" for pair in pairs):
            return "text index left out"
        return make_index(collection, keys, *args, **kwargs)

    Collection.create_index = make_known_index

    # Patterns on a field that has an index: the index is looked up for the pattern itself, and nothing is found.
    def holds_pattern(value):
        if isinstance(value, dict):
            return any(map(holds_pattern, value.values()))
        if isinstance(value, (list, tuple)):
            return any(map(holds_pattern, value))
        return isinstance(value, (re.Pattern, bson.Regex))

    def without_patterns(lookup):
        def guarded(storage, database, collection, wanted, *args, **kwargs):
            if holds_pattern(wanted):
                return None
            return lookup(storage, database, collection, wanted, *args, **kwargs)

        return guarded

    for name in ("_try_index_lookup", "_try_index_id_keys", "_pick_index_for_filter"):
        setattr(Storage, name, without_patterns(getattr(Storage, name)))

    # References as the key of an index.
    encode = sortkey._encode_doc
    sortkey._encode_doc = lambda value, collation=None: encode(
        value.as_doc() if isinstance(value, bson.DBRef) else value, collation
    )

    database = SecantusDBServer(storage_path=str(FOLDER / "database"))
    database.start()
    return database.uri.rstrip("/") + "/udata?directConnection=true"


def make_app(database):
    """udata, set for one machine."""
    os.environ["UDATA_SETTINGS"] = os.devnull

    class Settings:
        SITE_ID = "default"
        SECRET_KEY = SECURITY_PASSWORD_SALT = API_TOKEN_SECRET = "only-for-tests"
        DEFAULT_LANGUAGE = "fr"
        LANGUAGES = {"fr": "Français", "en": "English"}
        MONGODB_HOST = database
        SEND_MAIL = False
        SESSION_COOKIE_SECURE = False
        SECURITY_EMAIL_VALIDATOR_ARGS = {"check_deliverability": False}
        CELERY_TASK_ALWAYS_EAGER = True
        CELERY_TASK_EAGER_PROPAGATES = False
        CELERY_BROKER_URL = "memory://"
        CELERY_RESULT_BACKEND = "cache+memory://"
        CACHE_TYPE = "flask_caching.backends.SimpleCache"
        FS_ROOT = str(FOLDER / "files")
        BUCKETS_PREFIX = "/s"
        CDATA_BASE_URL = "https://www.data.gouv.fr/"
        URLS_ALLOW_LOCAL = URLS_ALLOW_PRIVATE = True
        URLS_RESOLVE_HOSTNAME = False
        SCHEMA_CATALOG_URL = f"{BASE}/_test/schemas.json"
        PUBLISH_ON_RESOURCE_EVENTS = False

    from udata.app import create_app, standalone
    from udata.mongo.queryset import UDataQuerySet

    def search(queryset, text, **_):
        words = text.replace('"', " ").split()
        return queryset.filter(__raw__={"$and": [{"title": {"$regex": re.escape(w), "$options": "i"}} for w in words] or [{}]})

    order = UDataQuerySet.order_by
    UDataQuerySet.search_text = search
    UDataQuerySet.order_by = lambda queryset, *keys: order(
        queryset, *("-created_at_internal" if key == "$text_score" else key for key in keys)
    )
    return standalone(create_app(override=Settings))


def people_the_platform():
    """Makes who and what the tests speak of, and tells it."""
    from flask_security.utils import hash_password
    from udata.api.oauth2 import OAuth2Client
    from udata.core.api_token.models import ApiToken, _hash_token
    from udata.core.dataset.models import License
    from udata.core.organization.models import Member, Organization
    from udata.core.spatial.models import GeoLevel, GeoZone
    from udata.core.user.models import User

    def person(number, first, last):
        mail = f"{first.lower()}@example.org"
        return User(
            id=f"{number:024x}", email=mail, first_name=first, last_name=last, password=hash_password(PASSWORD),
            active=True, confirmed_at=datetime(2024, 1, 1), fs_uniquifier=str(number),
        ).save()

    def organisation(number, name, **roles):
        members = [Member(user=people[who], role=role) for who, role in roles.items()]
        saved = Organization(id=f"{number:024x}", name=name, description=name, members=members).save()
        return str(saved.id)

    def key(name, who, **facts):
        secret = f"udata_key-of-{name}"
        ApiToken(token_hash=_hash_token(secret), token_prefix=secret[:14], user=people[who], name=name, **facts).save()
        return secret

    people = {
        "agent": person(1, "Alix", "Agent"), "other": person(2, "Odile", "Autre"), "partial": person(3, "Paul", "Partiel"),
    }
    organisations = {
        "town": organisation(10, "Ville de Testville", agent="admin", partial="partial_editor"),
        "other": organisation(11, "Autre Collectivité", other="editor"),
    }
    past = datetime(2020, 1, 1)
    keys = {name: key(name, name) for name in people}
    keys["expired"] = key("expired", "agent", expires_at=past)
    keys["revoked"] = key("revoked", "agent", revoked_at=past)

    client = OAuth2Client(
        id=f"{12:024x}", name="Atelier", owner=people["agent"], secret=None, redirect_uris=[f"{ORIGIN}/callback.html"],
        grant_types=["authorization_code", "refresh_token"], response_types=["code"], scope="default",
    ).save()

    for name, title in [
        ("lov2", "Licence Ouverte 2.0"), ("fr-lo", "Licence Ouverte"), ("odc-odbl", "ODbL"), ("notspecified", "Non précisée"),
    ]:
        License(id=name, title=title, active=True).save()
    levels = [("country", "Pays", 20), ("fr:departement", "Département", 60), ("fr:epci", "EPCI", 68), ("fr:commune", "Commune", 80)]
    for name, title, rank in levels:
        GeoLevel(id=name, name=title, admin_level=rank).save()
    for level, code, name in [
        ("country", "fr", "France"), ("fr:departement", "69", "Rhône"), ("fr:epci", "200046977", "Métropole de Lyon"),
        ("fr:commune", "69123", "Lyon"), ("fr:commune", "69266", "Villeurbanne"),
    ]:
        GeoZone(id=f"{level}:{code}", slug=name.lower(), name=name, code=code, level=level).save()
    return {
        "base": BASE, "keys": keys, "organisations": organisations, "client": str(client.id), "password": PASSWORD,
        "mail": people["agent"].email,
    }


def empty():
    """Takes away what the tests made."""
    from udata.api.oauth2 import OAuth2Code, OAuth2Token
    from udata.core.activity.models import Activity
    from udata.core.dataset.models import CommunityResource, Dataset

    for kind in (Dataset, CommunityResource, Activity, OAuth2Code, OAuth2Token):
        kind.objects.delete()


def send_people_back_to(port):
    """Registers the address that people come back to."""
    from udata.api.oauth2 import OAuth2Client

    OAuth2Client.objects.update(redirect_uris=[f"http://127.0.0.1:{port}/callback.html"])


def tokens():
    """The tokens that were not withdrawn."""
    from udata.api.oauth2 import OAuth2Token

    return [token.access_token for token in OAuth2Token.objects if not token.revoked]


def catalogue():
    """The catalogue of schemas, with those that Atelier carries, in the version that it carries."""
    def entry(schema):
        versions = [{"version_name": schema["version"], "schema_url": schema["url"]}]
        return {
            "name": schema["name"], "title": schema["title"], "description": schema["description"], "schema_url": schema["url"],
            "schema_type": "tableschema", "contact": "", "examples": [], "labels": [], "versions": versions,
            "consolidation_dataset_id": None, "external_doc": None, "external_tool": None, "homepage": None,
        }

    schemas = [entry(schema) for schema in json.loads(SCHEMAS.read_text()) if schema.get("url") and schema.get("version")]
    return {"version": 1, "schemas": schemas}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    app = make_app(start_database())
    with app.app_context():
        told = people_the_platform()

    apart = open_files = False

    @app.after_request
    def keep_apart(answer):
        if apart:
            answer.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return answer

    def platform(environ, start_response):
        def start(status, headers, *rest):
            if open_files and environ["PATH_INFO"].startswith("/resources/"):
                headers = [*headers, ("Access-Control-Allow-Origin", "*")]
            return start_response(status, headers, *rest)

        return app(environ, start)

    def beside(environ, start_response):
        nonlocal apart, open_files
        path, document = environ["PATH_INFO"], {}
        if path == "/schemas.json":
            document = catalogue()
        elif path == "/reset":
            app.config["READ_ONLY_MODE"] = apart = open_files = False
            with app.app_context():
                empty()
        elif path.startswith("/read-only/"):
            app.config["READ_ONLY_MODE"] = path.endswith("1")
        elif path.startswith("/apart/"):
            apart = path.endswith("1")
        elif path.startswith("/callback/"):
            with app.app_context():
                send_people_back_to(path.split("/")[-1])
        elif path == "/tokens":
            with app.app_context():
                document = tokens()
        elif path.startswith("/open-files/"):
            open_files = path.endswith("1")
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(document).encode()]

    from werkzeug.middleware.dispatcher import DispatcherMiddleware
    from werkzeug.serving import WSGIRequestHandler, make_server

    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    server = make_server("127.0.0.1", PORT, DispatcherMiddleware(platform, {"/_test": beside}), threaded=True)
    print(json.dumps(told), flush=True)

    def stop_with_the_tests():
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=stop_with_the_tests, daemon=True).start()
    server.serve_forever()


main()
