"""What is taken in before Flask is answered as Flask would answer it; all else is Flask's."""

from io import BytesIO

import pytest

from tests.web.conftest import TOKEN

MESSAGE = b'{"id": "m-1", "from": "renata", "text": "Oi"}'


def post(house, path, body=MESSAGE, **more):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    return house.app.test_client().post(path, data=body, headers=headers, **more)


@pytest.fixture
def path(house):
    return f"/hooks/http/{house.http.key}"


def test_an_answer_has_the_headers_of_every_other(house, path):
    taken, refused = post(house, path), post(house, path, b"{}")

    assert (taken.status, refused.status_code) == ("202 ACCEPTED", 422)
    same = {name for name, _ in taken.headers if name not in ("Content-Length", "Content-Type")}
    assert {name: taken.headers[name] for name in same} == {name: refused.headers[name] for name in same}
    assert same >= {"Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}
    assert taken.content_type == "application/json"


def test_every_message_is_counted_however_it_is_answered(house, path):
    def counted(status):
        line = f'flowengine_http_seconds_count{{endpoint="hooks.receive",status="{status}"}}'
        lines = house.app.test_client().get("/metrics").text.splitlines()
        return sum(float(each.rpartition(" ")[2]) for each in lines if each.startswith(line))

    before = counted("2xx"), counted("4xx")
    post(house, path)
    post(house, path, b"nonsense")

    assert (counted("2xx"), counted("4xx")) == (before[0] + 1, before[1] + 1)


def test_a_body_whose_length_nobody_told_is_read_to_its_end(house, path):
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}

    answer = post(house, path, b"", input_stream=BytesIO(MESSAGE), environ_overrides=environ)

    assert answer.status_code == 202


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "999999999999"])
def test_a_length_that_is_none_or_too_much_takes_nothing_in(house, path, length):
    answer = post(house, path, environ_overrides={"CONTENT_LENGTH": length})

    assert answer.status_code in (413, 422)
    assert post(house, path).status_code == 202  # it had not come before


@pytest.mark.parametrize(("path", "status"), [("/messages", 405), ("/", 405), ("%C3%A7", 404)])
def test_other_addresses_are_not_taken_for_a_channels(house, path, status):
    assert post(house, f"/hooks/http/{house.http.key}{path}").status_code == status


def test_the_body_of_somebody_unknown_is_not_read(house):
    class Unread(BytesIO):
        def read(self, *_):
            raise AssertionError("somebody has read it")

    answer = house.app.test_client().post(
        "/hooks/http/nowhere",
        input_stream=Unread(),
        headers={"Authorization": "Bearer x"},
        environ_overrides={"CONTENT_LENGTH": "4000000"},
    )

    assert answer.status_code == 404
