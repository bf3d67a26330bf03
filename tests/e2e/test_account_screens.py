"""What flows refer to is made, used and removed on screens: tags, a contact's field, a secret, a segment."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, handle, new_flow, pick, pull
from tests.e2e.installation import Installation
from tests.e2e.people import Agent

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def admin(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    yield sign_in(context, installation, installation.login("administrator"))
    context.close()


@pytest.fixture
def api(installation: Installation) -> Any:
    """The API as the administrator's program speaks to it."""
    return Agent(installation, installation.login("administrator")).client


def new_tag(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/settings/tags")
    page.get_by_role("button", name="Nova etiqueta").click()
    page.get_by_label("Nome", exact=True).fill(name)
    page.get_by_role("button", name="Criar", exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def tags_step(page: Page, address: str, tag: str) -> None:
    """A new flow with a step that puts this tag on."""
    new_flow(page, address, f"Etiquetas {uuid4().hex[:6]}")
    pull(page, handle(page, "Gatilho"), 560, 240)
    pick(page, "Etiquetas")
    page.get_by_role("combobox", name="Colocar").fill(tag)
    page.get_by_role("option", name=tag, exact=True).click()
    page.keyboard.press("Escape")
    expect(card(page, tag)).to_be_visible()


def test_a_tag_made_in_the_settings_is_chosen_in_a_step(installation: Installation, admin: Page) -> None:
    name = f"Feira {uuid4().hex[:6]}"

    new_tag(admin, installation.address, name)
    tags_step(admin, installation.address, name)

    expect(admin.get_by_text("Salvo", exact=True)).to_be_visible()


def test_a_tag_that_is_missing_is_made_where_it_is_needed(installation: Installation, admin: Page, api: Any) -> None:
    name = f"Urgente {uuid4().hex[:6]}"
    new_flow(admin, installation.address, f"Na hora {uuid4().hex[:6]}")
    pull(admin, handle(admin, "Gatilho"), 560, 240)
    pick(admin, "Etiquetas")

    admin.get_by_role("combobox", name="Colocar").fill(name)
    admin.get_by_role("option", name=f"Criar “{name}”").click()

    expect(card(admin, name)).to_be_visible()
    assert name in [tag["name"] for tag in api.get("/tags").json()["tags"]]


def test_what_is_in_use_goes_only_with_a_successor(installation: Installation, admin: Page, api: Any) -> None:
    name = f"Antiga {uuid4().hex[:6]}"
    new_tag(admin, installation.address, name)
    tags_step(admin, installation.address, name)
    expect(admin.get_by_text("Salvo", exact=True)).to_be_visible()

    admin.goto(f"{installation.address}/settings/tags")
    admin.get_by_role("link", name=name).click()
    admin.get_by_role("button", name="Excluir").click()
    dialog = admin.get_by_role("dialog")
    expect(dialog.get_by_text("Em uso.")).to_be_visible()
    act = dialog.get_by_role("button", name="Excluir", exact=True)
    expect(act).to_be_disabled()
    dialog.get_by_label("No lugar fica").click()
    admin.get_by_role("option", name="VIP").click()
    act.click()

    expect(admin.get_by_text(f"Você excluiu {name}")).to_be_visible()
    expect(admin.get_by_role("link", name=name)).to_have_count(0)
    aliases = api.get("/aliases").json()["aliases"]
    assert [alias["target"] for alias in aliases if alias["alias"].startswith("antiga-")] == ["vip"]


def test_a_contacts_field_is_changed_and_stays(installation: Installation, admin: Page, api: Any) -> None:
    made = api.post("/contacts", json={"name": f"Rita {uuid4().hex[:6]}"}).json()
    admin.goto(f"{installation.address}/contacts/{made['id']}")

    admin.get_by_label("Cidade").fill("Olinda")
    admin.get_by_role("button", name="Salvar").click()
    expect(admin.get_by_text("Contato salvo")).to_be_visible()
    admin.reload()

    expect(admin.get_by_label("Cidade")).to_have_value("Olinda")


def test_a_secret_is_never_shown_again(installation: Installation, admin: Page) -> None:
    name = f"chave-{uuid4().hex[:6]}"
    admin.goto(f"{installation.address}/settings/secrets/+")
    admin.get_by_label("Nome", exact=True).fill(name)
    admin.get_by_label("Valor", exact=True).fill("s3gr3d0-muito-longo")
    admin.get_by_role("button", name="Criar", exact=True).click()
    expect(admin.get_by_role("heading", name=name)).to_be_visible()

    admin.reload()

    expect(admin.get_by_label("Valor", exact=True)).to_have_value("")
    assert "s3gr3d0" not in admin.content()


def test_a_segment_is_put_together_from_the_contacts_fields(installation: Installation, admin: Page, api: Any) -> None:
    name = f"De Olinda {uuid4().hex[:6]}"
    admin.goto(f"{installation.address}/settings/segments/+")
    admin.get_by_label("Nome", exact=True).fill(name)
    admin.get_by_role("combobox", name="O quê").fill("Cidade")
    admin.get_by_role("option", name="Campo do contato: Cidade").click()
    admin.get_by_label("Valor", exact=True).fill("Olinda")
    admin.get_by_role("button", name="Criar", exact=True).click()
    expect(admin.get_by_role("heading", name=name)).to_be_visible()

    made = next(each for each in api.get("/segments").json()["segments"] if each["name"] == name)
    assert made["definition"] == {"left": "contact.fields.cidade", "op": "equals", "right": "Olinda"}
