"""Fault D8: catalogues add models to the list; none of them changes what is another's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.values import Model, Source
from app.models.store.listing import Offer, merged

OFFICIAL, MIRROR, EVIL = (Source(f"https://{host}.example/gemma.task") for host in ("official", "school", "evil"))
PLAIN = Model("gemma", "Gemma 3 270M", sources=(OFFICIAL,), license="Gemma terms of use", size_bytes=900)
HASHED = replace(PLAIN, id="smol", name="SmolLM2", sha256="a" * 64)
CHUNKED = replace(PLAIN, id="tiny", name="Tiny", chunk_bytes=500, chunk_sha256=("b" * 64, "c" * 64))
OWN = [PLAIN, HASHED, CHUNKED]


def offer(*models: Model, is_kept: bool) -> Offer:
    return Offer("school.example" if is_kept else "evil.example", models, is_kept)


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("size_bytes", [0, 900])
def test_a_model_without_a_hash_takes_no_foreign_source(is_kept: bool, size_bytes: int) -> None:
    """The case of the fault: the id of a built-in row, its own address, and one more."""
    own = replace(PLAIN, size_bytes=size_bytes)
    first, second = merged([own], [offer(replace(own, sources=(OFFICIAL, EVIL)), is_kept=is_kept)])
    assert first == own
    assert second.id.startswith("gemma-")
    assert second.sources == (OFFICIAL, EVIL)
    assert "example)" in second.name


def test_a_visiting_catalogue_gives_no_source_even_where_the_hash_is_right() -> None:
    for own in (HASHED, CHUNKED):
        first, second = merged([own], [offer(replace(own, sources=(OFFICIAL, EVIL)), is_kept=False)])
        assert first == own
        assert (second.name, second.id != own.id) == (f"{own.name} (evil.example)", True)


def test_an_added_catalogue_may_mirror_what_a_published_hash_proves() -> None:
    for own in (HASHED, CHUNKED):
        mirrored = replace(own, sources=(MIRROR, OFFICIAL), name="Mirrored", license="MIT", license_url="https://x")
        assert merged([own], [offer(mirrored, is_kept=True)]) == [replace(own, sources=(OFFICIAL, MIRROR))]


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize(
    "other",
    [
        replace(HASHED, sha256="d" * 64, sources=(EVIL,)),
        replace(HASHED, sha256="", sources=(EVIL,)),
        replace(HASHED, size_bytes=901, sources=(EVIL,)),
        replace(HASHED, id="SMOL", sources=(EVIL,)),
        replace(PLAIN, sha256="d" * 64, sources=(EVIL,)),
        replace(PLAIN, id="Gemma", sources=(OFFICIAL,)),
        replace(CHUNKED, chunk_sha256=("b" * 64, "d" * 64), sources=(EVIL,)),
        replace(CHUNKED, chunk_sha256=(), chunk_bytes=0, sources=(EVIL,)),
        replace(CHUNKED, sha256="d" * 64, sources=(EVIL,)),
    ],
)
def test_another_hash_size_or_spelling_is_a_row_of_its_own(other: Model, is_kept: bool) -> None:
    *own, added = merged(OWN, [offer(replace(other, license="MIT"), is_kept=is_kept)])
    assert own == OWN
    assert added.id not in [model.id for model in OWN]
    assert added.name.endswith("example)")


@pytest.mark.parametrize("name", ["Gemma 3 270M", "gemma 3  270m", "\uff27emma 3 270M", "Gem\u200bma\u00ad 3 270M"])
def test_a_name_that_is_taken_says_where_the_model_is_from(name: str) -> None:
    *_, added = merged(OWN, [offer(replace(PLAIN, id="new", name=name, sources=(EVIL,)), is_kept=False)])
    assert (added.id, added.name) == ("new", f"{name} (evil.example)")


@pytest.mark.parametrize("id", ["automatic", "Automatic", "FILE-0123456789ab-900", "Url-0123456789ab"])
def test_a_catalogue_cannot_have_the_ids_of_the_app(id: str) -> None:
    *_, added = merged(OWN, [offer(replace(PLAIN, id=id, sources=(EVIL,)), is_kept=True)])
    assert added.id.startswith(f"{id}-")


def test_a_catalogue_cannot_have_what_the_person_has_brought() -> None:
    brought = Model("file-0123456789ab-900", "My own", size_bytes=900, is_imported=True)
    linked = Model("url-0123456789ab", "From my school", size_bytes=900, sources=(MIRROR,))
    for is_kept in (True, False):
        rows = [replace(brought, name="Evil", sources=(EVIL,)), replace(linked, name="Evil", sources=(EVIL,))]
        models = {model.id: model for model in merged([], [offer(*rows, is_kept=is_kept)], [brought, linked])}
        assert (models[brought.id], models[linked.id]) == (brought, linked)
        assert len(models) == 4


def test_what_was_stored_on_an_earlier_visit_is_the_same_row_on_the_next() -> None:
    stored = Model("school", "School model", size_bytes=900, sources=(MIRROR,), format="gguf")
    again = replace(stored, format=None)
    assert merged([], [offer(again, is_kept=False)], [stored]) == [stored]
    assert merged([], [offer(again, is_kept=True)], [stored]) == [again]


def test_several_catalogues_keep_their_rows_apart() -> None:
    one, two = replace(PLAIN, size_bytes=7, sources=(MIRROR,)), replace(PLAIN, size_bytes=8, sources=(MIRROR,))
    models = merged(OWN, [offer(one, is_kept=True), offer(one, is_kept=True), offer(two, is_kept=True)])
    assert len({model.id for model in models}) == len(models) == 5
    assert merged(OWN, [offer(one, replace(one, id="own"), is_kept=True)])[-1] == replace(
        one, id="own", name=f"{one.name} (school.example)"
    )
