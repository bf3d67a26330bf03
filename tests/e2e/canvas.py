"""The hands of a test on the canvas: cards, handles, pulled wires."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def open_demo(page: Page, address: str) -> None:
    """The demo's reception, drawn; by its address, since a long list shows only its newest."""
    rows = page.request.get(f"{address}/api/v1/flows").json()["flows"]
    page.goto(f"{address}/flows/{next(row['id'] for row in rows if row['key'] == 'atendimento')}")


def new_flow(page: Page, address: str, name: str) -> None:
    """An empty canvas: a trigger that leads nowhere yet."""
    page.goto(f"{address}/flows")
    page.get_by_role("button", name="Novo fluxo").first.click()  # an empty list offers it as well
    page.get_by_label("Nome", exact=True).fill(name)
    page.keyboard.press("Enter")
    expect(card(page, "Gatilho")).to_be_visible()


def card(page: Page, name: str) -> Locator:
    """The card with this text."""
    return page.locator(".react-flow__node").filter(has_text=name).first


def handle(page: Page, name: str, place: int = 0) -> Locator:
    """The n-th way out of a card."""
    return card(page, name).locator(".cv-handle").nth(place)


def pull(page: Page, start: Locator, x: float, y: float) -> None:
    """Draw from a handle to a place of the window."""
    box = start.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x - 20, y - 10, steps=4)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()


def pull_to(page: Page, start: Locator, name: str) -> None:
    """Draw from a handle to a card."""
    box = card(page, name).bounding_box()
    assert box is not None
    pull(page, start, box["x"] + box["width"] / 2, box["y"] + 20)


def pick(page: Page, title: str) -> None:
    """Choose in the list that has just opened, by typing."""
    expect(page.get_by_role("combobox").last).to_be_focused()
    page.keyboard.type(title)
    expect(page.get_by_role("option").first).to_contain_text(title)
    page.keyboard.press("Enter")


def write_text(page: Page, text: str) -> None:
    """Into the first text of the step whose form is open."""
    form = page.get_by_role("complementary", name="Etapa", exact=True)
    form.locator("[contenteditable]").first.click()
    page.keyboard.type(text)


def point_at_wire(page: Page) -> None:
    """The mouse over the middle of the first wire."""
    x, y = page.locator(".react-flow__edge-path").first.evaluate(
        """path => {
            const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
            const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    page.mouse.move(x, y, steps=3)
