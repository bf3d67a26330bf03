"""What channels do with our own messages: fit them to their limits, sign them, judge the answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from flowengine.channels import CHANNELS, http, webchat
from flowengine.channels.arrived import Arrived, event
from flowengine.channels.limits import Limits, fit
from flowengine.core.effects import Option, SendMessage
from flowengine.core.errors import Invalid
from flowengine.core.events import Attachment

NARROW = Limits(text=40, buttons=3, button_title=10, attachments=1)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def _menu(*titles):
    return SendMessage(text="Qual?", options=tuple(Option(title.lower(), title) for title in titles))


def test_options_within_the_limit_stay_buttons():
    assert fit(_menu("Vendas", "Suporte"), NARROW) == (_menu("Vendas", "Suporte"),)


def test_one_option_too_many_makes_all_of_them_numbered_lines():
    (sent,) = fit(_menu("A", "B", "C", "D"), NARROW)

    assert sent.options == ()
    assert sent.text == "Qual?\n\n1. A\n2. B\n3. C\n4. D"


def test_a_title_too_long_for_a_button_makes_numbered_lines():
    (sent,) = fit(_menu("A", "Falar com gente"), NARROW)

    assert sent.text.endswith("1. A\n2. Falar com gente")


def test_a_long_text_is_cut_between_words_and_keeps_its_buttons_at_the_end():
    first, last = fit(SendMessage(text="palavra " * 7, options=(Option("a", "A"),)), NARROW)

    assert first.text == "palavra palavra palavra palavra palavra"
    assert (first.options, last.options) == ((), (Option("a", "A"),))


def test_each_file_beyond_the_limit_is_a_message_of_its_own():
    files = tuple(Attachment(f"https://example.com/{n}", "image/png") for n in range(3))

    sent = fit(SendMessage(text="Fotos", attachments=files), NARROW)

    assert [one.attachments for one in sent] == [files[:1], files[1:2], files[2:]]
    assert sent[-1].text == "Fotos"


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=15), max_size=6, unique=True))
def test_no_word_is_lost_and_no_limit_is_passed(text, titles):
    message = SendMessage(text=text, options=tuple(Option(str(n), title) for n, title in enumerate(titles)))

    sent = fit(message, NARROW)

    shown = "".join("".join(part.text + "".join(option.title for option in part.options) for part in sent).split())
    assert all(len(part.text) <= NARROW.text and len(part.options) <= NARROW.buttons for part in sent)
    assert all("".join(words.split()) in shown for words in [text, *titles])


def test_every_channel_says_its_limits_and_reads_bodies():
    assert all(isinstance(module.LIMITS, Limits) and callable(module.read) for module in CHANNELS.values())


def test_a_sender_whose_clock_runs_ahead_is_not_believed():
    arrived = Arrived(id="m", contact="c", text="Oi", at=NOON + timedelta(hours=1))

    assert event(arrived, id="e", channel="ch", identity="i", now=NOON).at == NOON


def test_a_callback_is_signed_so_that_its_receiver_can_check_it():
    now = datetime.now(UTC)
    message = http.as_object(
        id="m-1", to="c-1", text="Olá", options=[], attachments=[], in_reply_to=None, created_at=now
    )

    request = http.request(message, url="https://example.com/hook", secret=SECRET, now=now)

    assert Webhook(SECRET).verify(request.body, request.headers) == message
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(request.body + b" ", request.headers)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [(200, "accepted"), (204, "accepted"), (302, "refused"), (404, "refused"), (429, "later"), (503, "later")],
)
def test_only_a_success_is_acceptance(status, meaning):
    assert http.outcome(status) == meaning


def test_a_visitors_name_cannot_hold_what_cannot_be_stored():
    with pytest.raises(Invalid) as refused:
        webchat.read_session(b'{"name": "a\\u0000b"}')

    assert refused.value.detail["errors"][0]["pointer"] == "/name"
