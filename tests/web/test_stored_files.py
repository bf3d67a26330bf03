"""Files are sent in once, named by their content, and given out in answers that run nowhere."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from builder_ui.app import create_app
from builder_ui.process import NAME
from flowengine.core.flow import content_hash
from flowengine.files.links import BadLink
from flowengine.jobs.tidy import tidy
from tests.files.test_media_types import png
from tests.web.conftest import House, document

MOST = 5 * 2**20
PICTURE = png(2, 2)
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def house(settings, tmp_path):
    """An account in an installation that takes files of 5 MB, more than any other request may have."""
    kept = replace(settings, files=tmp_path / "files", file_most=MOST)
    house = House(create_app(kept, dist=tmp_path), "casa").build()
    yield house
    house.app.extensions[NAME].close()


def send_in(browser, content=PICTURE, name="foto.png", **more):
    headers = {"X-CSRF-Token": browser.csrf, "Content-Type": "application/octet-stream", **more}
    return browser.client.post("/api/v1/files", query_string={"name": name}, data=content, headers=headers)


def sends(ref, kind="image"):
    flow = document()
    flow["nodes"][1]["params"]["parts"] = [{"kind": kind, "url": ref}]
    return flow


def publish(house, flow):
    with house.unit() as unit:
        revision = unit.flows.get(house.flow).draft_revision
        unit.flows.publish(house.flow, revision=revision, document=flow, hash=content_hash(flow), note="", by=None)


def house_draft(house, flow):
    with house.unit() as unit:
        revision = unit.flows.get(house.flow).draft_revision
        unit.flows.save_draft(
            house.flow, revision=revision, name="Bot", document=flow, hash=content_hash(flow), by=None
        )


def findings(house, browser, flow):
    found = browser.post("/flows/check", {"document": flow})
    assert found.status_code == 200, found.text
    return found.json["findings"]


def test_a_file_is_kept_by_its_content_and_told_by_its_bytes(house):
    came = send_in(house.browser("ana"), name="C:\\fotos\\ação.jpg")
    assert came.status_code == 201, came.text
    told = came.json
    assert told["ref"] == f"file:{sha256(PICTURE).hexdigest()}"
    assert (told["name"], told["mime"], told["kind"], told["size"]) == ("ação.jpg", "image/png", "image", len(PICTURE))


def test_the_same_bytes_again_are_the_same_file_with_its_newer_name(house):
    ana = house.browser("ana")
    first, second = send_in(ana).json, send_in(ana, name="outra.png", **{"Idempotency-Key": "k"}).json
    assert first["ref"] == second["ref"]
    assert ana.get(f"/files/{first['sha256']}").json["name"] == "outra.png"


def test_too_large_and_empty_files_are_refused_in_words(house):
    ana = house.browser("ana")
    assert send_in(ana, b"x" * MOST).status_code == 201
    large = send_in(ana, b"x" * (MOST + 1))
    assert (large.status_code, large.json["code"], large.json["most"]) == (413, "too_large", MOST)
    assert "5 MB" in large.json["detail"]
    assert send_in(ana, b"").status_code == 422


def test_only_authors_send_files_in_and_only_with_the_token(house):
    bia = house.browser("bia")
    assert send_in(bia).status_code == 403
    ana = house.browser("ana")
    assert send_in(ana, **{"X-CSRF-Token": "guessed"}).json["code"] == "csrf"
    kept = send_in(ana).json
    assert bia.get(f"/files/{kept['sha256']}/content").data == PICTURE
    assert house.app.test_client().get(f"/api/v1/files/{kept['sha256']}/content").status_code == 401


def test_another_account_sees_nothing_of_it(house):
    kept = send_in(house.browser("ana")).json
    other = House(house.app, f"outra-{uuid4().hex[:6]}").build().browser("ana")
    assert other.get(f"/files/{kept['sha256']}").status_code == 404
    assert other.get(f"/files/{kept['sha256']}/content").status_code == 404
    assert other.get("/files/nada").status_code == 404


def test_a_link_gives_the_file_to_whoever_has_it_in_parts_too(house):
    kept = send_in(house.browser("ana")).json
    client = house.app.test_client()
    whole = client.get(kept["url"])
    assert (whole.status_code, whole.data, whole.mimetype) == (200, PICTURE, "image/png")
    assert whole.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    part = client.get(kept["url"], headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, b"PNG")
    assert client.get(kept["url"], headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert client.get(f"/files/{'A' * 91}/foto.png").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"), [(SCRIPT, "foto.png"), (b"<html><script>alert(1)</script>", "a.jpg"), (b"%PDF-1.7 ", "a.pdf")]
)
def test_what_could_run_is_saved_and_never_opened(house, content, name):
    kept = send_in(house.browser("ana"), content, name).json
    for address in (kept["url"], f"/api/v1/files/{kept['sha256']}/content"):
        answer = house.browser("ana").client.get(address)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_a_flow_sends_reaches_the_contact_as_a_link_that_is_good(house):
    ref = send_in(house.browser("ana"), name="menu.jpg").json["ref"]
    publish(house, sends(ref))
    house.talk("rita", "Oi")
    (file,) = next(each["attachments"] for each in house.fetch().json["messages"] if "attachments" in each)
    address = house.app.extensions[NAME].settings.address
    assert (file["mime"], file["name"]) == ("image/png", "menu.jpg")
    assert file["url"].startswith(f"{address}/files/")
    assert house.app.test_client().get(file["url"].removeprefix(address)).data == PICTURE


def test_visitors_and_people_at_the_desk_see_what_a_flow_sent(house):
    ref = send_in(house.browser("ana")).json["ref"]
    publish(house, sends(ref))
    visitor = house.visitor()
    visitor.say("Oi")
    house.work()
    said = house.visitor(token=visitor.token).session["messages"]
    (file,) = next(each["attachments"] for each in said if each.get("attachments"))
    assert file["mime"] == "image/png"
    assert "/files/" in file["url"]
    ana = house.browser("ana")
    (talk,) = ana.get("/conversations", view="bot").json["conversations"]
    items = ana.get(f"/conversations/{talk['id']}/timeline").json["items"]
    (shown,) = next(each["attachments"] for each in items if each.get("attachments"))
    assert house.app.test_client().get(shown["url"]).data == PICTURE


def test_the_simulator_shows_the_file_too(house):
    ana = house.browser("ana")
    ref = send_in(ana).json["ref"]
    came = ana.post(f"/flows/{house.flow}/rehearsal", {"document": sends(ref), "world": {}, "acts": [{"says": "Oi"}]})
    (file,) = came.json["acts"][0]["messages"][0]["attachments"]
    assert file["mime"] == "image/png"
    assert house.app.test_client().get(file["url"]).data == PICTURE


def test_the_checker_knows_which_files_there_are_and_what_channels_take(house):
    ana = house.browser("ana")
    ref = send_in(ana).json["ref"]
    assert codes(findings(house, ana, sends(ref))) == []
    missing = findings(house, ana, sends(f"file:{'0' * 64}"))
    assert codes(missing) == ["F160"]
    assert "não tem o arquivo" in missing[0]["message"]["pt-BR"]
    assert "does not have the file" in missing[0]["message"]["en"]
    assert codes(findings(house, ana, sends("file:abc"))) == ["F160"]
    assert codes(findings(house, ana, sends(ref, "video"))) == ["F141"]


def test_authors_read_what_is_taken_here_and_by_the_flows_channels(house):
    told = house.browser("ana").get(f"/flows/{house.flow}/media").json
    assert told["most"] == MOST
    assert {channel["name"] for channel in told["channels"]} == {"HTTP", "Chat"}


def test_what_nobody_used_for_a_month_is_forgotten_and_what_a_flow_names_or_a_message_had_stays(house):
    ana, folder = house.browser("ana"), house.app.extensions[NAME].files
    named, sent, unused = (send_in(ana, PICTURE + bytes([each])).json for each in range(3))
    house_draft(house, sends(named["ref"]))
    with house.unit() as unit:
        unit.files.sent([sent["sha256"]])

    def there():
        return [ana.get(f"/files/{each['sha256']}/content").status_code for each in (named, sent, unused)]

    tidy(house.engine, datetime.now(UTC) + timedelta(days=29), files=folder)
    assert there() == [200, 200, 200]
    tidy(house.engine, datetime.now(UTC) + timedelta(days=31), files=folder)
    assert there() == [200, 200, 404]
    assert folder.found(house.account, unused["sha256"]) is None
    assert send_in(ana, PICTURE + bytes([2])).status_code == 201
    assert there() == [200, 200, 200]


@pytest.fixture
def there(house):
    """The administrator of another account of this installation."""
    return House(house.app, f"outra-{uuid4().hex[:6]}").build().browser("ana")


def copied(house, browser, how, *contents):
    """A bundle of the flow that sends these files."""
    refs = [send_in(browser, content).json["ref"] for content in contents]
    flow = document()
    flow["nodes"][1]["params"]["parts"] = [{"kind": "image", "url": ref} for ref in refs]
    house_draft(house, flow)
    bundle = browser.post("/bundles/export", {"flows": ["bot"], "files": how})
    assert bundle.status_code == 200, bundle.text
    return bundle.json, [ref.removeprefix("file:") for ref in refs]


@pytest.mark.parametrize("how", ["links", "bytes"])
def test_files_come_along_with_copies_into_another_account(house, there, how):
    bundle, (content,) = copied(house, house.browser("ana"), how, PICTURE)
    (entry,) = bundle["files"]
    assert set(entry) == {"hash", "name", "mime", "link" if how == "links" else "bytes"}
    (looked,) = there.post("/bundles/look", {"bundle": bundle}).json["files"]
    assert looked == {"hash": content, "name": "foto.png", "found": False, "comes": True}
    taken = there.post("/bundles/import", {"bundle": bundle, "mapping": {}})
    assert taken.status_code == 201, taken.text
    assert there.get(f"/files/{content}").json["name"] == "foto.png"
    assert there.get(f"/files/{content}/content").data == PICTURE
    assert there.post("/bundles/look", {"bundle": bundle}).json["files"][0]["found"]


def test_a_file_that_does_not_come_along_is_named_and_the_copy_is_taken_in_all_the_same(house, there):
    bundle, (content,) = copied(house, house.browser("ana"), "bytes", PICTURE)
    alone = {**bundle, "files": [{"hash": content}]}
    assert there.post("/bundles/look", {"bundle": alone}).json["files"][0]["comes"] is False
    assert there.post("/bundles/import", {"bundle": alone, "mapping": {}}).status_code == 201
    assert there.get(f"/files/{content}").status_code == 404


@pytest.mark.parametrize(
    "brought",
    [{"bytes": "b3RoZXI="}, {"bytes": "no base64"}, {"link": "http://127.0.0.1:1/x"}, {"link": f"/files/{'A' * 91}"}],
)
def test_what_is_not_the_file_that_it_is_said_to_be_is_not_kept(house, there, brought):
    bundle, (content,) = copied(house, house.browser("ana"), "bytes", PICTURE)
    forged = {**bundle, "files": [{"hash": content, "name": "a.png", **brought}]}
    assert there.post("/bundles/import", {"bundle": forged, "mapping": {}}).status_code == 201
    assert there.get(f"/files/{content}").status_code == 404


def test_a_link_of_a_copy_ends_after_a_day(house):
    bundle, _ = copied(house, house.browser("ana"), "links", PICTURE)
    process = house.app.extensions[NAME]
    token = bundle["files"][0]["link"].split("/")[4]
    process.links.read(token, datetime.now(UTC) + timedelta(hours=23))
    with pytest.raises(BadLink):
        process.links.read(token, datetime.now(UTC) + timedelta(hours=25))


def test_a_bundle_with_files_may_be_larger_than_other_requests(house, there):
    bundle, contents = copied(
        house, house.browser("ana"), "bytes", *(PICTURE + bytes([each]) * 1_000_000 for each in range(5))
    )
    assert there.post("/bundles/import", {"bundle": bundle, "mapping": {}}).status_code == 201
    assert [there.get(f"/files/{each}").status_code for each in contents] == [200] * 5


def codes(found):
    return [each["code"] for each in found if each["code"] in ("F141", "F160")]
