"""Readers' disputes at the desk: the queue, the report beside the quote, the answer."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Dispute, Edition, Quote
from articles.workflow.publish import publish_story
from tests.disputes import make_dispute
from tests.doors.desk import enter, words
from tests.editions import make_correction, make_edition
from tests.factories import make_quoting_story, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/dispute/"


def page_of(dispute: Dispute) -> str:
    return f"{LIST}{dispute.pk}/change/"


def listed(who: User | str, query: str = "") -> list[Dispute]:
    return list(enter(who).get(f"{LIST}?{query}").context["cl"].result_list)


@pytest.fixture
def edition() -> Edition:
    return make_edition(headline="The tower", quotes=[{"quote_key": "k1"}])


def test_the_queue_has_what_waits_the_first_due_first(edition: Edition) -> None:
    editor, now = make_user("Editor"), timezone.now()
    late = make_dispute(edition, received_at=now - timedelta(days=4))
    mine = make_dispute(edition, status="taken", taken_by=editor)
    over = make_dispute(edition, outcome="upheld", published_at=now)
    assert listed(editor) == [late, mine]
    assert listed(editor, "state=overdue") == [late]
    assert listed(editor, "state=mine") == [mine]
    assert listed(editor, "state=received") == [late]
    assert listed(editor, "state=answered") == listed(editor, "state=published") == [over]
    assert set(listed(editor, "state=all")) == {late, mine, over}
    assert listed(editor, f"q={late.key}") == [late]
    page = words(enter(editor).get(LIST))
    assert page.count("overdue</span>") == 1
    assert "4 days" in page


def test_the_report_stands_beside_what_was_printed_and_its_sender_is_seen_by_editors_alone(
    edition: Edition,
) -> None:
    dispute = make_dispute(edition, kind="not_said", quote_key="k1")
    other = make_dispute(edition, kind="fact", words="Another report.")
    page = words(enter("Editor").get(page_of(dispute)))
    for shown in (dispute.words, "We will keep the lighthouse open", "Speech to the harbour council",
                  "Perrin Oakes", "perrin@reader.example", page_of(other)):  # fmt: skip
        assert shown in page
    for role in ("Reporter", "Auditor"):
        page = words(enter(role).get(page_of(dispute)))
        assert dispute.words in page
        assert "Perrin" not in page
        assert "Answer the reader" not in page
    assert enter("").get(page_of(dispute)).status_code == 403


def test_an_editor_takes_answers_and_publishes_it_and_takes_that_back(edition: Edition) -> None:
    dispute, client = make_dispute(edition), enter("Editor")
    correction = make_correction(edition, at=timezone.now())
    client.post(f"{LIST}{dispute.pk}/take/now/")
    client.post(f"{LIST}{dispute.pk}/release/now/")
    assert client.get(f"{LIST}{dispute.pk}/take/now/").status_code == 405
    assert client.post(f"{LIST}{dispute.pk}/rub-out/now/").status_code == 404
    refused = client.post(page_of(dispute), {"outcome": "upheld", "text": ""})
    assert "Write the answer in a few sentences." in words(refused)
    answer = {"outcome": "upheld", "text": "Two keepers it is.", "correction": correction.pk}
    assert client.post(page_of(dispute), answer).status_code == 302
    again = client.post(page_of(dispute), answer)
    assert "This is answered already." in words(again)
    done = client.post(f"{LIST}{dispute.pk}/publish/now/", follow=True)
    assert "Readers read the outcome now." in words(done)
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.correction, bool(dispute.published_at)) == ("upheld", correction, True)
    assert "Withdraw the outcome" in words(client.get(page_of(dispute)))
    client.post(f"{LIST}{dispute.pk}/withdraw/", {"reason": "It names the reader."})
    dispute.refresh_from_db()
    assert dispute.published_at is None


def test_an_answer_can_mark_the_quote_and_offers_it_only_where_there_is_one() -> None:
    editor, story = make_user("Editor"), make_quoting_story(status="approved")
    edition, quote = publish_story(story, by=editor), Quote.objects.get()
    about_quote = make_dispute(edition, kind="not_said", quote_key=quote.key)
    client = enter(editor)
    assert "Mark the quote as disputed" not in words(client.get(page_of(make_dispute(edition))))
    answer = {"outcome": "partly", "text": "She said it elsewhere.", "doubt_quote": "on"}
    assert client.post(page_of(about_quote), answer).status_code == 302
    quote.refresh_from_db()
    assert quote.verification == "disputed"


def test_what_is_refused_is_told_and_what_was_typed_stays(edition: Edition) -> None:
    dispute = make_dispute(edition, status="taken", taken_by=make_user("Editor"))
    page = enter("Editor").post(page_of(dispute), {"outcome": "upheld", "text": "Two keepers it is."})
    assert "is looking into this. Take it over first" in words(page)
    assert "Two keepers it is." in words(page)
    for role in ("Reporter", "Auditor"):
        enter(role).post(page_of(dispute), {"outcome": "upheld", "text": "Yes."})
    dispute.refresh_from_db()
    assert dispute.status == "taken"


def test_what_waits_stands_on_the_home_page_of_who_may_answer(edition: Edition) -> None:
    make_dispute(edition, received_at=timezone.now() - timedelta(days=5))
    page = words(enter("Editor").get("/admin/"))
    assert "Readers&#x27; disputes waiting" in page or "Readers' disputes waiting" in page
    assert "disputes waiting" not in words(enter("Reporter").get("/admin/"))


def test_the_screens_cost_the_same_however_much_waits(edition: Edition) -> None:
    client, first = enter("Editor"), make_dispute(edition, kind="not_said", quote_key="k1")

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = [cost(LIST), cost(page_of(first))]
    for _number in range(9):
        make_dispute(edition, kind="not_said", quote_key="k1")
    assert [cost(LIST), cost(page_of(first))] == few
