"""Files are there whole or not at all, by their content, each account's apart."""

from hashlib import sha256
from uuid import uuid4

import pytest

from flowengine.files.folder import Folder, TooLarge

BYTES = b"first piece, second piece"


def keep(folder, account, *pieces):
    with folder.arriving(pieces, most=1000) as arrived:
        folder.keep(account, arrived)
    return arrived


def left(root):
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_file_is_found_by_its_content(tmp_path):
    folder, account = Folder(tmp_path), uuid4()
    arrived = keep(folder, account, BYTES[:12], BYTES[12:])
    assert (arrived.sha256, arrived.size, arrived.head) == (sha256(BYTES).hexdigest(), len(BYTES), BYTES)
    assert folder.found(account, arrived.sha256).read_bytes() == BYTES
    assert folder.found(uuid4(), arrived.sha256) is None


def test_the_same_bytes_twice_are_one_file(tmp_path):
    folder, account = Folder(tmp_path), uuid4()
    keep(folder, account, BYTES)
    keep(folder, account, BYTES)
    assert len(left(tmp_path)) == 1


def test_what_is_too_large_or_breaks_off_leaves_nothing(tmp_path):
    def broken():
        yield b"half"
        raise ConnectionError

    folder = Folder(tmp_path)
    with pytest.raises(TooLarge), folder.arriving([b"x" * 600, b"x" * 600], most=1000):
        pass
    with pytest.raises(ConnectionError), folder.arriving(broken(), most=1000):
        pass
    with folder.arriving([BYTES], most=1000):
        pass  # nobody keeps it
    assert left(tmp_path) == []


def test_what_a_dead_process_left_is_removed_but_not_what_arrives_now(tmp_path):
    folder, account = Folder(tmp_path), uuid4()
    kept = keep(folder, account, BYTES)
    (tmp_path / ".arriving" / "dead").write_bytes(b"half")
    folder.forget_unfinished(before=0)
    assert len(left(tmp_path)) == 2
    folder.forget_unfinished(before=1e12)
    assert left(tmp_path) == [folder.found(account, kept.sha256)]
