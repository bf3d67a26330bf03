"""Workers are killed and Valkey is emptied in the middle of a conversation: nothing is lost, nothing comes twice."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact

pytestmark = pytest.mark.timeout(240)

Fault = Callable[[Installation], None]


def none(installation: Installation) -> None:
    """The undisturbed conversation, to compare with."""


def kill_workers(installation: Installation) -> None:
    installation.kill_workers()


def empty_valkey(installation: Installation) -> None:
    installation.redis().flushall()


def both(installation: Installation) -> None:
    installation.redis().flushall()
    installation.kill_workers()


def converse(installation: Installation, fault: Fault) -> list[str]:
    """The whole way: greeting, menu, a question, people, rating. `fault` strikes after each message is handed in,
    before its answer is awaited.
    """
    name = f"Renata {uuid4().hex[:6]}"
    contact = Contact(installation, uuid4().hex)
    agent = Agent(installation, installation.login("agent"))

    contact.write("oi", name=name)
    fault(installation)
    contact.hears(2)
    contact.write("vendas")
    fault(installation)
    contact.hears(3)
    contact.write("isto não é um e-mail")
    fault(installation)
    contact.hears(4)
    contact.write("renata@exemplo.com.br")
    fault(installation)
    contact.hears(5)
    talk = agent.act(agent.finds("new", name), "take")
    fault(installation)
    agent.act(talk, "messages", text="Oi, aqui é a Joana.", client_id=uuid4().hex)
    contact.hears(6)
    contact.write("Oi, Joana!")
    fault(installation)
    agent.act(agent.finds("mine", name), "finish")
    fault(installation)
    contact.hears(7)
    contact.write("5")
    fault(installation)
    contact.hears(8)
    return [text.replace(name.split()[1], "…") for text in contact.hears(8)]


@pytest.fixture(scope="module")
def undisturbed(installation: Installation) -> list[str]:
    return converse(installation, none)


@pytest.mark.parametrize("fault", [kill_workers, empty_valkey, both])
def test_a_conversation_is_the_same_whatever_dies_between_any_two_messages(
    installation: Installation, undisturbed: list[str], fault: Fault
) -> None:
    assert converse(installation, fault) == undisturbed


def test_many_contacts_are_each_answered_once_while_workers_die(installation: Installation) -> None:
    contacts = [Contact(installation, uuid4().hex) for _ in range(20)]
    for place, contact in enumerate(contacts):
        contact.write("oi", id=f"{contact.sender}-1")
        contact.write("oi", id=f"{contact.sender}-1")
        if place % 5 == 0:
            installation.kill_workers()
    assert [len(contact.hears(2)) for contact in contacts] == [2] * 20
