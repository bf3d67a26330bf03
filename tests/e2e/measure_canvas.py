"""Measures the canvas with a large flow, by the browser's own clock and trace: opening, moving, dragging, typing.

Wall-clock figures of a machine that has nothing else to do, so it is no test: `python -m tests.e2e.measure_canvas`
starts an installation of its own; `--address http://… --login e-mail:password` measures one that runs. Printed are
the best of the rounds and their median, "best / median". Processor time stands beside wall time, since only that can
be compared on a machine that does other things as well.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Locator, Page

from tests.e2e.browser import chromium
from tests.e2e.installation import Installation
from tests.e2e.tracing import FRAME_LIMIT_MS, traced
from tests.servers import open_folder

READY_MADE = Path(__file__).parents[2] / "flows" / "atendimento.json"
ACROSS = 8  # copies of the ready-made flow beside each other
# From input to the next paint, as the browser measures it (Event Timing); it reports what took 16 ms or more.
WATCH_INPUT = """
    window.slowest = [];
    new PerformanceObserver((list) => {
        for (const each of list.getEntries()) window.slowest.push([each.name, Math.round(each.duration)]);
    }).observe({ type: 'event', durationThreshold: 16, buffered: false });
"""
OPEN = """(link) => new Promise((done) => {
    const start = performance.now();
    const isWhole = () => document.querySelector('.cv-waiting') === null; // no card that is still to come
    const drawn = () => document.querySelectorAll('.react-flow__node .cv-card').length > 30 && isWhole();
    const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    const look = () => drawn() ? painted() : setTimeout(look, 4);
    link.click();
    look();
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--address", help="of an installation that runs")
    parser.add_argument("--login", help="e-mail:password of somebody there who may draw flows")
    parser.add_argument("--screens", help="where the screens are served, if not by that installation")
    wanted = parser.parse_args()
    with _installation(wanted.address, wanted.login) as (address, login):
        name = _make_flow(address, login, wanted.nodes)
        rounds = [_round(wanted.screens or address, login, name) for _ in range(wanted.rounds)]
    names = rounds[0].keys()
    figures = {name: _best_and_median([each[name] for each in rounds]) for name in names}
    load = [round(each, 1) for each in os.getloadavg()]
    print(json.dumps({"nodes": wanted.nodes, "rounds": wanted.rounds, "load": load, "figures": figures}, indent=1))


def _best_and_median(values: list[Any]) -> Any:
    """Of figures alike, of however many rounds."""
    if isinstance(values[0], dict):
        return {name: _best_and_median([each[name] for each in values]) for name in values[0]}
    return f"{min(values)} / {round(median(values))}"


@contextmanager
def _installation(address: str | None, login: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    if address is not None and login is not None:
        email, _, password = login.partition(":")
        yield address, {"email": email, "password": password}
        return
    with open_folder() as folder:
        running = Installation(folder / "data")
        person = running.login("administrator")
        yield running.address, {"email": person["email"], "password": person["password"]}
        running.stop()


def large_flow(nodes: int) -> dict[str, Any]:
    """The reception of the ready-made flows, copied side by side until there are so many nodes."""
    document: dict[str, Any] = json.loads(READY_MADE.read_text(encoding="utf-8"))
    first, wires = document["nodes"], document["edges"]
    document["nodes"], document["edges"] = [], []
    copy = 0
    while len(document["nodes"]) < nodes:
        for node in first[: nodes - len(document["nodes"])]:
            place = node["position"]
            moved = {"x": place["x"] + copy % ACROSS * 2_000, "y": place["y"] + copy // ACROSS * 1_000}
            document["nodes"].append({**deepcopy(node), "id": f"{node['id']}_{copy}", "position": moved})
        there = {node["id"] for node in document["nodes"]}
        for wire in wires:
            ends = {end: f"{wire[end]}_{copy}" for end in ("source", "target")}
            if there.issuperset(ends.values()):
                document["edges"].append({**wire, **ends})
        copy += 1
    document["settings"]["commands"] = []
    return document


def _make_flow(address: str, login: dict[str, str], nodes: int) -> str:
    with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        client.headers["X-CSRF-Token"] = client.get("/csrf").json()["token"]
        client.headers["X-CSRF-Token"] = client.post("/session", json=login).raise_for_status().json()["csrf"]
        name = f"Grande {nodes}"
        flows = client.get("/flows").json()["flows"]
        if not any(flow["name"] == name for flow in flows):
            document = {**large_flow(nodes), "key": f"grande-{nodes}", "name": name}
            client.post("/flows", json={"name": name, "document": document}).raise_for_status()
    return name


def _round(screens: str, login: dict[str, str], name: str) -> dict[str, Any]:
    with chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="pt-BR")
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.goto(screens)
        page.get_by_label("E-mail").fill(login["email"])
        page.get_by_label("Senha", exact=True).fill(login["password"])
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Caixa de entrada").wait_for()
        page.goto(f"{screens}/flows")
        link = page.get_by_role("link", name=name).first
        link.wait_for()
        figures: dict[str, Any] = {"opened_ms": round(link.evaluate(OPEN))}
        page.wait_for_timeout(1_500)
        figures["panning_and_zooming"] = traced(page, _pan_and_zoom)
        figures["panning_and_zooming_from_afar"] = traced(page, _see_it_all)
        figures["dragging"] = _dragging(page)
        figures["typing"] = _typing(page)
        context.close()
        return figures


def _pan_and_zoom(page: Page) -> None:
    """As with a wheel and a hand: from far to near and across the whole flow."""
    page.mouse.move(720, 450)
    for notch in range(30):
        page.keyboard.down("Control")
        page.mouse.wheel(0, -120 if notch < 20 else 120)
        page.keyboard.up("Control")
        page.wait_for_timeout(30)
    for notch in range(60):
        page.mouse.wheel(40 if notch % 2 else -10, 60 if notch < 30 else -60)
        page.wait_for_timeout(30)


def _see_it_all(page: Page) -> None:
    """From near until all of the flow is in view, across it, and near again."""
    for notch in range(48):
        page.keyboard.down("Control")
        page.mouse.wheel(0, 120 if notch < 24 else -120)
        page.keyboard.up("Control")
        page.wait_for_timeout(30)
        if notch == 24:
            for step in range(40):
                page.mouse.wheel(60 if step < 20 else -60, 30)
                page.wait_for_timeout(30)


def _find_a_card(page: Page) -> Locator:
    """By the search of the flow, which opens its form and brings the camera to it."""
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("O problema")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)
    return page.locator(".react-flow__node.selected")


def _dragging(page: Page) -> dict[str, Any]:
    box = _find_a_card(page).bounding_box()
    assert box is not None

    def drag(page: Page) -> None:
        page.mouse.move(box["x"] + 100, box["y"] + 20)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(box["x"] + 100 + step * 3, box["y"] + 20 + step * 2)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(300)

    figures = traced(page, drag)
    page.keyboard.press("Control+z")
    page.wait_for_timeout(500)
    return figures


def _typing(page: Page) -> dict[str, Any]:
    """Into the text of a step whose form is open, a letter every 120 ms."""
    _find_a_card(page)
    form = page.get_by_role("complementary", name="Etapa", exact=True)
    form.locator("[contenteditable]").first.click()
    page.wait_for_timeout(1_000)
    page.evaluate(WATCH_INPUT)

    def write(page: Page) -> None:
        page.keyboard.type(" Conte mais um pouco.", delay=120)
        page.wait_for_timeout(1_500)

    tasks = traced(page, write)
    events: list[tuple[str, int]] = page.evaluate("window.slowest")
    # The wait for a save and its check is no part of what follows a key.
    keys = [duration for name, duration in events if name in ("keydown", "keypress", "input", "beforeinput")]
    to_paint = {"slowest_key_to_paint_ms": max(keys, default=0), "median_key_to_paint_ms": round(median(keys or [0]))}
    return {**to_paint, "keys_over_50_ms": sum(each > FRAME_LIMIT_MS for each in keys), **tasks}


if __name__ == "__main__":
    main()
