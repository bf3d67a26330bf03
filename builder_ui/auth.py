"""Who is asking, and may they: sessions by cookie, the CSRF token, and the one table of what each role may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from flask import Flask
from flask import session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect

from builder_ui.problems import Refused
from builder_ui.units import reading
from flowengine.core.errors import NotAllowed
from flowengine.store.members import Member

SESSION_LIFE = timedelta(days=14)

csrf = CSRFProtect()
login_manager = LoginManager()

DESK = frozenset({"administrator", "supervisor", "agent", "restricted"})
EVERYBODY = DESK | {"builder", "viewer"}
MAY: dict[str, frozenset[str]] = {
    "see flows": EVERYBODY - {"restricted"},
    "edit flows": frozenset({"administrator", "builder"}),
    "see conversations": EVERYBODY - {"builder"},
    "work on conversations": DESK,  # which of them: the desk's own rules
    "see teams": EVERYBODY,
    "see contacts": EVERYBODY - {"restricted", "builder"},
    "edit contacts": DESK - {"restricted"},
    "see texts": EVERYBODY,  # templates, snippets, reasons: what people answer with
    "edit texts": frozenset({"administrator", "builder"}),  # those, and the constants in them
    "see account": EVERYBODY - {"restricted"},
    "manage account": frozenset({"administrator"}),
}

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """Somebody signed in: a member of one account, until their login's sessions of this epoch are ended."""

    account_id: UUID
    member: Member
    epoch: int

    def get_id(self) -> str:
        """What the cookie holds."""
        return f"{self.account_id}:{self.member.id}:{self.epoch}"


def register(app: Flask) -> None:
    """Read the session's cookie on each request, and want the CSRF token for each write."""
    csrf.init_app(app)
    login_manager.init_app(app)


def me() -> SignedIn:
    """Who is signed in; 401 where nobody is."""
    if not current_user.is_authenticated:
        raise Refused(401, "Sign in first.")
    person: SignedIn = current_user._get_current_object()
    return person


def allowed(act: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only those whose role may do `act`; 403 for the others, 401 for nobody."""
    roles = MAY[act]

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if me().member.role not in roles:
                raise NotAllowed(f"the role {me().member.role} may not {act}")
            return view(*args, **kwargs)

        return checked

    return decorate


def enter(person: SignedIn) -> None:
    """Begin a session; what an earlier one held is gone, the CSRF token with it."""
    cookie.clear()
    cookie.permanent = True
    login_user(person)


def leave() -> None:
    """End the session."""
    logout_user()
    cookie.clear()


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(kept: str) -> SignedIn | None:
    """The person as they are now: whoever was removed, or has ended their sessions elsewhere, is out at once."""
    try:
        account, member_id, began_in = kept.split(":")
        account_id, wanted, epoch = UUID(account), UUID(member_id), int(began_in)
    except ValueError:
        return None
    with reading(account_id) as unit:
        member = unit.members.get(wanted) if unit.members.session_epoch(wanted) == epoch else None
    return None if member is None else SignedIn(account_id, member, epoch)
