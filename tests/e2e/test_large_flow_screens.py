"""A flow too large to be drawn all at once: from afar it is a few shapes, and still what one points at is a card."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.installation import Installation
from tests.e2e.measure_canvas import large_flow

pytestmark = pytest.mark.timeout(180)
NODES = 200


def test_a_large_flow_is_seen_whole_from_afar_and_edited_there(installation: Installation, browser: Browser) -> None:
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    address, name = installation.address, f"Grande {uuid4().hex[:6]}"
    document = {**large_flow(NODES), "key": f"grande-{uuid4().hex[:6]}", "name": name}
    token = page.request.get(f"{address}/api/v1/csrf").json()["token"]
    made = page.request.post(
        f"{address}/api/v1/flows", data={"name": name, "document": document}, headers={"X-CSRF-Token": token}
    )
    page.goto(f"{address}/flows/{made.json()['id']}")
    cards = page.locator(".react-flow__node-card")
    expect(cards.filter(has_text="Primeira mensagem").first).to_be_visible()
    expect(page.locator(".cv-waiting")).to_have_count(0)

    page.mouse.move(720, 450)
    page.keyboard.down("Control")
    for _ in range(20):
        page.mouse.wheel(0, 240)
    page.keyboard.up("Control")
    overview = page.locator(".cv-overview")
    expect(overview).to_be_attached()
    expect(page.locator(".cv-wire")).to_have_count(0)

    box = overview.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 8, box["y"] + 4, steps=3)  # the first card lies in the corner
    expect(cards).to_have_count(1)
    page.mouse.click(box["x"] + 8, box["y"] + 4)
    expect(page.get_by_role("complementary", name="Etapa", exact=True)).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] - 20, box["y"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 100, steps=4)
    page.mouse.move(box["x"] + box["width"] + 20, box["y"] + box["height"] + 20, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.get_by_role("toolbar").filter(has_text=str(NODES))).to_be_visible()
    context.close()
