"""Every point of the agreement's brief, found in both languages: a phrase that carries the point, in its clause."""

from __future__ import annotations

import pytest

from snc_docs import Agreement, assemble, load_agreement
from snc_docs.document.nodes import Definition
from snc_docs.document.walk import walk
from snc_docs.language import Language
from tests.tools import EXAMPLES, LANGUAGES, TODAY, all_text

POINTS: dict[str, tuple[str, str, str]] = {
    # point: clause, French words, English words
    "P1": ("parties", "sous le numéro 527 594 493", "under number 527 594 493"),
    "P1 capital": ("parties", "1\u202f849\u202f930 €", "€1,849,930"),
    "P2": ("parties", "Société des Archives de la Vallée imaginaire", "Société des Archives de la Vallée imaginaire"),
    "P3": ("parties", "ensemble les « Parties »", "together the “Parties”"),
    "P4": ("signatures", "Chief Revenue Officer", "Chief Revenue Officer"),
    "A1-1": ("preamble", "IaaS, PaaS et SaaS", "IaaS, PaaS and SaaS"),
    "A1-2": ("preamble", "Agence nationale de la sécurité des systèmes d’information", "French National Cybersecurity Agency"),
    "A1-3": ("preamble", "la compétence de ce prestataire et de son personnel", "the skills of the provider and of its personnel"),
    "A1-4": ("preamble", "CS-2026-117, daté du 15 juin 2026", "CS-2026-117, dated 15 June 2026"),
    "A1-4 region": ("preamble", "cloudgouv-eu-west-1", "cloudgouv-eu-west-1"),
    "A1-5": ("preamble", "la présente Convention de Service prévaut", "this Service Agreement shall prevail"),
    "A1-6": ("preamble", "« CLOUD ON DEMAND »", "“CLOUD ON DEMAND”"),
    "D1": ("definitions", "tout utilisateur que des droits privilégiés", "a user whose privileged rights"),
    "D2": ("definitions", "https://fr.outscale.com/informations-legales/", "https://en.outscale.com/legal-informations/"),
    "D2 terms": ("definitions", "régissent les services rattachés à un compte client", "govern the services attached to a client account"),
    "D3": ("definitions", "complété par la Convention de Service", "supplemented by the Service Agreement"),
    "D4": ("definitions", "le présent document et ses annexes, pris en application", "this document with its appendices, entered into under"),
    "D5": ("definitions", "mesurée par les SLA", "measured by the SLAs"),
    "D6": ("definitions", "inversion de bits", "bits are altered"),
    "D7": ("definitions", "pénalités associées aux SLA", "penalties associated with the SLAs"),
    "D8": ("definitions", "notamment sur la Disponibilité", "in particular as to Availability"),
    "D9": ("definitions", "l’attestation de l’Annexe B", "the certificate in Appendix B"),
    "D10": ("definitions", "pouvoir juridique d’engager cette Partie", "legal authority to bind that Party"),
    "D11": ("definitions", "relève de l’administration", "that work is administration"),
    "D12": ("definitions", "climatisation", "air conditioning"),
    "A3-1": ("purpose", "conditions particulières", "particular terms"),
    "A3-2": ("purpose", "remplace toute convention de service antérieure", "shall supersede any earlier service agreement"),
    "A3-3": ("purpose", "communiqués auparavant restent valables", "provided earlier shall remain valid"),
    "A4-1": ("changes", "lorsque le Référentiel change", "where the Framework changes"),
    "A4-2": ("changes", "au moins trente (30) jours avant", "at least thirty (30) days before"),
    "A4-3": ("changes", "n’abaisse le niveau de sécurité", "reduce the level of security"),
    "A4-4": ("changes", "cessent alors de produire effet", "cease to have effect"),
    "A5-1": (
        "termination",
        "le Client peut résilier la Convention de Service sans pénalité",
        "the Client may terminate the Service Agreement without penalty",
    ),
    "A5-2": ("termination", "lettre recommandée avec demande d’avis de réception", "registered letter with acknowledgement of receipt"),
    "6.1": ("third-parties", "situés en France métropolitaine", "located in mainland France"),
    "6.1 certified": ("third-parties", "certification ISO/IEC 27001", "ISO/IEC 27001 certification"),
    "6.1 table": ("third-parties", "THESEE", "THESEE"),
    "6.1 covers": ("third-parties", "la détection d’incendie", "fire detection"),
    "6.2 table": ("third-parties", "LUMEN (anciennement LEVEL 3 / CenturyLink)", "LUMEN (formerly LEVEL 3 / CenturyLink)"),
    "6.2 covers": ("third-parties", "fourniture et l’entretien de fibres noires", "supply and upkeep of dark fibre"),
    "A6-3": (
        "third-parties",
        "que les prestations énumérées aux Articles 6.1 et 6.2, ce qui ne le décharge",
        "only the services listed in Articles 6.1 and 6.2, and shall not thereby be released",
    ),
    "A6-4": ("third-parties", "respectent les obligations qui découlent du Contrat", "perform the duties that arise from the Agreement"),
    "A6-5": ("third-parties", "rétablir le niveau antérieur", "restore the previous level"),
    "7": ("obligations", "s’ajoutent aux obligations générales", "in addition to the general duties"),
    "7.1": (
        "obligations",
        "support compris, exclusivement dans l’Union européenne",
        "support included, exclusively in the European Union",
    ),
    "7.1 data": ("obligations", "centres de données situés en France", "data centres located in France"),
    "7.2": ("obligations", "toute son expertise", "all its expertise"),
    "7.3": ("obligations", "assurés depuis la France ou l’Union européenne", "carried out from France or the European Union"),
    "7.4": ("obligations", "assuré en français ou en anglais", "provided in French or in English"),
    "7.5": (
        "obligations",
        "réservés à cette administration et ne servent à aucun autre usage",
        "reserved for that administration and used for no other purpose",
    ),
    "7.6": ("obligations", "Dans les limites permises par la loi", "To the extent permitted by law and regulation"),
    "7.6 list": ("obligations", "répartition de ses ressources entre plusieurs zones", "spread of its resources over several zones"),
    "7.7": ("obligations", "Sans préjudice des obligations énoncées ailleurs", "Without prejudice to the duties stated elsewhere"),
    "A8-1": ("reversibility", "prévues par le Contrat Principal", "laid down in the Main Contract"),
    "A8-2": ("reversibility", "certificat d’effacement des données", "data deletion certificate"),
    "A9-1": ("confidentiality", "sans l’accord formel et écrit du Client", "without the Client’s formal written consent"),
    "A10-1": ("client-data", "ne peut disposer des Données du Client", "shall not dispose of Client Data"),
    "A10-2": ("client-data", "données de production de celui-ci à des fins de test", "production data shall not be used for tests unless"),
    "A10-3": ("client-data", "obtient d’abord l’accord", "shall first obtain the Client’s consent"),
    "A10-4": ("client-data", "en France ou dans l’Union européenne", "exclusively in France or in the European Union"),
    "A10-5": ("client-data", "légales, réglementaires ou sectorielles", "legal, regulatory or sectoral rules"),
    "A10-6": ("client-data", "aucun droit de propriété intellectuelle ou industrielle", "transfers an intellectual or industrial property right"),
    "A11-1": ("compliance", "la nouvelle décision remplace", "the new decision shall replace"),
    "A11-2": ("compliance", "peut l’adresser à l’ANSSI", "address that complaint to ANSSI"),
    "A11-3": ("compliance", "délai d’un (1) mois", "within one (1) month"),
    "A11-3 non-EU": ("compliance", "droit extra-européen", "non-European law"),
    "A12-1 a": (
        "audit",
        "l’organisme de qualification chargé de l’évaluation à vérifier",
        "the qualification body in charge of the evaluation to check",
    ),
    "A12-1 b": ("audit", "(PASSI) qualifié, désigné par le Prestataire", "(PASSI), appointed by the Service Provider"),
    "A12-2": ("audit", "article 28 du RGPD", "article 28 of the GDPR"),
    "A13-1": ("contacts", "délégué à la protection des données", "data protection officer"),
    "A13-2": ("contacts", "les tient à jour", "shall keep them up to date"),
    "A13-3": ("contacts", "Les notifications au Client sont adressées à son contact", "Notices to the Client shall be given to its contact"),
    "A14-1": ("governing-law", "droit français, sauf stipulation contraire d’un contrat", "French law, unless a contract provides otherwise"),
    "A14-2": ("governing-law", "collecte de preuves", "collection of evidence"),
    "A14-3 i": ("governing-law", "intelligence économique et concurrentielle", "economic and competitive intelligence"),
    "A14-3 ii": ("governing-law", "plateforme de gestion contractuelle", "contract management platform"),
    "A14-4": ("governing-law", "publications ou bulletins mensuels", "monthly posts or bulletins"),
    "App. A": ("appendix-a", "deux (2) semaines et un (1) jour", "two (2) weeks and one (1) day"),
    "App. A sample": ("appendix-a", "il n’est pas à remplir", "it is not to be filled in"),
    "App. A points": ("appendix-a", "Cachet", "Company stamp"),
    "App. B": ("appendix-b", "SPECIMEN-2026-01", "SPECIMEN-2026-01"),
    "App. C": ("appendix-c", "Compte technique (contact principal)", "Technical account (main contact)"),
}


def _clauses(agreement: Agreement, language: Language) -> dict[str, str]:
    clauses = {section.id: " ".join(all_text(section).replace("\u00a0", " ").split(" ")) for section in assemble(agreement, language).sections}
    return {identifier: text.replace("\n", " ") for identifier, text in clauses.items()}


@pytest.fixture(scope="module")
def clauses(outscale: Agreement) -> dict[str, dict[str, str]]:
    return {language: _clauses(outscale, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def under_general_terms() -> dict[str, dict[str, str]]:
    agreement = load_agreement(EXAMPLES / "outscale" / "client-commune.yaml", today=TODAY)
    return {language: _clauses(agreement, language) for language in LANGUAGES}


# Said of an agreement that completes the general terms; the others of one that completes a specific contract.
_OF_GENERAL_TERMS = frozenset(("D2", "D2 terms"))


@pytest.mark.parametrize("point", POINTS)
def test_each_point_of_the_brief_is_said_in_both_languages(
    clauses: dict[str, dict[str, str]], under_general_terms: dict[str, dict[str, str]], point: str
) -> None:
    clause, french, english = POINTS[point]
    said = under_general_terms if point in _OF_GENERAL_TERMS else clauses
    assert french in said["fr"][clause]
    assert english in said["en"][clause]


def test_definitions_are_in_the_order_of_their_language(outscale: Agreement) -> None:
    order = {}
    for language in LANGUAGES:
        document = assemble(outscale, language)
        order[language] = [node.forms[0] for node in walk(document) if isinstance(node, Definition)]
    assert order["fr"][:3] == ["Accord de Niveau de Service", "Administrateur", "Contrat"]
    assert order["en"][:3] == ["Administrator", "Agreement", "Availability"]
    assert len(order["fr"]) == len(order["en"]) == 15
