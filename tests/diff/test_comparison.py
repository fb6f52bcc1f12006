"""Two versions compared: changes that lead there and back, matched by what names things, rated, and said in people's words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from snc_docs import Agreement, Language, Version, apply, compare, load_agreement, redline, report_markdown, report_page, reverse, version_of
from snc_docs.diff.applying import ForeignChangeError, apply_data, reverse_data
from snc_docs.diff.comparison import Changes
from snc_docs.diff.data import DataChange, DataPlace, FieldChanged, ItemAdded, ItemMoved, ItemRemoved, data_changes
from snc_docs.diff.showing import as_data, clause_entries, data_entries, duty_text, value_text, weights_shown
from snc_docs.diff.weights import Rating, heaviest, rules, weight_names
from snc_docs.document.nodes import Block, BulletList, Document, ListItem, Paragraph
from snc_docs.document.revisions import accept, reject, turned
from snc_docs.errors import UnknownChoiceError, Wording
from snc_docs.model.agreement import with_listed_roles
from snc_docs.model.kinds import LocalizedText
from snc_docs.model.parts import Contact, ContactRole, ThirdParty
from snc_docs.model.periods import Period
from snc_docs.model.stored import told
from tests.edits import KINDS
from tests.tools import LANGUAGES, TODAY, document_of, section, story, updated, words


@pytest.fixture(scope="module")
def told_story(tmp_path_factory: pytest.TempPathFactory) -> Changes:
    old, new = story(tmp_path_factory.mktemp("story"))
    first, second = (version_of(load_agreement(path, today=TODAY), LANGUAGES) for path in (old, new))
    return compare(first, second)


def _paths(old: Agreement, new: Agreement) -> list[tuple[str, str]]:
    return [(type(change).__name__, change.place.path) for change in data_changes(old, new)]


def test_changes_lead_from_every_example_to_every_other_and_back(versions: dict[str, Version]) -> None:
    for old in versions.values():
        for new in versions.values():
            changes = compare(old, new)
            assert changes.is_empty == (old == new)
            assert apply(changes, old) == new
            assert apply(reverse(changes), new) == old
            assert reverse(reverse(changes)) == changes


@settings(max_examples=60)
@given(st.data())
def test_any_edit_of_the_lists_leads_there_and_back(outscale: Agreement, data: st.DataObject) -> None:
    others = list(outscale.third_parties.others)
    fresh = [ThirdParty(name=f"New {index}", category="domain-name") for index in range(2)]
    chosen = data.draw(st.lists(st.sampled_from([*others, *fresh]), unique_by=lambda each: each.name))
    chosen = [each.model_copy(update={"category": data.draw(st.sampled_from(["domain-name", "network-operator"]))}) for each in chosen]
    contacts = data.draw(st.permutations(outscale.client_contacts))
    new = outscale.model_copy(
        update={
            "third_parties": outscale.third_parties.model_copy(update={"others": tuple(chosen)}),
            "client_contacts": tuple(contacts[: data.draw(st.integers(0, len(contacts)))]),
        }
    )
    changes = data_changes(outscale, new)
    assert apply_data(changes, outscale) == new
    assert apply_data(reverse_data(changes), new) == outscale


@pytest.mark.parametrize("kind", KINDS)
def test_a_redline_turned_round_leads_back(kind: str) -> None:
    old, new = KINDS[kind]
    back = turned(redline(old, new))
    assert (accept(back), reject(back)) == (old, new)


def test_a_third_party_in_front_of_ten_others_is_one_change(outscale: Agreement) -> None:
    parties = outscale.third_parties
    first = ThirdParty(name="AAA", category="domain-name")
    new = outscale.model_copy(update={"third_parties": parties.model_copy(update={"others": (first, *parties.others)})})
    (change,) = data_changes(outscale, new)
    assert change == ItemAdded(change.place, "AAA", 0, first)
    assert change.place.path == "third_parties.others"


def test_an_item_that_moved_and_changed_is_both(outscale: Agreement) -> None:
    parties = outscale.third_parties
    *rest, last = parties.others
    new_last = last.model_copy(update={"category": "domain-name"})
    new = outscale.model_copy(update={"third_parties": parties.model_copy(update={"others": (new_last, *rest)})})
    assert _paths(outscale, new) == [("ItemMoved", "third_parties.others"), ("FieldChanged", "third_parties.others[Certigna].category")]


def test_two_contacts_of_one_role_go_by_their_names(outscale: Agreement) -> None:
    def with_desks(*names: str) -> Agreement:
        desks = tuple(Contact(role=ContactRole.SUPPORT_DESK, name=name) for name in names)
        return outscale.model_copy(update={"client_contacts": (*outscale.client_contacts, *desks)})

    (change,) = data_changes(with_desks("Day", "Night"), with_desks("Evening", "Day", "Night"))
    assert isinstance(change, ItemAdded)
    assert change.key == "support-desk: Evening"


def test_changes_of_another_version_are_refused(versions: dict[str, Version]) -> None:
    old, new, other = (versions[name] for name in ("outscale/client", "complete/client", "choices/first"))
    with pytest.raises(ForeignChangeError, match="isn't the one that these changes start from"):
        apply(compare(old, new), other)
    with pytest.raises(ForeignChangeError, match=r"'document\.reference'"):
        apply_data(data_changes(old.agreement, new.agreement), other.agreement)
    removed = [each for each in data_changes(old.agreement, new.agreement) if isinstance(each, (ItemRemoved, ItemMoved))]
    assert removed
    with pytest.raises(ForeignChangeError):
        apply_data(removed, other.agreement)


def test_each_kind_of_change_of_data_starts_from_its_own_version(outscale: Agreement) -> None:
    """A place that isn't there, an item out of reach, a list that is a field as well: the path is named, and nothing is applied."""
    first = outscale.third_parties.others[0]
    others = DataPlace(("third_parties", "others"))
    name = Wording("x", "x")
    cases: list[tuple[DataPlace, list[DataChange]]] = [
        (DataPlace(("nowhere",)), [FieldChanged(DataPlace(("nowhere",)), 1, 2)]),
        (DataPlace(), [FieldChanged(DataPlace(), 1, 2)]),
        (DataPlace(("document", "version", "deeper")), [FieldChanged(DataPlace(("document", "version", "deeper")), 1, 2)]),
        (others, [FieldChanged(others, (first,), ()), ItemRemoved(others, first.name, 0, first)]),
        (others, [ItemRemoved(others, first.name, 99, first)]),
        (others, [ItemMoved(others, first.name, 99, 0, name)]),
    ]
    for place, changes in cases:
        with pytest.raises(ForeignChangeError, match=re.escape(f"'{place.path}'")):
            apply_data(changes, outscale)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_is_told_in_the_words_of_its_readers(told_story: Changes, language: Language) -> None:
    shown = [(entry.about, entry.old, entry.new) for entry in data_entries(told_story, language)]
    expected = {
        "en": [
            ("Agreement › effective date", "1\u00a0September\u00a02026", "1\u00a0March\u00a02027"),
            ("Client’s contacts › Technical account › name", "Karim Lefèvre", "Nadia Benali"),
            ("Third parties › other third parties", "COGENT", ""),
            ("Third parties › other third parties", "", "ARELION"),
            ("Notices › notice of a change", "30\u00a0days", "45\u00a0days"),
            ("Optional commitments › notice of operations", "not given", "10\u00a0days"),
        ],
        "fr": [
            ("Convention › date d’effet", "1er\u00a0septembre\u00a02026", "1er\u00a0mars\u00a02027"),
            ("Délais › préavis de modification", "30\u00a0jours", "45\u00a0jours"),
            ("Engagements facultatifs › préavis des opérations", "non renseigné", "10\u00a0jours"),
        ],
    }[language]
    assert [each for each in expected if each not in shown] == []
    assert len(shown) == 14


def test_what_the_story_requires(told_story: Changes) -> None:
    assert told_story.duties() == ("third-party-notice", "notice", "new-certificate")
    assert [duty_text(duty, told_story, "en") for duty in told_story.duties()] == [
        "notice of the change of a third party",
        "written notice (30\u00a0days at least)",
        "new certificate, in its appendix",
    ]
    assert told_story.forbidden() == ()
    assert weights_shown(told_story, "en") == {"essential": 2, "security": 6, "third-parties": 3, "notice-period": 2, "contact": 3, "editorial": 6}


def test_a_clause_that_only_changed_number_is_renumbered_once(told_story: Changes) -> None:
    kinds = [(change.kind.value, change.id) for change in told_story.clauses["en"]]
    assert [each for each in kinds if each[0] == "renumbered"] == [("renumbered", "exclusions"), ("renumbered", "responsibility-matrix")]
    assert [each for each in kinds if each[0] == "added"] == [("added", "operations-notice")]
    assert len(kinds) == len(set(kinds))


_CLAUSES = {
    "word changed": [("reworded", "notice", [("thirty", "forty")])],
    "bold only": [("reworded", "notice", [("thirty days", "thirty days")])],
    "clause in": [("added", "audit", [("", "The Client may audit once a year. on site from afar")]), ("renumbered", "steps", [])],
    "clause moved": [("renumbered", "duties", []), ("moved", "notice", [])],
    "clause moved and edited": [("moved", "notice", []), ("reworded", "notice", [("thirty", "forty")])],
    "heading retitled": [("retitled", "notice", [("Notice", "Notices")])],
    "row in": [("reworded", "suppliers", [("", "Eta SAS Power Metz")])],
    "row moved": [("reworded", "suppliers", [("Alpha SAS Network Paris", "Alpha SAS Network Paris")])],
    "cell changed": [("reworded", "suppliers", [("Lyon", "Brest")])],
    "link target": [("reworded", "steps", [("https://example.com/a", "https://example.com/b")])],
    "reference target": [("reworded", "duties", [("Article\u00a02", "Article\u00a06")])],
    "header text": [],
    "last appendix in": [("added", "proof", [("", "The certificate.")])],
    "definition in": [("reworded", "terms", [("", "SLA service levels.")])],
}


@pytest.mark.parametrize(("kind", "expected"), _CLAUSES.items())
def test_each_kind_of_edit_is_told_as_what_it_is(versions: dict[str, Version], kind: str, expected: list[Any]) -> None:
    agreement = versions["outscale/client"].agreement
    old, new = (Version(agreement, {"en": document}) for document in KINDS[kind])
    found = [(change.kind.value, change.id, [(each.old, each.new) for each in change.words]) for change in compare(old, new).clauses["en"]]
    assert [each for each in expected if each not in found] == []
    assert len([each for each in found if each[0] != "renumbered"]) == len([each for each in expected if each[0] != "renumbered"])


def test_a_name_replaced_in_many_places_is_one_entry(versions: dict[str, Version], outscale: Agreement) -> None:
    renamed = outscale.model_copy(update={"provider": outscale.provider.model_copy(update={"short_name": "Nuagerie", "legal_name": "Nuagerie"})})
    changes = compare(versions["outscale/client"], version_of(renamed, LANGUAGES))
    (entry,) = changes.throughout("fr")
    assert (entry.old, entry.new) == ("Outscale", "Nuagerie")
    assert entry.count >= 4
    assert len(entry.clauses) >= 3
    assert [each.kind for each in clause_entries(changes, "fr")] == [f"remplacé partout ({entry.count} fois)"]


def test_every_field_of_the_model_has_a_weight_of_its_own_or_the_general_one(versions: dict[str, Version]) -> None:
    for old in versions.values():
        for new in versions.values():
            assert all(rating.weight in rules()["weights"] and rating.duty in rules()["duties"] for _, rating in compare(old, new).rated_data())


def test_values_are_shown_as_people_write_them() -> None:
    text = LocalizedText(fr="en français", en="in English")
    shown = [(value_text(value, "fr"), value_text(value, "en")) for value in (None, True, text, Period(days=2), ("a", "b"), ())]
    assert shown == [
        ("non renseigné", "not given"),
        ("oui", "yes"),
        ("en français", "in English"),
        ("2\u00a0jours", "2\u00a0days"),
        ("a et b", "a and b"),
        ("non renseigné", "not given"),
    ]


def test_a_text_that_changed_in_the_other_language_alone_is_shown_in_it(outscale: Agreement) -> None:
    centres = outscale.locations.data_centres
    assert centres is not None
    new = updated(outscale, locations=outscale.locations.model_copy(update={"data_centres": centres.model_copy(update={"en": "in France"})}))
    (entry,) = data_entries(compare(Version(outscale, {}), Version(new, {})), "fr")
    assert (entry.old, entry.new) == ("in mainland France", "in France")


def test_programs_get_plain_values(told_story: Changes) -> None:
    data = json.loads(json.dumps(as_data(told_story)))
    (notice,) = [each for each in data["data"] if each["path"] == "notices.change"]
    assert notice["change"] == "changed"
    assert (notice["old"]["fr"], notice["new"]["en"], notice["weight"], notice["duty"]) == (
        "30\u00a0jours",
        "45\u00a0days",
        "notice-period",
        "notice",
    )
    assert set(data) == {"same", "data", "clauses", "throughout", "duties", "forbidden"}
    assert {each["change"] for each in data["clauses"]["fr"]} == {"reworded", "added", "renumbered"}


def test_markdown_shows_every_character_as_it_is(outscale: Agreement) -> None:
    name = "# *Not* [a](link) <b> `x` ~~y~~ | z"
    new = updated(outscale, client=outscale.client.model_copy(update={"legal_name": name}))
    html = MarkdownIt().render(
        report_markdown(compare(Version(outscale, {"en": KINDS["word changed"][0]}), Version(new, {"en": KINDS["word changed"][1]})), "en")
    )
    assert "# *Not* [a](link) &lt;b&gt; `x` ~~y~~ | z</strong>" in html


def test_versions_that_are_the_same_say_so(versions: dict[str, Version]) -> None:
    same = compare(versions["outscale/client"], versions["outscale/client"])
    assert report_markdown(same, "fr").splitlines()[2] == "Les deux versions sont identiques."


def _document(text: str, **more: Any) -> Document:
    return document_of(section("termination", Paragraph(words(text))), *more.get("sections", ()))


def _compared(outscale: Agreement, old: str, new: str, **parts: Any) -> Changes:
    return compare(Version(outscale, {"en": _document(old)}), Version(updated(outscale, **parts), {"en": _document(new)}))


def test_another_version_number_hides_no_duty_of_the_clauses(outscale: Agreement) -> None:
    renamed = outscale.document.model_copy(update={"version": "1.1"})
    changes = _compared(outscale, "informs the Client at once", "need not inform the Client", document=renamed)
    assert changes.duties() == ("notice",)


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("within 1.5 hours, for €1,000", "within 15 hours, for €1,000", "essential"),
        ("for €1,000", "for $1,000", "essential"),
        ("at https://a-b.example.com/x", "at https://ab.example.com/x", "essential"),
        ("at most 30 %", "at most 30", "essential"),
        ("at most 30 days", "at most 30\u00a0days", "editorial"),
        ("the client's data", "the Client’s data", "editorial"),
        ("data, logs and keys", "data, logs, and keys", "editorial"),
    ],
)
def test_figures_currencies_and_addresses_are_more_than_punctuation(outscale: Agreement, old: str, new: str, weight: str) -> None:
    ((_, rating),) = _compared(outscale, old, new).rated_clauses("en")
    assert rating.weight == weight


def test_words_replaced_throughout_weigh_as_their_heaviest_clause(outscale: Agreement) -> None:
    old, new = (
        document_of(*(section(name, Paragraph(words(f"The Client is told of it {how}."))) for name in ("contacts", "audit", "third-parties")))
        for how in ("in writing", "by telephone")
    )
    changes = compare(Version(outscale, {"en": old}), Version(outscale, {"en": new}))
    (entry,) = clause_entries(changes, "en")
    assert (entry.rating.weight, entry.rating.duty, changes.duties()) == ("security", "notice", ("notice",))
    assert weights_shown(changes, "en") == {"security": 1}


def test_a_clause_that_moved_with_its_parts_reordered_is_told(outscale: Agreement) -> None:
    parts = [section(name, Paragraph(words(name)), role="subsection") for name in ("one", "two")]
    a, b, c = section("a", *parts), section("b", Paragraph(words("this is more than all that is said in the parts of a"))), section("c")
    old, new = document_of(a, b, c), document_of(b, c, section("a", *parts[::-1]))
    found = [(change.kind.value, change.id) for change in compare(Version(outscale, {"en": old}), Version(outscale, {"en": new})).clauses["en"]]
    assert ("moved", "a") in found
    assert {kind for kind, name in found if name in ("one", "two")} == {"moved"}


def test_a_part_that_went_to_another_clause_moved(outscale: Agreement) -> None:
    part = section("part", Paragraph(words("words of the part")), role="subsection")
    old, new = document_of(section("a", part), section("b")), document_of(section("a"), section("b", part))
    found = [(change.kind.value, change.id) for change in compare(Version(outscale, {"en": old}), Version(outscale, {"en": new})).clauses["en"]]
    assert found == [("moved", "part")]


def test_a_heading_put_in_or_taken_out_is_told_by_itself(outscale: Agreement) -> None:
    under = Paragraph(words("words that stay"))
    old, new = document_of(section("a", under)), document_of(section("a", section("b", under, role="subsection")))
    changes = compare(Version(outscale, {"en": old}), Version(outscale, {"en": new}))
    assert [(change.kind.value, change.id, change.within, change.words) for change in changes.clauses["en"]] == [("added", "b", "a", ())]
    back = compare(Version(outscale, {"en": new}), Version(outscale, {"en": old})).clauses["en"]
    assert [(change.kind.value, change.id, change.within, change.words) for change in back] == [("removed", "b", "a", ())]


def test_a_paragraph_that_became_an_item_or_a_notice_is_a_matter_of_form(outscale: Agreement) -> None:
    text = Paragraph(words("words that stay"))
    others: tuple[Block, ...] = (replace(text, role="notice"), BulletList((ListItem((text,)),)))
    for other in others:
        old, new = (Version(outscale, {"en": document_of(section("a", each))}) for each in (text, other))
        changes = compare(old, new)
        ((change, rating),) = changes.rated_clauses("en")
        assert (change.words[0].kind.value, rating.weight) == ("look", "editorial")


def test_a_picture_that_was_replaced_is_no_matter_of_form(outscale: Agreement) -> None:
    old, new = KINDS["certificate replaced"]
    old, new = (replace(each, sections=(*each.sections[:-1], replace(each.sections[-1], id="appendix-b"))) for each in (old, new))
    ((change, rating),) = compare(Version(outscale, {"en": old}), Version(outscale, {"en": new})).rated_clauses("en")
    assert (change.words[0].kind.value, rating.weight, rating.duty) == ("picture", "security", "new-certificate")


def test_an_attached_file_that_was_replaced_is_told_by_its_digest(outscale: Agreement) -> None:
    (attachment,) = told(outscale).attachments
    other = attachment.model_copy(update={"content": b"sha256:" + b"0" * 64})
    (entry,) = data_entries(compare(Version(told(outscale), {}), Version(updated(outscale, attachments=(other,)), {})), "fr")
    assert entry.new == "certificate-specimen.pdf (000000000000)"
    assert entry.old != entry.new


def test_an_order_that_changed_is_a_matter_of_form(outscale: Agreement) -> None:
    parties = outscale.third_parties
    moved = updated(outscale, third_parties=parties.model_copy(update={"others": (*parties.others[1:], parties.others[0])}))
    ((change, rating),) = compare(Version(outscale, {}), Version(moved, {})).rated_data()
    assert (type(change), rating.weight, rating.duty) == (ItemMoved, "editorial", "none")


def test_choices_are_shown_as_people_write_them(outscale: Agreement) -> None:
    fewer = updated(outscale, service=outscale.service.model_copy(update={"offer": outscale.service.offer[:1]}))
    (entry,) = data_entries(compare(Version(outscale, {}), Version(fewer, {})), "fr")
    assert (entry.old, entry.new) == ("IaaS, PaaS et SaaS", "IaaS")


def test_json_keeps_each_language_to_its_own_values(outscale: Agreement) -> None:
    centres = outscale.locations.data_centres
    assert centres is not None
    new = updated(outscale, locations=outscale.locations.model_copy(update={"data_centres": centres.model_copy(update={"en": "in France"})}))
    (change,) = json.loads(json.dumps(as_data(compare(Version(outscale, {}), Version(new, {})))["data"]))
    assert change["old"] == {"fr": centres.fr, "en": centres.en}
    assert change["new"] == {"fr": centres.fr, "en": "in France"}


def test_a_difference_that_does_not_show_is_reported_all_the_same(outscale: Agreement) -> None:
    old = _document("words")
    new = replace(old, sections=(replace(old.sections[0], covers=("19.1.a-1",)),))
    changes = compare(Version(outscale, {"en": old}), Version(outscale, {"en": new}))
    assert [entry.about for entry in clause_entries(changes, "en")] == ["A difference that doesn't show in the text"]


def test_markdown_marks_stand_beside_their_words(outscale: Agreement) -> None:
    text = report_markdown(_compared(outscale, "in France and on call", "in France or in the European Union and on call"), "en")
    assert "**or in the European Union**" in text


def test_a_second_contact_of_a_role_in_front_of_the_first_is_one_row(outscale: Agreement) -> None:
    def desks(*names: str) -> Agreement:
        return updated(outscale, client_contacts=with_listed_roles((*outscale.client_contacts, *(_desk(name) for name in names))))

    old, new = (version_of(each, ["en"]) for each in (desks("Day shift"), desks("Evening shift", "Day shift")))
    (change,) = [each for each in compare(old, new).clauses["en"] if each.id == "client-contacts"]
    assert [(each.kind.value, each.old) for each in change.words] == [("row", "")]


def _desk(name: str) -> Contact:
    return Contact(role=ContactRole.SUPPORT_DESK, name=name, email=f"{name.split(maxsplit=1)[0].lower()}@example.com")


def test_an_author_that_no_file_can_name_is_refused(outscale: Agreement) -> None:
    with pytest.raises(UnknownChoiceError, match="control character"):
        compare(Version(outscale, {"en": _document("a")}), Version(outscale, {"en": _document("b")}), "a\x01b")


def test_of_two_ratings_of_one_weight_the_one_with_a_duty_counts() -> None:
    weights = weight_names()
    one, other = Rating(weights[0], "none"), Rating(weights[0], "notice")
    assert heaviest([one, other]) == heaviest([other, one]) == other
    assert heaviest([Rating(weights[1], "notice"), one]) == one


def test_what_is_not_compared_is_refused_by_name(versions: dict[str, Version], outscale: Agreement) -> None:
    whole = versions["outscale/client"]
    french, english = (Version(outscale, {language: whole.documents[language]}) for language in LANGUAGES)
    with pytest.raises(UnknownChoiceError, match="no language in common"):
        compare(french, english)
    changes = compare(french, whole)
    for report in (report_page, report_markdown):
        with pytest.raises(UnknownChoiceError, match="'en': take one of fr"):
            report(changes, "en")
