"""Reported speech without marks: “Amadi said that the pier would hold”, “according to Amadi, …”."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articles.text.clauses import Clauses, Follows
from articles.text.frames import Frame
from articles.text.lexicon import Sort
from articles.text.mentions import Mention, MentionKind
from articles.text.reading import QUOTED, Reading
from articles.text.reporting import Reporting, Use, load_reporting
from articles.text.scan import Scan
from articles.text.spans import Span
from articles.text.subjects import SubjectFinder

_LONGEST_SENTENCE = 150
_FEWEST = 2  # words of a report
_DENIAL = 4  # words before a verb among which it may be denied
_BE = frozenset({"was", "were", "is", "are", "been", "being", "be"})
_NESTED = frozenset({"had", "would", "have", "has"})
_JOINS = frozenset({"but", "and", "while", "whereas", "although", "though", "then", "yet"})
_CLOSERS = frozenset(",—–")
_TO_COMMA = 10  # words from a verb's subject back to the comma that ends the words reported
_LONGEST_UNKNOWN = 6


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to have said, and the verb that reports it; ``form`` is how it is reported.

    ``mention`` is None where the text says that something was said and not by whom.
    """

    spans: tuple[Span, ...]
    frame: Frame
    mention: Mention | None
    form: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report as places among the words; ``start`` is where the clause of its verb begins."""

    cue: int
    start: int
    parts: tuple[tuple[int, int], ...]
    frame: Frame
    mention: Mention | None
    form: str
    breaks: bool = False  # whether it ends a report that is open before it

    def covers(self, place: int) -> bool:
        return any(first <= place < last for first, last in self.parts)


def find_reports(scan: Scan) -> list[Report]:
    """The reports of every paragraph in order. Sentences with quotation marks have none."""
    reporting = load_reporting(scan.lexicon.language)
    reports: list[Report] = []
    for reading, mentions in zip(scan.readings, scan.mentions, strict=True):
        finder = _Paragraph(scan.text, reading, mentions, reporting)
        reports += finder.reports()
    return reports


class _Paragraph:
    """Finds the reports of one paragraph."""

    def __init__(self, text: str, reading: Reading, mentions: list[Mention], reporting: Reporting) -> None:
        self.text = text
        self.reading = reading
        self.mentions = mentions
        self.reporting = reporting
        self.clauses = Clauses(reading, mentions, reporting)
        self.subjects = SubjectFinder(reading, mentions)
        self.inside = {place for mention in mentions for place in range(mention.first, mention.last)}

    def reports(self) -> list[Report]:
        """All of them, in order."""
        found: list[Report] = []
        kept: list[_Draft] = []
        sentence, bounds, readable = -1, (0, 0), False
        earlier: tuple[int, int] | None = None
        for place, low in enumerate(self.reading.lows):
            use = self.reporting.verbs.get(low, 0)
            if not use and low != "according" and not self.reporting.has("view", low):
                continue
            if self.reading.sentences[place] != sentence:
                found += self._finish(kept)
                kept = []
                sentence, bounds = self.reading.sentences[place], self.clauses.bounds(place)
                readable = self._is_readable(*bounds)
            if not readable:
                continue
            draft, subject = self._draft(place, use, bounds, earlier)
            if subject >= 0:
                earlier = (place, subject)
            if draft is not None:
                _add(kept, draft)
        return found + self._finish(kept)

    def _is_readable(self, first: int, last: int) -> bool:
        return last - first <= _LONGEST_SENTENCE and QUOTED not in self.reading.words[first:last]

    def _finish(self, drafts: list[_Draft]) -> list[Report]:
        made = []
        for draft in drafts:
            spans = tuple(
                span for first, last in draft.parts if (span := self._span(first, last, len(draft.parts)))
            )
            if spans:
                made.append(Report(spans, draft.frame, draft.mention, draft.form))
        return made

    def _span(self, first: int, last: int, parts: int) -> Span | None:
        words, lows = self.reading.words, self.reading.lows
        while first < last and not (words[first][0].isalnum() or words[first] in "[($£€#@&"):
            first += 1
        while last > first and not (words[last - 1][0].isalnum() or words[last - 1] in "])%€"):
            last -= 1
        while last > first and lows[last - 1] in ("and", "but", ","):
            last -= 1
        if first < last and lows[first] in ("and", "but") and parts == 1:
            first += 1
        enough = last - first >= (_FEWEST if parts == 1 else 1)
        return Span(self.reading.starts[first], self.reading.ends[last - 1]) if enough else None

    def _draft(
        self, place: int, use: int, bounds: tuple[int, int], earlier: tuple[int, int] | None
    ) -> tuple[_Draft | None, int]:
        """The report of the verb at ``place``, and the subject of the verb; either may be missing."""
        if place in self.inside and not use:
            return (
                self._view(place, bounds) if self.reporting.has("view", self.reading.lows[place]) else None
            ), -1
        if self.reading.lows[place] == "according":
            return self._according(place, bounds), -1
        if self.reporting.has("view", self.reading.lows[place]):
            return self._view(place, bounds), -1
        if place in self.inside or not self._is_verb(place, bounds[0]):
            return None, -1
        if self._is_passive(place):
            return self._passive(place, use, bounds), -1
        subject, relation = self.subjects.find(place, earlier)
        mention = self.mentions[subject] if subject >= 0 else self._unknown(place, bounds[0])
        if mention is None:
            return None, -1
        frame = Frame(place, self.reading.lows[place], False, subject, relation or "near")
        return self._reported(frame, mention, use, bounds), subject

    # Verbs.

    def _is_verb(self, place: int, first: int) -> bool:
        """Whether the word is a verb with a subject, not a noun, and not denied."""
        lows = self.reading.lows
        if place == first:
            return False
        before = lows[place - 1]
        if before == "to":
            return self._is_purpose(place, first)
        if self.reporting.has("not_before", before):
            return False
        if self._is_denied(place, first):
            return False
        return not self._is_base(place) or self._takes_base(place)

    def _is_purpose(self, place: int, first: int) -> bool:
        """“went on to say”, “wrote to ask whether”; not “declined to say”, “is expected to say”."""
        if place - 2 <= first or self._is_denied(place, first):
            return False
        if self.reading.lows[place - 2] == "on":
            return True
        verbs = self.reporting.verbs
        return any(
            verbs.get(self.reading.lows[before], 0) & Use.BARE
            for before in range(max(first, place - 9), place - 1)
        )

    def _is_denied(self, place: int, first: int) -> bool:
        for before in range(place - 1, max(first, place - _DENIAL) - 1, -1):
            low = self.reading.lows[before]
            if low in (",", ";", "and", "but"):
                return False
            if self.reporting.has("denied", low) or low.endswith(("n't", "n’t")):
                return True
        return False

    def _is_base(self, place: int) -> bool:
        """Whether the verb is in the form that is often a noun: “claim”."""
        low, verbs = self.reading.lows[place], self.reporting.verbs
        return low + "s" in verbs or low + "es" in verbs or (low.endswith("y") and low[:-1] + "ies" in verbs)

    def _takes_base(self, place: int) -> bool:
        before = place - 1
        sort, low = self.reading.sorts[before], self.reading.lows[before]
        if low in ("they", "we", "i", "you", "who") or sort & (Sort.BETWEEN | Sort.PEOPLE):
            return True
        index = self.subjects.ends.get(place, -1)
        return index >= 0 and (
            low.endswith("s") or self.reading.lows[self.mentions[index].first - 1] == "and"
        )

    def _is_passive(self, place: int) -> bool:
        low, lows = self.reading.lows[place], self.reading.lows
        if low.endswith("ing"):
            return False
        before = place - 1
        if before > 0 and (lows[before] in ("also", "then", "later", "not") or lows[before].endswith("ly")):
            before -= 1
        return lows[before] in _BE

    def _passive(self, place: int, use: int, bounds: tuple[int, int]) -> _Draft | None:
        """“was told by Amadi that …”, “the court was told”: whoever spoke, if anybody is named."""
        if not use & Use.TELL:
            return None
        lows, last = self.reading.lows, bounds[1]
        mention, following, relation = None, place + 1, "patient"
        if lows[following : following + 1] == ["by"]:
            mention = self._mention_at(following + 1, last)
            following = mention.last if mention else following
            relation = "passive"
        frame = Frame(place, lows[place], False, -1, relation)
        follows = self.clauses.after(following, last, hearer=False)
        subject, _ = self.subjects.find(place, None)
        start = self.mentions[subject].first if subject >= 0 else place
        if follows.how == "that" or (follows.how == "bare" and self._begins_sentence(follows.place, last)):
            return self._draft_of(frame, mention, start, ((follows.place, last),), "told")
        if mention is not None and follows.how in ("to", "question"):
            return self._draft_of(frame, mention, start, ((follows.place, last),), "told")
        if lows[place] == "told" and follows.how in ("end", "comma"):
            return self._around(frame, mention, self._start_of(start), follows, bounds)
        return None

    def _begins_sentence(self, place: int, last: int) -> bool:
        return self.clauses.has_verb(place, last)

    def _unknown(self, cue: int, first: int) -> Mention | None:
        """“The locksmith said”: a noun that no list holds, from an article to the verb."""
        lows, sorts = self.reading.lows, self.reading.sorts
        end = cue
        while end > first and sorts[end - 1] & Sort.BETWEEN:
            end -= 1
        start = end
        while start > max(first, end - _LONGEST_UNKNOWN) and self.reading.words[start - 1][0].isalnum():
            start -= 1
            if sorts[start] & Sort.DETERMINER:
                break
            if sorts[start] & (Sort.PREPOSITION | Sort.CUE) or lows[start] in _JOINS:
                return None
        if start >= end - 1 or not sorts[start] & Sort.DETERMINER:
            return None
        return self._make_mention(start, end)

    def _make_mention(self, first: int, last: int) -> Mention:
        reading = self.reading
        return Mention(
            MentionKind.DESCRIPTION, reading.number, first, last, reading.starts[first], reading.ends[last - 1],
            tuple(reading.words[first:last]), reading.lows[last - 1], Sort.PERSON | Sort.DETERMINER,
        )  # fmt: skip

    def _mention_at(self, place: int, last: int) -> Mention | None:
        """Whoever is named from ``place`` on; else the noun phrase there."""
        for first in (place, place + 1):
            if first in self.subjects.starts:
                return (
                    self.mentions[self.subjects.after_according(place - 2)]
                    if (
                        place > 1
                        and self.reading.lows[place - 1] == "to"
                        and self.subjects.after_according(place - 2) >= 0
                    )
                    else self.mentions[self.subjects.starts[first]]
                )
        end = self.clauses.noun_phrase(place, last)
        return self._make_mention(place, end) if end > place else None

    def _reported(self, frame: Frame, mention: Mention, use: int, bounds: tuple[int, int]) -> _Draft | None:
        """The words that an active verb reports."""
        last = bounds[1]
        inverted = frame.relation == "inverted"
        following = mention.last if inverted else frame.cue + 1
        follows = self.clauses.after(following, last, hearer=bool(use & (Use.TELL | Use.ORDER)))
        start = frame.cue if inverted else self._start_of(mention.first)
        mention = self._author(mention, frame.cue)
        if not inverted:
            draft = self._after(frame, mention, start, use, follows, bounds)
            if draft is not None:
                return draft
        if use & (Use.BARE | Use.THOUGHT) or frame.word in ("told", "tells", "asked", "warned", "heard"):
            if frame.relation in ("near", "inverted", "apposition"):
                return self._around(frame, mention, start, follows, bounds)
        return None

    def _after(
        self, frame: Frame, mention: Mention, start: int, use: int, follows: Follows, bounds: tuple[int, int]
    ) -> _Draft | None:
        last = self._end_of_relative(frame, follows.place, bounds[1])
        if not self._may_rule(frame, mention, use):
            return None
        form = ""
        if follows.how == "that" and use & ~(Use.TO | Use.ING | Use.ORDER | Use.ASK):
            form = "that"
        elif follows.how == "colon" and use & Use.BARE and not follows.hearer:
            form = "colon"
        elif follows.how == "question" and use & Use.ASK:
            form = "question"
        elif follows.how == "to" and use & (Use.ORDER if follows.hearer else Use.TO):
            form = "to"
        elif follows.how == "ing" and use & Use.ING:
            form = "ing"
        elif follows.how in ("bare", "ing") and self._is_bare(mention, use, follows, start, bounds):
            form = "bare"
        if not form:
            return None
        return self._draft_of(frame, mention, start, ((follows.place, last),), form)

    def _may_rule(self, frame: Frame, mention: Mention, use: int) -> bool:
        """Whether the verb reports with this subject: findings are of bodies, thoughts in the present."""
        if use & Use.FINDING and not use & (Use.BARE | Use.THAT):
            return bool(mention.sorts & (Sort.BODY | Sort.PEOPLE | Sort.ORGANISATION)) or (
                mention.head in ("judge", "coroner", "court", "inquest", "jury")
            )
        if use & Use.THOUGHT and not use & (Use.BARE | Use.THAT):
            return frame.word.endswith("s")
        return True

    def _is_bare(
        self, mention: Mention, use: int, follows: Follows, start: int, bounds: tuple[int, int]
    ) -> bool:
        first, last = bounds
        if not (use & Use.BARE or (use & Use.TELL and follows.hearer) or use & Use.THOUGHT):
            return False
        if self.reporting.has("empty", self.reading.lows[follows.place]):
            return False
        if not self.clauses.is_sentence(follows.place, last):
            return False
        comma = self._comma_before(start, first)
        return comma < 0 or self._is_opening(first) or not self.clauses.has_verb(first, comma)

    def _is_opening(self, first: int) -> bool:
        """Whether the sentence begins with a phrase or clause of time and place: “Asked about it, …”."""
        low = self.reading.lows[first]
        return (
            self.reporting.has("while", low)
            or self.reporting.has("preposition", low)
            or self.reporting.has("question", low)
            or low.endswith(("ing", "ed"))
            or low in ("although", "though", "despite")
        )

    def _end_of_relative(self, frame: Frame, place: int, last: int) -> int:
        """“Amadi, who said the pier would hold, has gone”: the comma after “hold”."""
        if frame.relation != "relative":
            return last
        for comma in range(place, last - 1):
            if self.reading.words[comma] == "," and self.clauses.is_finite(comma + 1):
                return comma
        return last

    def _author(self, mention: Mention, cue: int) -> Mention:
        """“a report by the Harbour Trust”: the Trust."""
        if mention.kind is not MentionKind.DESCRIPTION or not self.reporting.has("document", mention.head):
            return mention
        if self.reading.lows[mention.last : mention.last + 1] not in (["by"], ["from"]):
            return mention
        for first in (mention.last + 1, mention.last + 2):
            index = self.subjects.starts.get(first, -1)
            if index >= 0 and first < cue:
                return self.mentions[index]
        return mention

    # Words before the verb: “The pier would hold, Amadi said.”

    def _start_of(self, place: int) -> int:
        """Where the subject begins: its article, and “his brother,” before a name."""
        while place and self.reading.sorts[place - 1] & Sort.DETERMINER:
            place -= 1
        if place > 1 and self.reading.words[place - 1] == ",":
            index = self.subjects.ends.get(place - 1, -1)
            if index >= 0 and self.mentions[index].kind is MentionKind.DESCRIPTION:
                first = self.mentions[index].first
                if (
                    first
                    and self.reading.words[first - 1] == ","
                    and self.mentions[index].sorts & Sort.PERSON
                ):
                    return first
        return place

    def _comma_before(self, start: int, first: int) -> int:
        """The comma or dash that ends the words before the clause at ``start``; -1 where there is none."""
        for place in range(start - 1, max(first, start - _TO_COMMA) - 1, -1):
            if self.reading.words[place] in _CLOSERS:
                return place if place > first else -1
            if self.clauses.is_finite(place) or self.reading.lows[place] in _JOINS:
                return -1
        return -1

    def _around(
        self, frame: Frame, mention: Mention | None, start: int, follows: Follows, bounds: tuple[int, int]
    ) -> _Draft | None:
        """The words before the verb, and those after it where it stands in the middle of them."""
        first, last = bounds
        comma = self._comma_before(start, first)
        if comma < 0:
            return None
        second = self._second_part(follows, last) if follows.how == "comma" else last
        complete = self.clauses.is_sentence(first, comma) and self.clauses.has_verb(first, comma)
        if second < last and (not complete or self._goes_on(second, last)):
            return self._draft_of(frame, mention, start, ((first, comma), (second, last)), "inserted")
        if complete and not self._is_gerund(first):
            return self._draft_of(frame, mention, start, ((first, comma),), "before")
        return None

    def _is_gerund(self, first: int) -> bool:
        return self.reading.lows[first] in ("asked", "speaking", "when", "quizzed")

    def _second_part(self, follows: Follows, last: int) -> int:
        """Where the words go on after “, said Amadi, the harbour commissioner,”."""
        for place in range(follows.place, last - 1):
            if self.reading.words[place] == "," and (
                self.clauses.is_finite(place + 1) or place == follows.place
            ):
                following = place + 1
                if self.clauses.has_verb(following, last):
                    return following
        return last

    def _goes_on(self, place: int, last: int) -> bool:
        """Whether a clause after the verb is part of the words: not “, who …”, “, adding …”, “, after …”."""
        low = self.reading.lows[place]
        if low in ("who", "which", "whose", "where", "when", "after", "as", "while", "before", "but"):
            return False
        return not low.endswith("ing") and not self.reading.sorts[place] & Sort.PREPOSITION

    # “According to Amadi”, “in Amadi's view”.

    def _according(self, place: int, bounds: tuple[int, int]) -> _Draft | None:
        first, last = bounds
        if self.reading.lows[place + 1 : place + 2] != ["to"] or place + 2 >= last:
            return None
        mention = self._mention_at(place + 2, last)
        if mention is None:
            return None
        frame = Frame(place, "according to", False, self.subjects.starts.get(mention.first, -1), "according")
        return self._set_apart(frame, mention, place, mention.last, bounds)

    def _set_apart(
        self, frame: Frame, mention: Mention, start: int, end: int, bounds: tuple[int, int]
    ) -> _Draft | None:
        first, last = bounds
        if not any(
            self.reading.words[place][0].isalnum() and self.reading.lows[place] not in _JOINS
            for place in range(first, start)
        ):
            return self._draft_of(frame, mention, start, ((self._main_clause(end, last), last),), "according")
        second = last
        for place in range(end, last - 1):
            if self.reading.words[place] == ",":
                if self.clauses.is_finite(place + 1):
                    second = place + 1
                break
        if second < last and self.reading.words[start - 1] == ",":
            return self._draft_of(frame, mention, start, ((first, start), (second, last)), "according")
        return self._draft_of(frame, mention, start, ((first, start),), "according")

    def _main_clause(self, end: int, last: int) -> int:
        """After “According to Amadi, the harbour commissioner,”: where the reported clause begins."""
        commas = [place for place in range(end, last) if self.reading.words[place] in (",", ":")]
        for index, comma in enumerate(commas):
            following = commas[index + 1] if index + 1 < len(commas) else last
            if self.reading.lows[comma + 1 : comma + 2] in (["who"], ["which"], ["whose"]):
                continue
            if self.clauses.has_verb(comma + 1, following) or following == last:
                return comma + 1
            if following + 1 < last and self.clauses.is_finite(following + 1):
                return comma + 1
        return end

    def _view(self, place: int, bounds: tuple[int, int]) -> _Draft | None:
        """“in Amadi's view”, “in her opinion”, “in the view of Amadi”."""
        first, last = bounds
        lows = self.reading.lows
        if lows[place + 1 : place + 2] == ["of"] and place >= 2 and lows[place - 2] == "in":
            mention = self._mention_at(place + 2, last)
            start, end = place - 2, mention.last if mention else place
        else:
            start = place - 1
            while start > max(first, place - _LONGEST_UNKNOWN) and lows[start] not in ("in", "by"):
                start -= 1
            owner = self._owner(start + 1, place)
            mention, end = owner, place + 1
            if lows[start] not in ("in", "by"):
                return None
        if mention is None:
            return None
        frame = Frame(place, f"in … {lows[place]}", False, -1, "according")
        return self._set_apart(frame, mention, start, end, bounds)

    def _owner(self, first: int, place: int) -> Mention | None:
        for index in (self.subjects.starts.get(first, -1), self.subjects.starts.get(first + 1, -1)):
            if index >= 0 and self.mentions[index].last <= place and self.mentions[index].possessive:
                return self.mentions[index]
        sex = {"his": ("he", "m"), "her": ("she", "f"), "their": ("they", "p")}.get(self.reading.lows[first])
        if sex is None or place != first + 1:
            return None
        mention = self._make_mention(first, first + 1)
        return replace(mention, kind=MentionKind.PRONOUN, head=sex[0], sex=sex[1])

    def _draft_of(
        self, frame: Frame, mention: Mention | None, start: int, parts: tuple[tuple[int, int], ...], form: str
    ) -> _Draft:
        return _Draft(
            frame.cue, self._clause(start, frame), parts, frame, mention, form, self._breaks(start, frame)
        )

    def _clause(self, start: int, frame: Frame) -> int:
        """Where a report before this one ends: at the comma or the “and” before it."""
        begin = frame.cue if frame.relation in ("joined", "participle") else start
        lows = self.reading.lows
        while begin and (
            lows[begin - 1] in _JOINS or lows[begin - 1] in (",", ";") or self._is_light(begin - 1)
        ):
            begin -= 1
        return begin

    def _is_light(self, place: int) -> bool:
        return self.reading.lows[place] in ("also", "later", "then", "he", "she") or self.reading.lows[
            place
        ].endswith("ly")

    def _breaks(self, start: int, frame: Frame) -> bool:
        """Whether the verb begins a report beside the one before it, not inside it."""
        lows = self.reading.lows
        begin = frame.cue if frame.relation in ("joined", "participle") else start
        if any(lows[place] in _NESTED for place in range(begin, frame.cue)):
            return False
        before = lows[begin - 1] if begin else ""
        if frame.relation in ("joined", "participle"):
            return before in (",", ";") or before in _JOINS or self._is_light(begin - 1)
        if before in _JOINS:
            return begin > 1 and lows[begin - 2] in (",", ";")
        return before == ";"


def _add(kept: list[_Draft], draft: _Draft) -> None:
    """Keeps a report beside those before it in the sentence; one inside another is part of its words."""
    before = kept[-1] if kept else None
    if before is not None and before.covers(draft.cue):
        if not draft.breaks:
            return
        first, _ = before.parts[-1]
        if draft.start <= first:
            return
        kept[-1] = replace(before, parts=(*before.parts[:-1], (first, draft.start)))
    while kept and draft.covers(kept[-1].cue):
        kept.pop()
    kept.append(draft)
