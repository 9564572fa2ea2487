"""What we know. Import records from here: `from articles.models import Story`."""

from articles.models.assignment import Assignment, Desk, StoryTemplate
from articles.models.brand import Brand, Paper
from articles.models.claim import Claim
from articles.models.comment import Comment, Thread
from articles.models.dispute import Dispute, DisputeSender, outcomes_of_story, read_outcomes
from articles.models.edition import Correction, Edition, EditionByline, EditionQuote, EditionTopic
from articles.models.event import Event, Override
from articles.models.former_address import FormerAddress
from articles.models.front import Arrangement, FrontPage, FrontSlot, Part, Place, Slot
from articles.models.frozen import FrozenModel, FrozenRecordError
from articles.models.image import EditionImage, Image
from articles.models.imported import ImportedStory
from articles.models.notification import Notification, NotificationChoice
from articles.models.planning import DayNote, Reminder
from articles.models.policy import Policy, PolicyEdition, PolicyKind, PolicyLink, read_links
from articles.models.preview import PreviewLink
from articles.models.published_words import (
    KnownWord,
    NameWords,
    QuoteWords,
    StoryWords,
    place_of,
    tag_of,
)
from articles.models.quotation import Quotation
from articles.models.quote import Quote, VerificationEntry
from articles.models.quoted_name import QuotedName
from articles.models.rendered_edition import RenderedEdition, count_versions, rendered_page_at
from articles.models.saved_view import SavedView
from articles.models.search_entry import SearchEntry
from articles.models.section import RESERVED_SLUGS, Author, Section
from articles.models.site_change import SiteChange
from articles.models.sitting import Sitting
from articles.models.source import SEE_CONFIDENTIAL, Snapshot, Source
from articles.models.speaker import Role, Speaker, SpeakerName, SpeakersApart
from articles.models.story import Byline, Copy, Story

__all__ = [
    "RESERVED_SLUGS",
    "SEE_CONFIDENTIAL",
    "Arrangement",
    "Assignment",
    "Author",
    "Brand",
    "Byline",
    "Claim",
    "Comment",
    "Copy",
    "Correction",
    "DayNote",
    "Desk",
    "Dispute",
    "DisputeSender",
    "Edition",
    "EditionByline",
    "EditionImage",
    "EditionQuote",
    "EditionTopic",
    "Event",
    "FormerAddress",
    "FrontPage",
    "FrontSlot",
    "FrozenModel",
    "FrozenRecordError",
    "Image",
    "ImportedStory",
    "KnownWord",
    "NameWords",
    "Notification",
    "NotificationChoice",
    "Override",
    "Paper",
    "Part",
    "Place",
    "Policy",
    "PolicyEdition",
    "PolicyKind",
    "PolicyLink",
    "PreviewLink",
    "Quotation",
    "Quote",
    "QuoteWords",
    "QuotedName",
    "Reminder",
    "RenderedEdition",
    "Role",
    "SavedView",
    "SearchEntry",
    "Section",
    "SiteChange",
    "Sitting",
    "Slot",
    "Snapshot",
    "Source",
    "Speaker",
    "SpeakerName",
    "SpeakersApart",
    "Story",
    "StoryTemplate",
    "StoryWords",
    "Thread",
    "VerificationEntry",
    "count_versions",
    "outcomes_of_story",
    "place_of",
    "read_links",
    "read_outcomes",
    "rendered_page_at",
    "tag_of",
]
