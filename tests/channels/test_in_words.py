"""What a channel cannot show is said in words, and nothing is lost."""

from flowengine.channels.limits import Limits, fit
from flowengine.core.effects import SendMessage
from flowengine.core.events import Attachment

PLAIN = Limits(text=1_000, buttons=3, button_title=20, attachments=1, shows=frozenset({"text", "image"}))
SHOWS_PLACES = Limits(text=1_000, buttons=3, button_title=20, attachments=1, shows=frozenset({"text", "location"}))
SHOP = {"latitude": -8.06, "longitude": -34.87, "name": "Loja", "address": "Rua do Bom Jesus, 125"}
PICTURE = Attachment("https://exemplo.com.br/a.png", "image/png")
FILM = Attachment("https://exemplo.com.br/a.mp4", "video/mp4")


def _texts(message, limits=PLAIN):
    return [part.text for part in fit(message, limits)]


def test_a_place_becomes_its_name_its_address_and_a_link_to_the_map():
    link = "https://www.google.com/maps/search/?api=1&query=-8.06,-34.87"
    assert _texts(SendMessage(location=SHOP)) == [f"Loja\nRua do Bom Jesus, 125\n{link}"]


def test_a_place_stays_one_where_the_channel_shows_it():
    (sent,) = fit(SendMessage(location=SHOP), SHOWS_PLACES)
    assert (sent.location, sent.text) == (SHOP, "")


def test_a_contact_card_becomes_lines():
    card = {"name": "Ana Souza", "phone": "+5581999990000", "organisation": "Loja"}
    assert _texts(SendMessage(contact_card=card)) == ["Ana Souza\nLoja\n+5581999990000"]


def test_the_words_of_the_author_are_said_instead():
    assert _texts(SendMessage(location=SHOP, fallback="Estamos no Recife Antigo.")) == ["Estamos no Recife Antigo."]


def test_a_film_becomes_its_address_under_its_caption_and_a_picture_stays():
    (sent,) = fit(SendMessage(text="Veja", attachments=(PICTURE, FILM)), PLAIN)
    assert (sent.text, sent.attachments) == ("Veja\n\nhttps://exemplo.com.br/a.mp4", (PICTURE,))


def test_what_the_channel_shows_is_left_as_it_is():
    message = SendMessage(text="Oi", attachments=(PICTURE,), fallback="nunca dito")
    assert fit(message, PLAIN) == (message,)
