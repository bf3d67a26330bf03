"""A batch: what one claim needs is read at once and held, what it decides is written at once at its end.

The rows it holds are nobody else's until the transaction ends, so what stands in memory is what will stand in the
database. Whatever a batch does not keep back goes straight through, after all that was kept back has been written: so
every statement sees what was decided before it. A batch undoes nothing that was sent: where it would have to, it ends
with `Undone`, and whoever began it does the same work without one.
"""

from flowengine.store.batch.unit import Batch

__all__ = ["Batch"]
