"""What is kept of an object: made once for it and its key, forgotten when others were asked for since, safe between threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from snc_docs.document.kept import Kept
from snc_docs.document.nodes import Text


def test_an_object_gives_its_result_once_for_each_key() -> None:
    kept: Kept[int] = Kept(8)
    made: list[int] = []
    node, equal = Text("a"), Text("a")

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.get(node, "k", make), kept.get(node, "k", make), kept.get(equal, "k", make), kept.get(node, "other", make)] == [1, 1, 2, 3]


def test_what_was_asked_for_last_stays() -> None:
    kept: Kept[str] = Kept(2)
    first, second, third = Text("1"), Text("2"), Text("3")
    for each in (first, second, first, third):
        kept.get(each, None, lambda each=each: each.text)  # type: ignore[misc]  # a default is typed as the loop's
    assert len(kept) == 2
    assert kept.get(first, None, lambda: "anew") == "1"
    assert kept.get(second, None, lambda: "anew") == "anew"
    kept.clear()
    assert len(kept) == 0


def test_threads_may_share_it() -> None:
    kept: Kept[int] = Kept(16)
    nodes = [Text(str(index)) for index in range(64)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda index: kept.get(nodes[index % 64], None, lambda: index % 64), range(20_000)))
    assert results == [index % 64 for index in range(20_000)]
    assert len(kept) <= 16
