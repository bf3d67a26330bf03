"""A system of the customer's that flows call: orders, stock, whatever a test makes it answer.

with webhook(Answer({"status": "sent"}), Answer(status=503)) as system:
    …call system.url + "/orders/7"…
    assert system.asked[0].headers["x-shop"] == "recife"
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.standins.served import Answer, StandIn, served


@contextmanager
def webhook(*answers: Answer) -> Iterator[StandIn]:
    """Answers one a request, the last for all that follow; without any, an empty 200."""
    with served(list(answers)) as stand_in:
        yield stand_in
