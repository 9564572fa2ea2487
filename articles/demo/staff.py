"""The people of the demo newsroom: users in every role, sections, bylines and the speakers on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from articles.demo.content import Newsroom, SpeakerCard, UserCard
from articles.models import Author, Role, Section, Speaker
from articles.workflow.attribute import add_role, create_speaker

PASSWORD = "kelder-demo"  # noqa: S105  (printed by the command: a demo is open to all)
ADDRESS = "@kelder.example"


@dataclass(frozen=True, slots=True)
class Staff:
    """The records of the people, by the keys that the files use."""

    users: dict[str, User]
    sections: dict[str, Section]
    authors: dict[str, Author]
    speakers: dict[str, Speaker]
    roles: dict[str, list[Role]]


@dataclass(frozen=True, slots=True)
class Proposals:
    """Speakers and roles on record before loading; the program proposes more while stories are written."""

    speakers: frozenset[int]
    roles: frozenset[int]

    @classmethod
    def on_record(cls) -> Proposals:
        """Those that are there now."""
        return cls(*(frozenset(model.objects.values_list("pk", flat=True)) for model in (Speaker, Role)))

    def drop_new(self, staff: Staff) -> None:
        """Delete what was proposed since and what the staff did not keep for any quote."""
        roles = {role.pk for held in staff.roles.values() for role in held}
        speakers = {speaker.pk for speaker in staff.speakers.values()}
        Role.objects.filter(quotes__isnull=True).exclude(pk__in=self.roles | roles).delete()
        Speaker.objects.filter(quotes__isnull=True).exclude(pk__in=self.speakers | speakers).delete()


def make_staff(newsroom: Newsroom) -> Staff:
    """Make everybody who is not there yet."""
    users = _make_users(newsroom.users)
    chief = next(users[card.key] for card in newsroom.users if card.role == "Managing editor")
    sections = {
        card.key: Section.objects.get_or_create(
            slug=card.key,
            defaults={"name": card.name, "description": card.description, "position": position},
        )[0]
        for position, card in enumerate(newsroom.sections)
    }
    authors = {
        card.key: Author.objects.get_or_create(
            slug=slugify(card.name),
            defaults={"name": card.name, "bio": card.bio, "user": users.get(card.user)},
        )[0]
        for card in newsroom.authors
    }
    speakers = {card.key: _make_speaker(card, users, by=chief) for card in newsroom.speakers}
    roles = {card.key: _make_roles(card, speakers[card.key], by=chief) for card in newsroom.speakers}
    return Staff(users, sections, authors, speakers, roles)


def delete_users() -> int:
    """Delete the users of the demo, once nothing refers to them; returns how many."""
    return User.objects.filter(email__endswith=ADDRESS).delete()[1].get("auth.User", 0)


def _make_users(cards: Sequence[UserCard]) -> dict[str, User]:
    groups = {group.name: group for group in Group.objects.all()}
    password = make_password(PASSWORD)
    users = {}
    for card in cards:
        first, last = card.name.split(" ", 1)
        user, created = User.objects.get_or_create(
            username=card.key,
            defaults={
                "first_name": first,
                "last_name": last,
                "email": card.email,
                "is_staff": True,
                "password": password,
            },
        )
        if created:
            user.groups.add(groups[card.role])
        users[card.key] = user
    return users


def _make_speaker(card: SpeakerCard, users: dict[str, User], *, by: User) -> Speaker:
    return create_speaker(
        by=by,
        name=card.name,
        aliases=list(card.aliases),
        bio=card.bio,
        kind=Speaker.Kind.ORGANISATION if card.organisation else Speaker.Kind.PERSON,
        unnamed=card.unnamed,
        unnamed_reason=card.unnamed_reason,
        known_to=users[card.known_to] if card.known_to else None,
    )


def _make_roles(card: SpeakerCard, speaker: Speaker, *, by: User) -> list[Role]:
    return [
        add_role(
            speaker,
            by=by,
            title=role.title,
            organisation=role.organisation,
            since=role.since,
            until=role.until,
        )
        for role in card.roles
    ]
