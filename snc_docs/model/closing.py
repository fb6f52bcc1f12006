"""How a service agreement begins and ends, and how it is signed: each sentence of the final provisions rests on one of these fields."""

from typing import Annotated

from pydantic import Field

from snc_docs.model.base import LabelledEnum, Model, described, optional
from snc_docs.model.kinds import YesNo
from snc_docs.model.periods import Period


class Term(Model):
    """For how long the agreement is made: for as long as the main contract, or for a ``period`` from its entry into force.

    With ``renewal`` a period is renewed for that time unless a party gives ``notice`` before its end.
    """

    as_contract: YesNo = described("durée du contrat principal", "as long as the main contract", default=False)
    period: Period | None = optional("durée", "term")
    renewal: Period | None = optional("durée de chaque reconduction", "time of each renewal")
    notice: Period | None = optional("préavis de non-reconduction", "notice against renewal")


class SigningForm(LabelledEnum):
    """How the parties sign (in France articles 1366, 1367 and 1375 of the Code civil)."""

    PAPER = "paper", "sur papier", "on paper"
    ELECTRONIC = "electronic", "par voie électronique", "electronically"


class SignatureLevel(LabelledEnum):
    """Kinds of electronic signature of Regulation (EU) No 910/2014, articles 3(10) to 3(12)."""

    SIMPLE = "simple", "signature électronique", "electronic signature"
    ADVANCED = "advanced", "signature électronique avancée", "advanced electronic signature"
    QUALIFIED = "qualified", "signature électronique qualifiée", "qualified electronic signature"


class Signing(Model):
    """How the agreement is signed: on paper, with its number of ``originals``, or electronically, at a ``level``."""

    form: SigningForm = described("forme de la signature", "form of the signature")
    originals: Annotated[int, Field(ge=2, le=20)] | None = optional("nombre d’originaux", "number of originals")
    level: SignatureLevel | None = optional("niveau de la signature électronique", "level of the electronic signature")
