"""Reported speech without marks: “Amadi said that the pier would hold”, “according to Amadi, …”."""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.around import Around
from articles.text.clauses import Clauses, Follows
from articles.text.drafts import Draft, Part, add_draft
from articles.text.frames import Frame
from articles.text.lexicon import Sort
from articles.text.mentions import Mention
from articles.text.reading import QUOTED, Reading
from articles.text.reporting import Reporting, Use, load_reporting
from articles.text.sayers import Sayers
from articles.text.scan import Scan
from articles.text.set_apart import SetApart
from articles.text.spans import Span
from articles.text.verbs import Verbs

_LONGEST_SENTENCE = 150
_FEWEST = 2  # words of a report
_LONGEST_LABEL = 5  # words before the colon of “VAN DER BEEK:”
_PHRASE = 3  # words from “gave” to “a warning that”
_NESTED = frozenset({"had", "would", "have", "has"})
_RULES_A_CLAUSE = frozenset({"what", "which", "whom"})  # “did what she said it would”
_ENDS = frozenset(".!?:…;)]")
_CLOSERS = frozenset(",—–")
_BESIDE = frozenset({"joined", "participle"})


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody is reported to have said, and the verb that reports it; ``form`` is how it is reported.

    ``mention`` is None where the text says that something was said and not by whom.
    """

    spans: tuple[Span, ...]
    frame: Frame
    mention: Mention | None
    form: str


def find_reports(scan: Scan) -> list[Report]:
    """The reports of every paragraph in order. Sentences with quotation marks have none."""
    reporting = load_reporting(scan.lexicon.language)
    reports: list[Report] = []
    for reading, mentions in zip(scan.readings, scan.mentions, strict=True):
        if _is_prose(reading) and not _is_transcript(reading):
            reports += _Paragraph(scan.text, reading, mentions, reporting).reports()
    return reports


def _is_prose(reading: Reading) -> bool:
    """Whether the paragraph ends as a sentence does: no headline, no subhead, no row of a table."""
    return reading.words[-1:] != [] and (reading.words[-1] in _ENDS or reading.words[-1] == QUOTED)


def _is_transcript(reading: Reading) -> bool:
    """Whether the paragraph is somebody's words as a whole: “Q. …”, “VAN DER BEEK: …”."""
    words = reading.words
    if words[0] in ("Q", "A") and words[1:2] in (["."], [":"]):
        return True
    label = words[: words.index(":")] if ":" in words[:_LONGEST_LABEL] else []
    return bool(label) and all(word[0].isupper() or word == "." for word in label)


class _Paragraph:
    """Finds the reports of one paragraph."""

    def __init__(self, text: str, reading: Reading, mentions: list[Mention], reporting: Reporting) -> None:
        self.reading = reading
        self.mentions = mentions
        self.reporting = reporting
        self.clauses = Clauses(reading, mentions, reporting)
        self.verbs = Verbs(reading, mentions, reporting)
        self.sayers = Sayers(text, reading, mentions, self.clauses)
        self.set_apart = SetApart(reading, self.sayers, self.clauses)
        self.around = Around(reading, self.clauses, reporting)
        self.inside = {place for mention in mentions for place in range(mention.first, mention.last)}
        self.earlier: tuple[int, int] | None = None  # the verb before, and its subject

    def reports(self) -> list[Report]:
        """All of them, in order."""
        found: list[Report] = []
        kept: list[Draft] = []
        bounds, readable = (0, 0), False
        for place in self._cues():
            if place >= bounds[1]:
                found += self._finish(kept)
                kept, bounds = [], self.clauses.bounds(place)
                readable = self._is_readable(*bounds)
            if readable and (draft := self._draft(place, bounds)):
                add_draft(kept, draft)
        return found + self._finish(kept)

    def _cues(self) -> list[int]:
        verbs, words = self.reporting.verbs, self.reporting.words
        others = words["view"] | words["adjective"] | words["message"]
        return [
            place
            for place, low in enumerate(self.reading.lows)
            if low in verbs or low == "according" or low in others
        ]

    def _is_readable(self, first: int, last: int) -> bool:
        lows = self.reading.lows[first:last]
        return last - first <= _LONGEST_SENTENCE and QUOTED not in lows and "quot" not in lows

    def _draft(self, place: int, bounds: Part) -> Draft | None:
        """The report of the word at ``place``, if it reports."""
        low = self.reading.lows[place]
        if low == "according":
            return self.set_apart.according(place, bounds)
        if self.reporting.has("view", low) and (draft := self.set_apart.view(place, bounds)):
            return draft
        if place == bounds[0] and low == "asked":
            return self._opening_question(place, bounds)
        if self._is_phrase(place, bounds[0]):
            return self._phrase(place, bounds)
        if place in self.inside or not self.verbs.use(place) or not self.verbs.is_reporting(place, bounds[0]):
            return None
        if self.verbs.is_passive(place):
            return self._passive(place, bounds)
        subject, relation = self._inverted(place)
        if subject < 0:
            subject, relation = self.sayers.subjects.find(place, self.earlier)
        mention = self.mentions[subject] if subject >= 0 else self.sayers.unknown(place, bounds[0])
        if subject >= 0:
            self.earlier = (place, subject)
        if mention is None or self.verbs.is_own(mention):
            return None
        return self._active(Frame(place, low, False, subject, relation or "near"), mention, bounds)

    def _inverted(self, place: int) -> tuple[int, str]:
        """“…, said Ruth Amadi”: the mention right after a verb that a comma goes before."""
        if self.reading.words[place - 1] not in _CLOSERS or not self.verbs.use(place) & Use.BARE:
            return -1, ""
        starts = self.sayers.subjects.starts
        article = place + 1 < len(self.reading.words) and self.reading.sorts[place + 1] & Sort.DETERMINER
        subject = starts.get(place + 1, starts.get(place + 2, -1) if article else -1)
        return (subject, "inverted") if subject >= 0 and self._ends_clause(subject) else (-1, "")

    def _ends_clause(self, subject: int) -> bool:
        """Whether no verb follows a subject before the next comma: not in “…, said the pier would hold”."""
        words = self.reading.words
        for place in range(self.mentions[subject].last, len(words)):
            if not words[place][0].isalnum():
                break
            if self.clauses.is_finite(place):
                return False
        return True

    def _is_phrase(self, place: int, first: int) -> bool:
        """“was adamant that”, “made clear that”, “issued a warning that”: a phrase in place of a verb."""
        lows, has = self.reading.lows, self.reporting.has
        if lows[place + 1 : place + 2] != ["that"] or place - first < 2:
            return False
        before = range(max(first, place - _PHRASE), place)
        gives = any(has("gives", lows[each]) for each in before)
        if has("adjective", lows[place]):
            return gives or self.verbs.is_passive(place)
        return has("message", lows[place]) and gives

    def _phrase(self, place: int, bounds: Part) -> Draft | None:
        subject, _ = self.sayers.subjects.find(place, self.earlier)
        if subject < 0 or self.verbs.is_own(self.mentions[subject]):
            return None
        mention = self.mentions[subject]
        frame = Frame(place, self.reading.lows[place], False, subject, "far")
        return self._make(frame, mention, mention.first, ((place + 2, bounds[1]),), "phrase")

    def _active(self, frame: Frame, mention: Mention, bounds: Part) -> Draft | None:
        """The words that an active verb reports."""
        use = self.verbs.use(frame.cue)
        inverted = frame.relation == "inverted"
        following = mention.last if inverted else frame.cue + 1
        hearer = bool(use & (Use.TELL | Use.ORDER) or (use & Use.ASK and not use & Use.BARE))
        follows = self.clauses.after(following, bounds[1], hearer=hearer)
        if not inverted:
            mention = self.sayers.whole(mention, frame.cue, bounds[0])
        start = frame.cue if inverted else self.sayers.start_of(mention)
        if start and self.reading.lows[start - 1] in _RULES_A_CLAUSE:
            return None
        if not inverted and (form := self._form(frame, mention, start, follows, bounds)):
            last = self._end(frame, follows.place, bounds[1])
            return self._make(frame, mention, start, ((follows.place, last),), form)
        if frame.relation in ("near", "inverted", "apposition") and self._may_follow(frame, use, follows):
            return self._before(frame, mention, start, follows, bounds)
        return None

    def _may_follow(self, frame: Frame, use: int, follows: Follows) -> bool:
        """Whether the verb may stand after the words: “…, she said”, “…, she told the council”."""
        if frame.relation != "inverted" and follows.how not in ("end", "comma", "ing"):
            return False
        if use & Use.THOUGHT and not use & Use.BARE:
            return frame.word.endswith("s")
        return bool(use & Use.BARE) or frame.word == "heard" or (bool(use & Use.TELL) and follows.hearer)

    def _form(self, frame: Frame, mention: Mention, start: int, follows: Follows, bounds: Part) -> str:
        """How the words after an active verb are reported; empty where they are not."""
        use = self.verbs.use(frame.cue)
        if not self._may_rule(frame, mention, use):
            return ""
        how, place, last = follows.how, follows.place, bounds[1]
        if how == "that" and use & ~(Use.TO | Use.ING | Use.ORDER | Use.ASK):
            return "that" if self.clauses.is_sentence(place, last) else ""
        if how == "to":
            return "to" if use & (Use.ORDER if follows.hearer else Use.TO) else ""
        if how == "colon" and use & Use.BARE and not follows.hearer:
            return "colon"
        if how == "question" and use & Use.ASK and not (follows.hearer and self.reading.lows[place] == "who"):
            return "question"
        if how == "ing" and use & Use.ING:
            return "ing"
        return "bare" if how in ("bare", "ing") and self._is_bare(frame, use, follows, start, bounds) else ""

    def _may_rule(self, frame: Frame, mention: Mention, use: int) -> bool:
        """Whether the verb reports with this subject: findings are of bodies, thoughts in the present."""
        if use & Use.FINDING and not use & (Use.BARE | Use.THAT):
            return bool(mention.sorts & (Sort.BODY | Sort.PEOPLE | Sort.ORGANISATION | Sort.TITLE))
        if use & Use.THOUGHT and not use & (Use.BARE | Use.THAT):
            return frame.word.endswith("s")
        return True

    def _is_bare(self, frame: Frame, use: int, follows: Follows, start: int, bounds: Part) -> bool:
        """Whether a whole clause follows the verb without “that”, and the words do not stand before it."""
        first, last = bounds
        place = follows.place
        if not (use & (Use.BARE | Use.THOUGHT) or (use & Use.TELL and follows.hearer)):
            return False
        if self.reporting.has("empty", self.reading.lows[place]) or self.clauses.is_finite(place):
            return False
        present = frame.word.endswith("s") or frame.word == "say"
        if self.clauses.joins(place) or not self.clauses.is_sentence(place, last, verbless=present):
            return False
        comma = self.around.comma_before(start, first)
        return comma < 0 or self.around.is_opening(first) or not self.clauses.has_verb(first, comma)

    def _end(self, frame: Frame, place: int, last: int) -> int:
        """Where the words end: before “, which she finds odd”; in “Amadi, who said …, has gone” at “has”."""
        words, lows = self.reading.words, self.reading.lows
        for comma in range(place, last - 2):
            if words[comma] != ",":
                continue
            if frame.relation == "relative" and self.clauses.is_finite(comma + 1):
                return comma
            if lows[comma + 1] == "though" or (
                lows[comma + 1] == "which" and self.reading.sorts[comma + 2] & Sort.PRONOUN
            ):
                return comma
        return self._before_denial(place, last)

    def _before_denial(self, place: int, last: int) -> int:
        """“said a file was open but would not say whose”: the place of “but”."""
        lows = self.reading.lows
        for join in range(place, last - 2):
            denied = lows[join + 2] == "not" or self.reporting.has("denied", lows[join + 1])
            if denied and self.clauses.joins(join) and self.clauses.is_finite(join + 1):
                return join
        return last

    def _passive(self, place: int, bounds: Part) -> Draft | None:
        """“was told by Amadi that …”, “…, the court was told”: whoever spoke, if anybody is named."""
        use = self.verbs.use(place)
        if not (use & Use.TELL or (use & Use.ASK and not use & Use.BARE)):
            return None
        lows, last = self.reading.lows, bounds[1]
        mention, following = None, place + 1
        if lows[following : following + 1] == ["by"]:
            mention = self.sayers.at(following + 1, last)
            following = mention.last if mention else following
        frame = Frame(place, lows[place], False, -1, "passive")
        follows = self.clauses.after(following, last, hearer=False)
        subject, _ = self.sayers.subjects.find(place, None)
        start = self.sayers.start_of(self.mentions[subject]) if subject >= 0 else place
        begin = follows.place
        clause = follows.how == "that" or (follows.how == "bare" and not self.clauses.is_finite(begin))
        clause = clause and self.clauses.has_verb(begin, last)
        if clause or (mention is not None and follows.how == "question"):
            return self._make(frame, mention, start, ((follows.place, last),), "told")
        if lows[place] == "told" and follows.how in ("end", "comma"):
            return self._before(frame, mention, start, follows, bounds)
        return None

    def _opening_question(self, place: int, bounds: Part) -> Draft | None:
        """“Asked by a reporter whether she would go, Amadi …”."""
        if self.reading.lows[place + 1 : place + 2] != ["by"]:
            return None
        mention = self.sayers.at(place + 2, bounds[1])
        follows = self.clauses.after(mention.last, bounds[1], hearer=False) if mention else None
        if mention is None or follows is None or follows.how != "question":
            return None
        words = self.reading.words
        last = next((each for each in range(follows.place, bounds[1]) if words[each] == ","), bounds[1])
        frame = Frame(place, "asked", False, -1, "passive")
        return self._make(frame, mention, place, ((follows.place, last),), "question")

    def _before(
        self, frame: Frame, mention: Mention | None, start: int, follows: Follows, bounds: Part
    ) -> Draft | None:
        parts = self.around.parts(start, follows, bounds)
        if not parts:
            return None
        return self._make(frame, mention, start, parts, "inserted" if len(parts) > 1 else "before")

    def _make(
        self, frame: Frame, mention: Mention | None, start: int, parts: tuple[Part, ...], form: str
    ) -> Draft:
        begin = frame.cue if frame.relation in _BESIDE else start
        return Draft(frame, mention, self._clause(begin), parts, form, self._breaks(begin, frame))

    def _clause(self, begin: int) -> int:
        """Where a report before this one ends: at the comma or the “and” before it."""
        while begin and (
            self.clauses.joins(begin - 1)
            or self.reading.words[begin - 1] in ",;"
            or self.clauses.is_light(begin - 1)
        ):
            begin -= 1
        return begin

    def _breaks(self, begin: int, frame: Frame) -> bool:
        """Whether the verb begins a report beside the one before it, not inside it."""
        lows = self.reading.lows
        if not begin or any(lows[place] in _NESTED for place in range(begin, frame.cue)):
            return False
        joined = self.clauses.joins(begin - 1)
        if frame.relation in _BESIDE:
            return joined or lows[begin - 1] in (",", ";") or self.clauses.is_light(begin - 1)
        return lows[begin - 1] == ";" or (joined and begin > 1 and lows[begin - 2] in (",", ";"))

    def _finish(self, drafts: list[Draft]) -> list[Report]:
        made = []
        for draft in drafts:
            least = _FEWEST if len(draft.parts) == 1 else 1
            spans = tuple(span for part in draft.parts if (span := self._span(*part, least)))
            if spans:
                made.append(Report(spans, draft.frame, draft.mention, draft.form))
        return made

    def _span(self, first: int, last: int, least: int) -> Span | None:
        """The words without the punctuation and the “and” at their edges."""
        words = self.reading.words
        while first < last and not (words[first][0].isalnum() or words[first] in "[($£€#@&"):
            first += 1
        while last > first and not (words[last - 1][0].isalnum() or words[last - 1] in "])%€"):
            last -= 1
        while last > first and self.clauses.joins(last - 1):
            last -= 1
        if first < last and self.clauses.joins(first):
            first += 1
        return (
            Span(self.reading.starts[first], self.reading.ends[last - 1]) if last - first >= least else None
        )
