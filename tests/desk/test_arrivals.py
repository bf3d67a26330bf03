"""What a message does to the conversation it arrives in."""

from datetime import timedelta

import pytest

from flowengine.desk.arrivals import arrive, is_thanks
from tests.offices import NOON, Office, meet, talk


def test_a_first_message_opens_a_conversation_with_the_bot_in_the_channels_team(office: Office):
    with office.at() as unit:
        arrival = _arrive(unit, office, meet(unit, office))
    assert arrival.opened
    assert (arrival.conversation.state, arrival.conversation.team_id) == ("bot", office.general.id)


@pytest.mark.parametrize("state", ["bot", "queued", "open"])
def test_a_talk_that_goes_on_stays_as_it_is(office: Office, state: str):
    with office.at() as unit:
        conversation = talk(unit, office, state=state)
        arrival = _arrive(unit, office, conversation)
    assert (arrival.conversation, arrival.opened, arrival.quiet) == (conversation, False, False)


def test_a_pending_talk_goes_back_to_its_agent_who_is_there(office: Office):
    with office.at() as unit:
        unit.members.change(office.ana.id, presence="online")
        arrival = _arrive(unit, office, _talk(unit, office, state="pending"))
        assert (arrival.conversation.state, arrival.conversation.owner_id) == ("open", office.ana.id)


def test_a_pending_talk_goes_to_the_queue_when_its_agent_is_away(office: Office):
    with office.at() as unit:
        arrival = _arrive(unit, office, _talk(unit, office, state="pending"))
        assert (arrival.conversation.state, arrival.conversation.owner_id) == ("queued", None)


def test_a_talk_a_person_finished_is_re_opened_by_more_than_thanks(office: Office):
    with office.at() as unit:
        unit.members.change(office.ana.id, presence="online")
        finished = _finished(unit, office)
    with office.at(5) as unit:
        arrival = _arrive(unit, office, finished, "e o boleto?")
        assert (arrival.conversation.id, arrival.conversation.state) == (finished.id, "open")
        assert arrival.conversation.owner_id == office.ana.id


@pytest.mark.parametrize("text", ["Obrigada!", "👍", "valeu 😀"])
def test_thanks_soon_after_re_open_nothing(office: Office, text: str):
    with office.at() as unit:
        finished = _finished(unit, office)
    with office.at(29) as unit:
        arrival = _arrive(unit, office, finished, text)
        assert (arrival.conversation.state, arrival.quiet, arrival.opened) == ("finished", True, False)


def test_thanks_an_hour_later_are_a_message_like_any_other(office: Office):
    with office.at() as unit:
        finished = _finished(unit, office)
    with office.at(60) as unit:
        assert _arrive(unit, office, finished, "Obrigada!").conversation.state == "queued"


def test_half_a_day_later_the_bot_greets_in_a_new_conversation(office: Office):
    with office.at() as unit:
        finished = _finished(unit, office)
    with office.at(12 * 60 + 1) as unit:
        arrival = _arrive(unit, office, finished, "oi")
        assert arrival.opened
        assert arrival.conversation.id != finished.id


def test_how_long_a_finished_talk_can_be_re_opened_is_the_accounts_choice(office: Office):
    with office.at() as unit:
        unit.accounts.set_settings({"reopen_hours": 1})
        finished = _finished(unit, office)
    with office.at(61) as unit:
        assert _arrive(unit, office, finished, "oi").opened


def test_what_the_bot_finished_is_over(office: Office):
    with office.at() as unit:
        finished = talk(unit, office, state="finished", finished_at=NOON)
    with office.at(1) as unit:
        assert _arrive(unit, office, finished, "oi").opened


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("obrigado", True),
        ("Muito obrigada!!!", True),
        ("ok", True),
        ("", False),
        ("?", False),
        ("oi", False),
        ("1", False),
    ],
)
def test_thanks_are_told_from_the_rest(text: str, thanks: bool):
    assert is_thanks(text) is thanks


def _talk(unit, office: Office, **new):
    return talk(unit, office, team_id=office.sales.id, owner_id=office.ana.id, **new)


def _finished(unit, office: Office):
    return _talk(unit, office, state="finished", finished_at=unit.now, finished_by=office.ana.id)


def _arrive(unit, office: Office, whose, text: str = "oi"):
    identity = getattr(whose, "identity_id", None) or whose.id
    return arrive(
        unit, unit.accounts.read(), office.channel, contact_id=whose.contact_id, identity_id=identity, text=text
    )


def test_the_reopening_is_on_the_timeline(office: Office):
    with office.at() as unit:
        finished = _finished(unit, office)
    with office.at(31) as unit:
        _arrive(unit, office, finished, "oi")
        (item,) = unit.inbox.timeline(finished.id)[0]
    assert (item.data["what"], item.data["where"], item.at) == ("reopened", "channel", NOON + timedelta(minutes=31))
