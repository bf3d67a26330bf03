"""The rules of conversations: what may become of one, by whose hand, and who may see it."""
