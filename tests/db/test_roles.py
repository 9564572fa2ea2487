"""Roles of a speaker: put right, and deleted only where no quote names them."""

import pytest

from articles.models import Event, Role
from articles.workflow.errors import Invalid, NotAllowed, WrongState
from articles.workflow.roles import delete_role, save_role
from tests.factories import make_quote, make_role, make_speaker, make_user

pytestmark = pytest.mark.django_db


def test_a_role_is_put_right_with_an_event() -> None:
    role = make_role(make_speaker(), "Harbor Master", organisation="Port of Kelder")
    saved = save_role(role, by=make_user("Reporter"), title=" Harbour Master ")
    assert (saved.title, saved.organisation) == ("Harbour Master", "Port of Kelder")
    event = Event.objects.get(action="speaker.role_saved")
    assert event.before == {"title": "Harbor Master"}
    assert event.after == {"title": "Harbour Master"}


def test_saving_what_is_stored_does_nothing() -> None:
    role = make_role(make_speaker(), "Keeper")
    save_role(role, by=make_user("Editor"), title="Keeper")
    assert not Event.objects.exists()


def test_a_role_keeps_its_title() -> None:
    role = make_role(make_speaker(), "Keeper")
    with pytest.raises(Invalid):
        save_role(role, by=make_user("Editor"), title=" ")
    assert Role.objects.get().title == "Keeper"


def test_a_role_that_nobody_names_is_deleted() -> None:
    role = make_role(make_speaker(), "Keeper")
    delete_role(role, by=make_user("Editor"))
    assert not Role.objects.exists()
    assert Event.objects.get(action="speaker.role_deleted").before == {"role": "Keeper"}


def test_a_role_that_a_quote_names_stays() -> None:
    role = make_quote().role
    with pytest.raises(WrongState, match="Give those quotes another role"):
        delete_role(role, by=make_user("Editor"))
    assert Role.objects.filter(pk=role.pk).exists()


def test_an_auditor_changes_no_role() -> None:
    role = make_role(make_speaker(), "Keeper")
    with pytest.raises(NotAllowed):
        save_role(role, by=make_user("Auditor"), title="Other")
    with pytest.raises(NotAllowed):
        delete_role(role, by=make_user("Auditor"))
