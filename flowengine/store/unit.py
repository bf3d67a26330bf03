"""One account, one transaction: everything that is read and written in it, area by area."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import ClassVar, Self, TypeVar
from uuid import UUID

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from flowengine.store.accounts import Accounts
from flowengine.store.ai_endpoints import AiEndpoints
from flowengine.store.aliases import Aliases
from flowengine.store.answers import Answers
from flowengine.store.area import LAST_WORDS, Area, Before, Scope
from flowengine.store.audit import Audit
from flowengine.store.bindings import Bindings
from flowengine.store.channels import Channels
from flowengine.store.consents import Consents
from flowengine.store.constants import Constants
from flowengine.store.contact_notes import ContactNotes
from flowengine.store.contacts import Contacts
from flowengine.store.conversations import Conversations
from flowengine.store.dead_letters import DeadLetters
from flowengine.store.documents import Documents
from flowengine.store.erasure import Erasure
from flowengine.store.facts import Facts
from flowengine.store.fields import Fields
from flowengine.store.files import Files
from flowengine.store.flow_folders import Folders
from flowengine.store.flow_list import FlowList
from flowengine.store.flow_points import Points
from flowengine.store.flow_stories import Stories
from flowengine.store.flow_tests import FlowTests
from flowengine.store.flows import Flows
from flowengine.store.hours import BusinessHours
from flowengine.store.inbox import Inbox
from flowengine.store.intake import Intake, Waiting
from flowengine.store.lanes import Lanes
from flowengine.store.live import Live
from flowengine.store.members import Members
from flowengine.store.messages import Messages
from flowengine.store.outbox import Outbox
from flowengine.store.outgoing import Outgoing
from flowengine.store.partitions import Retention
from flowengine.store.pipelines import Pipelines
from flowengine.store.portfolios import Portfolios
from flowengine.store.reasons import Reasons
from flowengine.store.results import Results
from flowengine.store.results_answers import ResultAnswers
from flowengine.store.results_paths import ResultPaths
from flowengine.store.results_rows import ResultRows
from flowengine.store.results_unheard import ResultUnheard
from flowengine.store.runs import Runs
from flowengine.store.secrets import Secrets
from flowengine.store.segments import Segments
from flowengine.store.snippets import Snippets
from flowengine.store.standing import Standing
from flowengine.store.surroundings import AroundConversations
from flowengine.store.tags import Tags
from flowengine.store.teams import Teams
from flowengine.store.templates import Templates
from flowengine.store.turns import Turns
from flowengine.store.ways import Ways

ENTER = text("select set_config('app.account', cast(:account as text), true)")
TRIES = 3  # of what a deadlock, a serialisation failure or a broken connection undid

Result = TypeVar("Result")


class Unit:
    """Lives as long as its transaction. `now` is the same throughout; `ids` gives UUIDv7s in order."""

    _enter: ClassVar[TextClause] = ENTER  # its first statement

    def __init__(
        self, connection: Connection, account_id: UUID, *, now: datetime, ids: Callable[[], UUID], before: Before = None
    ) -> None:
        self.account_id = account_id
        self.now = now
        self.new_id = ids
        self._connection = connection
        self._scope = scope = Scope(connection, account_id, now, ids, before)
        self.accounts = Accounts(scope)
        self.ai = AiEndpoints(scope)
        self.aliases = Aliases(scope)
        self.answers = Answers(scope)
        self.around = AroundConversations(scope)
        self.audit = Audit(scope)
        self.bindings = Bindings(scope)
        self.channels = Channels(scope)
        self.consents = Consents(scope)
        self.contact_notes = ContactNotes(scope)
        self.constants = Constants(scope)
        self.contacts = Contacts(scope)
        self.conversations = Conversations(scope)
        self.dead_letters = DeadLetters(scope)
        self.documents = Documents(scope)
        self.erasure = Erasure(scope)
        self.facts = Facts(scope)
        self.fields = Fields(scope)
        self.files = Files(scope)
        self.flow_list = FlowList(scope)
        self.flow_tests = FlowTests(scope)
        self.flows = Flows(scope)
        self.folders = Folders(scope)
        self.hours = BusinessHours(scope)
        self.inbox = Inbox(scope)
        self.intake = Intake(scope)
        self.lanes = Lanes(scope)
        self.live = Live(scope)
        self.members = Members(scope)
        self.messages = Messages(scope)
        self.outbox = Outbox(scope)
        self.outgoing = Outgoing(scope)
        self.portfolios = Portfolios(scope)
        self.pipelines = Pipelines(scope)
        self.points = Points(scope)
        self.reasons = Reasons(scope)
        self.results = Results(scope)
        self.result_answers = ResultAnswers(scope)
        self.result_paths = ResultPaths(scope)
        self.result_rows = ResultRows(scope)
        self.result_unheard = ResultUnheard(scope)
        self.retention = Retention(scope)
        self.runs = Runs(scope)
        self.secrets = Secrets(scope)
        self.snippets = Snippets(scope)
        self.segments = Segments(scope)
        self.stories = Stories(scope)
        self.standing = Standing(scope)
        self.tags = Tags(scope)
        self.teams = Teams(scope)
        self.templates = Templates(scope)
        self.turns = Turns(scope)
        self.ways = Ways(scope)

    @classmethod
    @contextmanager
    def open(
        cls, engine: Engine, account_id: UUID, *, now: datetime | None = None, ids: Callable[[], UUID] = uuid7
    ) -> Iterator[Self]:
        """A transaction of its own: committed at the end of the block, rolled back by an exception."""
        with engine.begin() as connection:
            yield cls.on(connection, account_id, now=now, ids=ids)

    @classmethod
    def on(
        cls, connection: Connection, account_id: UUID, *, now: datetime | None = None, ids: Callable[[], UUID] = uuid7
    ) -> Self:
        """A Unit in the caller's transaction, which sees this account and no other from here on."""
        if not connection.in_transaction():
            connection.begin()
        now = now or datetime.now(UTC)
        Area(Scope(connection, account_id, now, ids))._run(cls._enter)
        return cls(connection, account_id, now=now, ids=ids)

    def hold(self, waiting: Sequence[Waiting]) -> None:
        """These events of locked lanes are about to be taken. A batch reads ahead; others read when they are asked."""

    def savepoint(self) -> AbstractContextManager[object]:
        """What the block did is undone alone by an exception, which then goes on."""
        return self._connection.begin_nested()


class Undone(Exception):  # noqa: N818 - not an error: the work is done again
    """The transaction is of no use any more, through no fault of what it was to do."""


def within(
    engine: Engine,
    account_id: UUID,
    act: Callable[[Unit], Result],
    *,
    now: datetime | None = None,
    kind: type[Unit] = Unit,
) -> Result:
    """Run `act` in a Unit of its own; once more, up to `TRIES`, when it met a deadlock or a connection that had broken.

    It must do nothing else, and come to the same where an earlier try was committed and only its end was lost.
    """
    for left in reversed(range(TRIES)):
        try:
            with kind.open(engine, account_id, now=now) as unit:
                return act(unit)
        except DBAPIError as fault:
            if not left or not passes(fault):
                raise
    raise AssertionError("unreachable")


def passes(fault: Exception) -> bool:
    """Whether the transaction met another's, or lost its connection, and is worth taking again from its beginning."""
    if isinstance(fault, Undone):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    return fault.connection_invalidated or isinstance(fault.orig, (DeadlockDetected, SerializationFailure, *LAST_WORDS))
