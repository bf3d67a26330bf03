"""The only place that speaks SQLAlchemy: what the product remembers, one account and one transaction at a time."""
