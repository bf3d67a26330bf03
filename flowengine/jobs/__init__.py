"""RQ drives, PostgreSQL remembers: a job is a hint that an account has work, and the only module that knows RQ."""
