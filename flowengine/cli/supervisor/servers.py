"""The servers an installation brings along: those that the environment does not name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flowengine import embedded


@dataclass
class Servers:
    """Our own PostgreSQL and Valkey, each None where the operator has one."""

    data: Path
    postgres: embedded.Postgres | None = None
    valkey: embedded.Valkey | None = None
    _failing: bool = field(default=False)

    def start(self, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
        """Start or adopt what `environ` does not name. Raises EmbeddedError."""
        if environ.get("DATABASE_URL") and environ.get("REDIS_URL"):
            return
        places = embedded.make_places(self.data)
        if places.owner is not None:
            say(
                f"started by root: the servers run as the user {places.owner.name}, their files are in {places.servers}"
            )
        if not environ.get("DATABASE_URL"):
            self.postgres = embedded.start_database(places)
        if not environ.get("REDIS_URL"):
            self.valkey = embedded.start_valkey(places)

    def environment(self) -> dict[str, str]:
        """What the processes of the installation find in their environment to reach our servers."""
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = embedded.database_url(self.postgres, embedded.APP_ROLE)
            found["DATABASE_OWNER_URL"] = embedded.database_url(self.postgres, embedded.OWNER_ROLE)
        if self.valkey:
            found["REDIS_URL"] = self.valkey.url
        return found

    def keep(self, say: Callable[[str], None]) -> None:
        """Start again what has died; a failure is said once and tried again at the next look."""
        try:
            if self.postgres and not self.postgres.runs():
                say("PostgreSQL ended; starting it again")
                self.postgres = self.postgres.again()
            if self.valkey and not self.valkey.runs():
                say("Valkey ended; starting it again")
                self.valkey = self.valkey.again()
            self._failing = False
        except embedded.EmbeddedError as error:
            if not self._failing:
                say(str(error))
            self._failing = True

    def stop(self) -> None:
        """Stop ours, the database last."""
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
