"""Events as people tell them: “Ruth Amadi approved the story”, with what changed where that is short."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.models import Event

WORDS = {
    "story.created": _("made the story"),
    "story.imported": _("took the story in"),
    "story.archive_published": _("let readers read on what they knew before, without the gate"),
    "story.saved": _("saved the story"),
    "story.submitted": _("submitted it for review"),
    "story.returned": _("returned it"),
    "story.approved": _("approved it"),
    "story.published": _("published it"),
    "story.scheduled": _("scheduled it"),
    "story.schedule_cancelled": _("cancelled the schedule"),
    "story.went_live": _("put it live at its time"),
    "story.corrected": _("published a correction"),
    "story.clarified": _("published a clarification"),
    "story.updated": _("published an update"),
    "story.retracted": _("published a retraction"),
    "story.unpublished": _("unpublished it"),
    "story.killed": _("killed it"),
    "story.spiked": _("spiked it"),
    "story.restored": _("restored it"),
    "story.preview_shared": _("made a preview link"),
    "story.preview_revoked": _("took a preview link back"),
    "story.version_restored": _("brought an earlier version back"),
    "story.cut_restored": _("put a cut back"),
    "story.questions_asked": _("said who asked the questions of the interview"),
    "quotation.restored": _("restored the record's words"),
    "quotation.tied": _("used a record that was there already"),
    "quotation.taken": _("quoted a passage of a source"),
    "front.arranged": _("arranged the front page"),
    "brand.saved": _("changed the look of the paper"),
    "section.created": _("made a section"),
    "section.saved": _("changed a section"),
    "section.deleted": _("deleted a section"),
    "author.created": _("made an author"),
    "author.saved": _("changed an author"),
    "edition.reissued": _("renewed the published page"),
    "gate.overridden": _("set a blocker aside"),
    "quote.recorded": _("recorded a quote"),
    "quote.attributed": _("changed the attribution of a quote"),
    "quote.reworded": _("accepted new words for a quote"),
    "quote.verified": _("verified a quote"),
    "quote.unverified": _("took a verification back"),
    "quote.disputed": _("disputed a quote"),
    "quote.withdrawn": _("withdrew a quote"),
    "quote.found": _("looked a quote up and found it in its source"),
    "quote.not_found": _("looked a quote up and did not find it in its source"),
    "quotation.dismissed": _("set words aside as no quotation"),
    "quotation.reinstated": _("took words for a quotation again"),
    "speaker.created": _("made a speaker"),
    "speaker.saved": _("changed a speaker"),
    "speaker.role_added": _("added a role of a speaker"),
    "speaker.role_saved": _("changed a role of a speaker"),
    "speaker.role_deleted": _("deleted a role of a speaker"),
    "speaker.merged": _("merged another speaker into one"),
    "speaker.kept_apart": _("said of two speakers that they are two people"),
    "source.created": _("made a source"),
    "source.saved": _("changed a source"),
    "source.withdrawn": _("withdrew a source"),
    "source.disputed": _("disputed the quotes of a source"),
    "source.link_dead": _("found that the address of a source does not answer"),
    "source.link_answers": _("found that the address of a source answers again"),
    "source.captured": _("kept a copy of a source"),
    "comment.made": _("commented"),
    "comment.edited": _("changed a comment"),
    "comment.deleted": _("deleted a comment"),
    "thread.resolved": _("resolved a thread"),
    "thread.reopened": _("opened a thread again"),
    "image.added": _("added a picture"),
    "image.versions_made": _("made versions of a picture"),
    "image.saved": _("changed the words of a picture"),
    "dispute.received": _("took in what a reader disputes"),
    "dispute.taken": _("looks into what a reader disputes"),
    "dispute.released": _("put a reader's dispute back"),
    "dispute.answered": _("answered a reader's dispute"),
    "dispute.published": _("published the outcome of a reader's dispute"),
    "dispute.withdrawn": _("withdrew the outcome of a reader's dispute"),
    "dispute.erased": _("erased who sent a dispute"),
    "policy.made": _("wrote a policy"),
    "policy.saved": _("changed a policy"),
    "policy.published": _("published a policy"),
    "policy.withdrawn": _("withdrew a policy"),
    "assignment.made": _("made an assignment"),
    "assignment.saved": _("changed an assignment"),
    "assignment.moved": _("moved an assignment to another time"),
    "assignment.accepted": _("accepted an assignment"),
    "assignment.handed_back": _("handed an assignment back"),
    "assignment.filed": _("filed an assignment"),
    "assignment.sent_back": _("sent an assignment back"),
    "assignment.finished": _("took an assignment off the list as done"),
    "assignment.cancelled": _("cancelled an assignment"),
    "assignment.reopened": _("opened an assignment again"),
    "assignment.story_started": _("began the story of an assignment"),
    "assignment.story_linked": _("linked a story to its assignment"),
    "assignment.story_unlinked": _("unlinked a story from an assignment"),
    "template.made": _("made a story template"),
    "template.saved": _("changed a story template"),
    "day_note.made": _("wrote a note on a day"),
    "day_note.saved": _("changed a note on a day"),
    "day_note.deleted": _("deleted a note on a day"),
    "reminder.set": _("set a reminder"),
    "reminder.snoozed": _("put a reminder off"),
    "reminder.finished": _("was done with a reminder"),
    "reminder.due": _("told that a reminder is due"),
    "story.untouched": _("told that a developing story lies still"),
    "story.correction_due": _("told that a correction is due"),
    "story.picture_ends": _("told that a picture may soon not be shown"),
    "story.embargo_ends": _("told that the embargo ends today"),
}
CHANGED = {
    "headline": _("headline"),
    "body": _("body"),
    "dek": _("dek"),
    "kicker": _("kicker"),
    "slug": _("slug"),
    "slugline": _("slugline"),
    "section_id": _("section"),
    "author_ids": _("bylines"),
    "topics": _("topics"),
    "lead_image_id": _("lead image"),
    "editors_note": _("editor's note"),
    "embargo_until": _("embargo"),
    "length_target": _("length in words"),
    "developing": _("developing"),
    "dateline": _("dateline"),
    "type_of_work": _("type of work"),
    "owner_id": _("owner"),
}
_ON_A_STORY = frozenset({"comment", "thread", "reminder"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event, what was done in words, and the names of the parts that changed."""

    event: Event
    words: str
    changed: str

    @property
    def about(self) -> str:
        """What it was done to: the story, where the record's own label names only what hangs on one."""
        return str(self.event.story) if self.event.record_type in _ON_A_STORY else self.event.label


def told(events: Iterable[Event]) -> list[Told]:
    """The events as people tell them, in the order given."""
    return [Told(event, action_words(event.action), _changed(event)) for event in events]


def action_words(action: str) -> str:
    """What was done, in words; an action without words of its own is told by its name."""
    return str(WORDS.get(action) or action.replace(".", ": ").replace("_", " "))


def _changed(event: Event) -> str:
    """Which parts of a story a save changed."""
    if event.action != "story.saved":
        return ""
    return ", ".join(str(CHANGED[name]) for name in event.before if name in CHANGED)
