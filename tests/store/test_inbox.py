"""Who sees what in lists, counts and look-ups."""

from datetime import timedelta

import pytest

from flowengine.core.errors import Invalid
from flowengine.desk.people import person_of, sight_of
from flowengine.store.inbox import Sight
from flowengine.store.messages import NewMessage
from tests.offices import NOON, Office, furnish, talk

# Which of the conversations below each person sees, by the access of the team they are in.
SEES = {
    ("team", "ana"): {"queued", "hers", "bias", "finished", "bot"},
    ("team", "bia"): {"queued", "hers", "bias", "finished", "bot"},
    ("team", "caio"): {"queued", "hers", "bias", "finished", "bot"},
    ("team", "dora"): {"queued", "hers", "bias", "finished", "bot"},
    ("team", "outsider"): set(),
    ("agent", "ana"): {"queued", "hers"},
    ("agent", "bia"): {"queued", "bias", "finished"},
    ("agent", "caio"): {"queued", "hers", "bias", "finished", "bot"},
    ("agent", "dora"): {"queued", "hers", "bias", "finished", "bot"},
    ("everyone", "outsider"): {"finished"},
    ("everyone", "restricted"): {"own"},
    ("team", "restricted"): {"own"},
    ("team", "builder"): set(),
    ("team", "viewer"): {"queued", "hers", "bias", "finished", "bot"},
}


@pytest.mark.parametrize(("access", "who"), SEES)
def test_a_person_sees_what_the_team_lets_them(office: Office, access: str, who: str):
    names = _conversations(office, access)
    sight = _sight(office, who)
    wanted = SEES[access, who] if who == "restricted" else SEES[access, who] | _own(who)
    with office.at() as unit:
        listed = {names[row.conversation.id] for row in unit.inbox.page(sight, "all").rows}
        found = {name for id, name in names.items() if unit.inbox.find(sight, id)}
        counted = sum(unit.inbox.counts(sight).values())
    assert listed == found == (wanted | {"own"} if who == "dora" else wanted)
    assert counted == len(listed - {"finished"})


def test_views_show_what_their_names_say(office: Office):
    names = _conversations(office, "team")
    sight = _sight(office, "ana")
    with office.at() as unit:
        views = {
            view: {names[row.conversation.id] for row in unit.inbox.page(sight, view).rows}
            for view in ("new", "mine", "others", "finished", "bot", "pending")
        }
    assert views == {
        "new": {"queued"},
        "mine": {"hers"},
        "others": {"bias", "own"},
        "finished": {"finished"},
        "bot": {"bot"},
        "pending": set(),
    }


def test_new_ones_come_urgent_first_then_by_waiting(office: Office):
    with office.at() as unit:
        for name, minutes, priority in (("late", 3, "normal"), ("urgent", 9, "high"), ("early", 1, "normal")):
            talk(unit, office, name, state="queued", queued_at=NOON + timedelta(minutes=minutes), priority=priority)
    assert _walk(office, "new") == ["urgent", "early", "late"]


def test_pages_follow_each_other_without_gap_or_repeat(office: Office):
    for minutes in range(5):
        with office.at(minutes) as unit:
            talk(unit, office, f"{minutes}")
    assert _walk(office, "bot") == ["4", "3", "2", "1", "0"]


def test_a_cursor_that_is_none_of_ours_is_refused(office: Office):
    with office.at() as unit, pytest.raises(Invalid):
        unit.inbox.page(Sight(office.dora.id, everything=True), "bot", cursor="x")


def test_a_search_takes_what_is_typed_as_it_stands(office: Office):
    everything = Sight(office.dora.id, everything=True)
    with office.at() as unit:
        first, second = talk(unit, office, "a"), talk(unit, office, "b")
        unit.contacts.change(first.contact_id, name="Maria", email="maria_100%@example.com")
        unit.conversations.said(second.id, text="quero um boleto", author="contact")
        found = {
            q: [row.conversation.id for row in unit.inbox.page(everything, "bot", q=q).rows]
            for q in ("mari", "BOLETO", "_100%", "%", "ninguém")
        }
    assert found == {
        "mari": [first.id], "BOLETO": [second.id], "_100%": [first.id], "%": [first.id], "ninguém": [],
    }  # fmt: skip


def test_a_timeline_is_read_backwards_page_by_page(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        for number in range(3):
            unit.messages.add(
                [
                    NewMessage(
                        conversation.id, conversation.contact_id, office.channel.id, conversation.identity_id,
                        "bot", {"text": str(number)},
                    )
                ]
            )  # fmt: skip
            unit.conversations.add_note(conversation.id, office.ana.id, f"note {number}")
        last, more = unit.inbox.timeline(conversation.id, most=4)
        first, none = unit.inbox.timeline(conversation.id, before=last[0].id, most=4)
    assert [item.kind for item in first + last] == ["message", "note"] * 3
    assert (more, none) == (True, False)


def _conversations(office: Office, access: str) -> dict:
    """One in each state in the team of sales, and one that belongs to `restricted`."""
    with office.at() as unit:
        unit.teams.change(office.sales.id, access=access)
        for name in ("outsider", "restricted", "builder", "viewer"):
            unit.members.add(name, "agent" if name == "outsider" else name)
        people = {member.name: member.id for member in unit.members.all()}
        for name in ("restricted", "builder", "viewer"):
            unit.teams.put_member(office.sales.id, people[name])
        sales = {"team_id": office.sales.id}
        rows = {
            "queued": talk(unit, office, "1", state="queued", queued_at=NOON, **sales),
            "hers": talk(unit, office, "2", state="open", owner_id=office.ana.id, **sales),
            "bias": talk(unit, office, "3", state="open", owner_id=office.bia.id, **sales),
            "finished": talk(unit, office, "4", state="finished", owner_id=office.bia.id, **sales),
            "bot": talk(unit, office, "5", state="bot", **sales),
            "own": talk(unit, office, "6", state="open", owner_id=people["restricted"]),
        }
    return {row.id: name for name, row in rows.items()}


def _own(who: str) -> set[str]:
    """`ana` is in the general team too, where the restricted agent's conversation lies."""
    return {"own"} if who == "ana" else set()


def _sight(office: Office, who: str) -> Sight:
    with office.at() as unit:
        member = next(each for each in unit.members.all() if each.name.lower() == who)
        return sight_of(person_of(unit, member))


def _walk(office: Office, view: str) -> list[str]:
    """The contacts of a view, fetched one by one."""
    names, cursor = [], None
    everything = Sight(office.dora.id, everything=True)
    with office.at() as unit:
        while True:
            page = unit.inbox.page(everything, view, cursor=cursor, most=1)
            names += [unit.contacts.identities(row.conversation.contact_id)[0].external_id for row in page.rows]
            cursor = page.next
            if cursor is None:
                return names


def test_another_accounts_administrator_sees_nothing(office: Office):
    names = _conversations(office, "everyone")
    with furnish(office.engine, "vizinho").at() as unit:
        sight = Sight(office.dora.id, everything=True)
        assert [unit.inbox.find(sight, id) for id in names] == [None] * len(names)
