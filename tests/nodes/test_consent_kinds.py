"""Consent is asked for every kind of channel there is."""

from flowengine.nodes import NODE_TYPES, SCHEMAS


def test_consent_knows_every_kind_of_channel():
    kinds = set(NODE_TYPES["consent"].schema["properties"]["channel"]["enum"]) - {"this", "all"}
    assert kinds == {path.stem for path in (SCHEMAS / "channels").glob("*.json")}
