"""How a page of the paper is cited, in the forms that people paste into a text or a list of references."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_SUFFIX: Final = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_END: Final = re.compile(r"[.!?…][”’\"')\]]*$")
_TEX: Final = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip
_SMALL: Final = frozenset({"a", "an", "the", "of", "on", "in", "at", "to", "for", "and"})


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `version` is the number of the version that is read, where there are several."""

    title: str
    authors: tuple[str, ...]
    paper: str
    published: datetime.date
    address: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Citation:
    """One form: the name that people know it by, and the text. `code` says that it is for a program."""

    name: str
    text: str
    code: bool = False


def cite(work: Work) -> tuple[Citation, ...]:
    """`work` in all forms. Those with a style's name follow it as far as a story on the web needs it."""
    return (
        Citation("Plain", _plain(work)),
        Citation("APA", _apa(work)),
        Citation("MLA", _mla(work)),
        Citation("BibTeX", _bibtex(work), code=True),
    )


def _plain(work: Work) -> str:
    day = f"{work.published.day} {_MONTHS[work.published.month - 1]} {work.published.year}"
    version = f", version {work.version}" if work.version > 1 else ""
    who = f"{_listed(work.authors, last=' and ')}, " if work.authors else ""
    return f"{who}“{work.title}”, {work.paper}, {day}{version}, {work.address}"


def _apa(work: Work) -> str:
    day = f"({work.published.year}, {_MONTHS[work.published.month - 1]} {work.published.day})"
    title = _closed(work.title)
    if not work.authors:  # the title takes the author's place
        return f"{title} {day}. {_closed(work.paper)} {work.address}"
    names = [_family_first(name, initials=True) for name in work.authors]
    who = _listed(names, last=", & ")
    return f"{_closed(who)} {day}. {title} {_closed(work.paper)} {work.address}"


def _mla(work: Work) -> str:
    month = _MONTHS[work.published.month - 1]
    short = month if len(month) < 5 else f"{month[:4] if month == 'September' else month[:3]}."
    day = f"{work.published.day} {short} {work.published.year}"
    names = list(work.authors)
    if len(names) > 2:
        who = f"{_family_first(names[0])}, et al. "
    elif names:
        who = f"{_closed(_listed([_family_first(names[0]), *names[1:]], last=', and '))} "
    else:
        who = ""
    return f"{who}“{_closed(work.title)}” {work.paper}, {day}, {work.address.split('://', 1)[-1]}."


def _bibtex(work: Work) -> str:
    month = _MONTHS[work.published.month - 1][:3].lower()
    fields = {
        "author": " and ".join(_tex(name) for name in work.authors),
        "title": f"{{{_tex(work.title)}}}",  # twice in braces: capitals stay as they are
        "journal": _tex(work.paper),
        "year": str(work.published.year),
        "month": month,
        "day": str(work.published.day),
        "url": work.address,
        "note": f"Version {work.version}" if work.version > 1 else "",
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'}"
        for name, value in fields.items()
        if value
    ]
    return f"@article{{{_key(work)},\n" + ",\n".join(lines) + "\n}"


def _key(work: Work) -> str:
    """The name of an entry: family name, year and the first word of weight, in plain letters."""
    family = _parted(work.authors[0])[0] if work.authors else work.paper
    words = [word for word in map(_plain_letters, _WORD.findall(work.title)) if word not in _SMALL]
    return f"{_plain_letters(family)}{work.published.year}{next(filter(None, words), '')}" or "story"


def _plain_letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if sign.isascii() and sign.isalpha())


def _parted(name: str) -> tuple[str, str, str]:
    """The family name with its particles, the given names, and what stands behind (Jr.)."""
    words = name.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = max(0, len(words) - 1)
    while start > 1 and words[start - 1][:1].islower():  # de, van der
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start]), suffix


def _family_first(name: str, *, initials: bool = False) -> str:
    """“Wilma Fenn” as “Fenn, Wilma” or “Fenn, W.”; a name of one word stays."""
    family, given, suffix = _parted(name)
    if initials:
        given = " ".join(_initial(word) for word in given.split())
    return ", ".join(filter(None, [family, given, suffix]))


def _initial(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.split("-") if part)


def _listed(names: Sequence[str], *, last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _closed(text: str) -> str:
    """With a stop at the end, unless it ends a sentence already."""
    return text if _END.search(text) else f"{text}."


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in text)
