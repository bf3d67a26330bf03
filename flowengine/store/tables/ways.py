"""What is kept of runs so that their turns need not be read again."""

from sqlalchemy import ARRAY, Boolean, Double, Index, Integer, Table, Text, Uuid, text

from flowengine.store.tables.columns import account_id, key, metadata, plain, time, uid, words

# The way that a run took, up to `turn` (store/ways.py). No foreign key to the run: digesting locks no row of those
# that are being walked, and runs stay.
run_way = Table(
    "run_way",
    metadata,
    account_id(),
    uid("run_id"),
    uid("flow_id"),
    uid("version_id"),
    uid("contact_id"),
    time("started_at"),
    time("ended_at", null=True),
    plain("turn", Integer),
    words("status"),
    words("reason", null=True),
    words("node", null=True),  # where it stands or ended
    words("port", null=True),  # by which it left the last step
    words("way"),
    plain("waited", ARRAY(Text)),  # nodes at which it waited, by which port it left each, and after how many seconds
    plain("left_by", ARRAY(Text)),
    plain("seconds", ARRAY(Double)),
    plain("called", ARRAY(Uuid)),  # versions of sub-flows
    plain("unheard", Boolean),  # somebody wrote what was no answer
    key("run_id"),
    Index(None, "account_id", "flow_id", "started_at", postgresql_include=["status"]),
    Index("run_way_open_idx", "account_id", "flow_id", "started_at", postgresql_where=text("status = 'open'")),
    Index("run_way_calling_idx", "account_id", "started_at", postgresql_where=text("called <> '{}'")),
)
