"""What the web serves besides the API: the application, the chat's demo page, health, headers."""

import pytest

from builder_ui.app import create_app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/login", "/inbox", "/inbox/7c1d", "/flows", "/flows/7c1d"])
def test_the_application_finds_its_own_way(client, path):
    page = client.get(path)

    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "flowengine" in page.text
    assert page.headers["Cache-Control"] == "no-cache"


def test_files_with_a_hash_in_their_name_are_kept_for_ever(client):
    file = client.get("/assets/app-1a2b3c.js")

    assert file.text == "'app'"
    assert "immutable" in file.headers["Cache-Control"]
    assert client.get("/assets/gone.js").status_code == 404


def test_nobody_climbs_out_of_the_folder(client):
    assert client.get("/assets/../../secret").status_code == 404
    assert client.get("/assets/%2e%2e/%2e%2e/conftest.py").status_code == 404


def test_the_script_of_the_chat_is_open_to_other_sites_and_can_be_asked_for_again(client):
    first = client.get("/widget.js")
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert again.status_code == 304


@pytest.mark.parametrize(("lang", "title"), [("pt-BR", "Demonstração do chat"), ("en", "Chat demonstration")])
def test_the_demo_page_speaks_both_languages(client, lang, title):
    asked = client.get("/chat/key", query_string={"lang": lang})
    preferred = client.get("/chat/key", headers={"Accept-Language": lang})

    assert title in asked.text
    assert title in preferred.text
    assert '<script src="/widget.js" data-key="key"' in asked.text


def test_a_key_is_never_markup(client):
    page = client.get('/chat/"><script>alert(1)</script>')

    assert "<script>alert" not in page.text


def test_without_a_demo_account_the_demo_page_says_so(client):
    assert client.get("/chat").status_code == 404


def test_what_is_missing_in_the_api_is_told_to_a_program(client):
    missing = client.get("/api/v1/nothing")
    wrong = client.delete("/api/v1/node-types")

    assert (missing.status_code, missing.json["code"]) == (404, "not_found")
    assert (wrong.status_code, wrong.json["code"]) == (405, "method_not_allowed")
    assert missing.mimetype == wrong.mimetype == "application/problem+json"


def test_health_is_told(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "database": True, "redis": True}


def test_every_answer_carries_the_security_headers(client):
    for path in ("/", "/healthz", "/api/v1/nothing", "/chat/key"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_api_describes_itself(client):
    spec = client.get("/api/v1/openapi.json").json

    assert spec["openapi"].startswith("3.1")
    assert "application/problem+json" in spec["paths"]["/api/v1/flows"]["get"]["responses"]["default"]["content"]
    assert {"/api/v1/flows", "/api/v1/conversations/{conversation_id}/take"} <= set(spec["paths"])


def test_without_a_build_the_page_says_how_to_make_one(settings, tmp_path):
    app = create_app(settings, dist=tmp_path / "nothing")

    page = app.test_client().get("/?lang=en")

    assert page.status_code == 503
    assert "./run" in page.text
