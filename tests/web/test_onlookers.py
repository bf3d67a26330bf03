"""Who has a flow open is told to those who look at screens of the same account, and kept nowhere."""

from queue import Empty
from uuid import uuid4

import pytest

SCREEN = "s-1"


def says(browser, house, **more):
    return browser.post(f"/flows/{house.flow}/here", {"screen": SCREEN, **more})


def test_others_hear_who_is_here_and_at_which_step(house):
    ana, eva = house.browser("ana"), house.browser("eva")
    stream = eva.listen()
    stream.until("hello")
    heard = stream.after(lambda: says(ana, house, what="came", step="ask"), "here")
    about = {"flow": str(house.flow), "member": str(house.members["ana"]), "who": "Ana"}
    assert heard[1] == {**about, "screen": SCREEN, "what": "came", "step": "ask"}
    assert heard[2] is None


def test_another_account_hears_nothing(house, other):
    stranger = other.browser("ana").listen()
    stranger.until("hello")
    ana = house.browser("ana")
    house_hears = ana.listen()
    house_hears.until("hello")
    house_hears.after(lambda: says(ana, house), "here")
    with pytest.raises(Empty):
        stranger.until("here", 0.5)


def test_signs_and_news_come_by_the_same_stream(house):
    ana = house.browser("ana")
    stream = ana.listen()
    stream.until("hello")
    stream.after(lambda: says(ana, house), "here")
    ana.post("/tags", {"name": "VIP"})
    assert stream.until("change")[1]["kind"] == "account"


@pytest.mark.parametrize("body", [{}, {"screen": "a b"}, {"screen": "a", "what": "stares"}, {"screen": "a", "step": 3}])
def test_what_is_no_sign_is_refused(house, body):
    assert house.browser("ana").post(f"/flows/{uuid4()}/here", body).status_code == 422
