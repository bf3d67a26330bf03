"""How each effect is carried out: applied inside the turn's transaction, or performed after it from the outbox."""
