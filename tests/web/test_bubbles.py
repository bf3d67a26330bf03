"""What a contact sees of a message on each kind of channel: buttons, lists, numbered words, and texts cut to fit."""

import pytest

from builder_ui.bubbles import bubbles
from flowengine.core.effects import Option, SendMessage


def menu(count, title="Opção", show_as="auto"):
    options = tuple(Option(f"o{place}", f"{title} {place}") for place in range(count))
    return SendMessage(text="Qual?", options=options, show_as=show_as)


@pytest.mark.parametrize(
    ("message", "kind", "look"),
    [
        (menu(3), "whatsapp", "buttons"),
        (menu(4), "whatsapp", "list"),
        (menu(3, show_as="list"), "whatsapp", "list"),
        (menu(11), "whatsapp", "text"),
        (menu(2, title="Um título que não cabe em botão"), "whatsapp", "text"),
        (menu(2, show_as="text"), "webchat", "text"),
        (menu(5, show_as="list"), "webchat", "buttons"),
        (menu(1), "whatsapp_unofficial", "text"),
        (menu(50), "carrier_pigeon", "buttons"),
    ],
)
def test_options_look_as_the_channel_can_show_them(message, kind, look):
    (bubble,) = bubbles(message, kind)
    assert bubble["show_as"] == look
    assert len(bubble["options"]) == (0 if look == "text" else len(message.options))


def test_options_that_are_words_are_numbered():
    (bubble,) = bubbles(menu(2), "whatsapp_unofficial")
    assert bubble["text"] == "Qual?\n\n1. Opção 0\n2. Opção 1"


def test_a_text_that_is_too_long_becomes_several_and_the_buttons_stay_under_the_last():
    first, last = bubbles(SendMessage(text="palavra " * 200, options=menu(2).options), "whatsapp")
    assert max(len(first["text"]), len(last["text"])) <= 1024
    assert (len(first["options"]), len(last["options"])) == (0, 2)
