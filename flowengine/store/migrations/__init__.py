"""Changes to the database, in order; forward only."""
