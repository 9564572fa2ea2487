"""What speaks for and against a candidate, as the features that the model of speakers weighs.

Each function takes the few facts that its features are made of; all facts are classes, not words of a text.
"""

from __future__ import annotations

from articles.text.model import group


@group("speaker")
def place_features(side: str, key: str, apart: str, cue_gap: str, ending: str, edge: str) -> tuple[str, ...]:
    """How the mention and its verb stand to the quotation, and what parts them."""
    return (
        f"{key} {apart}", f"{key} {apart} g{cue_gap}", f"{key} e{ending}", f"{key} {edge}",
        f"{key} {edge} {ending} {apart}", f"{side} {apart} {edge}",
    )  # fmt: skip


@group("speaker")
def distance_features(side: str, gap: str, apart: str, edge: str, rank: int, runs: int) -> tuple[str, ...]:
    """How far off the mention is, in words, sentences, mentions and other quotations."""
    return (
        f"{side} g{gap} {apart}",
        f"{side} g{gap} {edge}",
        f"{side} r{rank}",
        f"q{runs} {side} {apart}",
    )


@group("speaker")
def sort_features(side: str, key: str, sort: str, rank: int) -> tuple[str, ...]:
    """What the mention seems to be."""
    return f"{key} r{rank}", f"k{sort}", f"k{sort} {side}", f"k{sort} {key}"


@group("speaker")
def setting_features(
    key: str, apart: str, strong: str, opening: str, closing: str, beginning: str
) -> tuple[str, ...]:
    """What else stands around the quotation."""
    return f"{key} s{strong} {apart}", f"{key} o{opening} c{closing}", f"{key} {beginning} {apart}"


@group("speaker")
def verb_features(key: str, word: str, relation: str, apart: str, naming: bool, runs: int) -> tuple[str, ...]:
    """The verb whose subject the mention is."""
    return f"v{word} {relation}", f"v{word} {key} {apart}", f"n{naming} {key}", f"x{runs} {key}"


@group("speaker")
def form_features(
    side: str, key: str, relation: str, apart: str, possessive: bool, begins: bool, again: bool
) -> tuple[str, ...]:
    """Whether the mention is a genitive, begins a sentence, or speaks of the speaker before."""
    features: tuple[str, ...] = ()
    if possessive:
        features += ("poss", f"poss {side}", f"poss {relation}")
    if begins:
        features += (f"begins {side} {apart}", f"begins {key}")
    if again:
        features += (f"again {side}", f"again {side} {apart}", f"again {relation}")
    return features


@group("speaker")
def earlier_features(
    relation: str,
    colon: str,
    rank: int,
    sort: str,
    closing: str,
    ending: str,
    strong: str,
    only: bool,
    runs: int,
) -> tuple[str, ...]:
    """A mention in the last sentence of the paragraph before."""
    return (
        f"P{relation} {colon}", f"P r{rank} {colon}", f"P k{sort}", f"P k{sort} {relation} {colon}",
        f"P {closing} {ending} {colon}", f"P s{strong}", f"P one{only} {colon}", f"P runs{runs} {relation}",
    )  # fmt: skip


@group("speaker")
def signature_features(dash: str, sort: str, ending: str, opening: str) -> tuple[str, ...]:
    """A mention that signs the quotation above it."""
    return f"S {dash}", f"S {dash} k{sort}", f"S {dash} e{ending}", f"S {dash} o{opening}"


@group("speaker")
def again_features(near: str, whole: bool, others: bool, named: bool, more: bool) -> tuple[str, ...]:
    """That the speaker of the quotation before goes on: how far back, and what else there is to choose."""
    return f"prev p{near}", f"prev p{near} w{whole} o{others}", f"prev named{named}", f"prev x{more} p{near}"


@group("speaker")
def going_on_features(
    near: str, apart: str, strong: str, opening: str, closing: str, ending: str
) -> tuple[str, ...]:
    """That the speaker of the quotation before goes on: what stands around the quotation."""
    return (
        f"prev p{near} s{strong}", f"prev a{apart} {opening}", f"prev a{apart} {closing} {ending}",
        f"prev p{near} {opening}", f"prev a{apart} s{strong}", f"prev p{near} {closing} {ending}",
    )  # fmt: skip


@group("speaker")
def nobody_features(opening: str, strong: str, headline: bool, whole: bool) -> tuple[str, ...]:
    """That nobody near is the speaker."""
    return "nobody", f"nobody {opening}", f"nobody s{strong}", f"nobody p0{headline}", f"nobody w{whole}"
