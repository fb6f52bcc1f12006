"""Rows that hold for some services alone: they print for a client that subscribes to one of these."""

from snc_docs.model.base import Model, described
from snc_docs.model.kinds import Identifier, ListedText


class ForServices(Model):
    """A row that may name the services that it is for; one that names none is for every client."""

    services: tuple[Identifier, ...] = described(
        "services concernés par la ligne", "services that the row is for", printed=False, refers="services", default=()
    )

    def is_for(self, subscribed: frozenset[str]) -> bool:
        """Return whether the row is for a client who subscribes to these services."""
        return not self.services or not subscribed.isdisjoint(self.services)


class ListedForServices(ListedText, ForServices):
    """A text in a list that may be for some services alone."""
