"""Mail is handed in at the operator's own server, and what that says is told in words."""

import pytest

from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects.mail import read_server, send
from tests.standins.mail import mail_server

SENDER = "flowengine@chat.example.com"


def test_a_letter_arrives_as_it_was_written():
    with mail_server() as there:
        server = read_server(f"smtp://127.0.0.1:{there.port}", sender=SENDER)
        send(server, ["ana@example.com", "rui@example.com"], "2 problemas: atenção", "São dois.\n.\nFim.\n")
    (letter,) = there.letters
    assert (letter["subject"], letter["from"]) == ("2 problemas: atenção", SENDER)
    assert letter["to"] == "ana@example.com, rui@example.com"
    assert letter.get_content().replace("\r\n", "\n") == "São dois.\n.\nFim.\n"
    assert there.envelopes == [(SENDER, ["ana@example.com", "rui@example.com"])]


def test_the_server_is_told_who_asks():
    with mail_server(login=("ana@example.com", "p@ss word")) as there:
        send(
            read_server(f"smtp://ana%40example.com:p%40ss%20word@127.0.0.1:{there.port}", sender=SENDER),
            ["rui@example.com"], "oi", "oi",
        )  # fmt: skip
    assert there.letters[0]["from"] == "ana@example.com"


def test_a_wrong_password_would_be_wrong_another_time():
    with mail_server(login=("ana", "right")) as there, pytest.raises(ChannelRefused, match="535 who are you"):
        send(read_server(f"smtp://ana:wrong@127.0.0.1:{there.port}", sender=SENDER), ["rui@example.com"], "oi", "oi")
    assert there.letters == []


def test_an_address_that_is_not_taken_is_named():
    with mail_server(refuses=550) as there, pytest.raises(ChannelRefused, match="rui@example.com"):
        send(read_server(f"smtp://127.0.0.1:{there.port}", sender=SENDER), ["rui@example.com"], "oi", "oi")


def test_a_server_that_puts_off_an_address_may_take_it_another_time():
    with mail_server(refuses=451) as there, pytest.raises(NoAnswer, match="rui@example.com"):
        send(read_server(f"smtp://127.0.0.1:{there.port}", sender=SENDER), ["rui@example.com"], "oi", "oi")


def test_a_server_that_is_away_may_be_there_another_time():
    with mail_server() as there:
        server = read_server(f"smtp://127.0.0.1:{there.port}", sender=SENDER)
    with pytest.raises(NoAnswer, match=str(there.port)):
        send(server, ["rui@example.com"], "oi", "oi")


def test_where_privacy_is_wanted_nothing_is_said_in_the_open():
    with mail_server(login=("ana", "right")) as there, pytest.raises(ChannelRefused, match="STARTTLS"):
        server = read_server(f"smtp://ana:right@127.0.0.1:{there.port}?starttls=yes", sender=SENDER)
        send(server, ["rui@example.com"], "oi", "oi")


@pytest.mark.parametrize(
    "url",
    ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://m.example?tls=1", "smtp://m?from=ana",
     "smtp://m?starttls=maybe", "smtp://m:99999"],
)  # fmt: skip
def test_an_address_of_a_server_that_is_none_is_refused(url: str):
    with pytest.raises(ValueError, match=r"."):
        read_server(url, sender=SENDER)


def test_ports_are_those_of_submission():
    assert read_server("smtp://m.example", sender=SENDER).port == 587
    assert read_server("smtps://m.example", sender=SENDER).port == 465
