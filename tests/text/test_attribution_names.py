"""Names of every build: the speaker is found, printed in full, and recognised by the short form later."""

import pytest

from articles.text.attribution import How, read_quotations

# The first paragraph names the speaker in full, the second by what print uses from then on.
NAMES = [
    pytest.param("Yusra al-Hamdi", "al-Hamdi", id="particle: al-"),
    pytest.param("Khalid bin Salem", "bin Salem", id="particle: bin"),
    pytest.param("Ludwig van den Berg", "Van den Berg", id="particle: van den, with a capital later"),
    pytest.param("Pieter van der Meer", "van der Meer", id="particle: van der"),
    pytest.param("Marisol de la Cruz", "de la Cruz", id="particle: de la"),
    pytest.param("Joost ter Horst", "ter Horst", id="particle: ter"),
    pytest.param("Fergal Mac an Bhaird", "Mac an Bhaird", id="particle: mac an"),
    pytest.param("Fergus MacAllan", "MacAllan", id="particle: Mac, joined"),
    pytest.param("Ciara O’Dwyer", "O’Dwyer", id="particle: O’"),
    pytest.param("Ciara O'Dwyer", "O'Dwyer", id="particle: O' with a straight mark"),
    pytest.param("Dilys ap Gwyn", "ap Gwyn", id="particle: ap"),
    pytest.param("Roland ffoulkes-Dunne", "ffoulkes-Dunne", id="particle: small ff"),
    pytest.param("Kieran St. Aubyn", "St. Aubyn", id="particle: St."),
    pytest.param("R. K. Osei", "Osei", id="initials: apart"),
    pytest.param("R.K. Osei", "Osei", id="initials: together"),
    pytest.param("J. D. R. Macallister", "Macallister", id="initials: three"),
    pytest.param("Temitope U. Eze", "Eze", id="initials: in the middle"),
    pytest.param("P.J. Varga-Dunne", "Varga-Dunne", id="initials: and a hyphen"),
    pytest.param("J. D. van Ostrand", "van Ostrand", id="initials: before a particle"),
    pytest.param("A.-M. Holm-Okoro", "Holm-Okoro", id="initials: hyphenated"),
    pytest.param("Ilse Brandt-Okoye", "Brandt-Okoye", id="hyphen: surname"),
    pytest.param("Anne-Marie Lund", "Lund", id="hyphen: given name"),
    pytest.param("Anne-Marie Lund-Holm", "Lund-Holm", id="hyphen: both"),
    pytest.param("Hyun-joo Park", "Park", id="hyphen: second part small"),
    pytest.param("Bríd Ní Dhuinn-Moss", "Ní Dhuinn-Moss", id="hyphen: after a particle"),
    pytest.param("J.P. Ostrander Jr.", "Ostrander", id="suffix: Jr."),
    pytest.param("Harlan Tull III", "Tull", id="suffix: III"),
    pytest.param("Olamide Strand Sr.", "Strand", id="suffix: Sr."),
    pytest.param("Everett Q. Lomax II", "Lomax", id="suffix: II"),
    pytest.param("Ludovic de la Haye-Bonnet IV", "de la Haye-Bonnet", id="suffix: IV after particles"),
    pytest.param("Łukasz Żak", "Żak", id="script: Polish"),
    pytest.param("Søren Ægirsson", "Ægirsson", id="script: Nordic"),
    pytest.param("Nguyễn Văn An", "An", id="script: Vietnamese"),
    pytest.param("Иван Петров", "Петров", id="script: Cyrillic"),
    pytest.param("Ελένη Μάρκου", "Μάρκου", id="script: Greek"),
    pytest.param("يوسف الحمدي", "الحمدي", id="script: Arabic"),
    pytest.param("李伟", "李伟", id="script: Chinese"),
    pytest.param("김하늘", "김하늘", id="script: Korean"),
    pytest.param("Emeka", "Emeka", id="single name: given"),
    pytest.param("Zezé", "Zezé", id="single name: of a footballer"),
    pytest.param("Suharto", "Suharto", id="single name: no other"),
    pytest.param("Ioanna", "Ioanna", id="single name: of a queen"),
    pytest.param("Besik", "Besik", id="single name: unknown"),
]

TITLED = [
    pytest.param("“It held,” said Professor 김하늘.", "김하늘", id="before another script"),
    pytest.param("“It held,” said Miriam Vance KC, for the family.", "Miriam Vance", id="letters: KC"),
    pytest.param("“It held,” said Owen Pryce MP.", "Owen Pryce", id="letters: MP"),
    pytest.param(
        "“It held,” said J.P. Ostrander, Jr., on Monday.", "J.P. Ostrander, Jr.", id="comma and Jr."
    ),
    pytest.param("“It held,” said the Hon. Gwen St. Leger-Bose.", "Gwen St. Leger-Bose", id="the Hon."),
    pytest.param("“It held,” said Barrister Temitope Eze.", "Temitope Eze", id="Barrister"),
    pytest.param("“It held,” said PC Lowri Anand.", "Lowri Anand", id="PC"),
    pytest.param("“It held,” said Cllr Bram Oakes.", "Bram Oakes", id="Cllr"),
    pytest.param("“It held,” said Cllr. Bram Oakes.", "Bram Oakes", id="Cllr."),
    pytest.param("“It held,” said Lady Oriel Vance.", "Oriel Vance", id="Lady"),
    pytest.param("Said Father Kieran Moss: “It held.”", "Kieran Moss", id="after the verb that opens"),
    pytest.param("Pressed on the cost, Ruth Amadi said: “It held.”", "Ruth Amadi", id="after a participle"),
    pytest.param("“It held,” @ostraport tweeted.", "@ostraport", id="a handle"),
]

BODIES = [
    pytest.param(
        "“The pier is shut until further notice,” the Harbour Safety Agency said.", "Harbour Safety Agency"
    ),
    pytest.param(
        "The Ministry of Fisheries and Ports said: “The quota stands.”", "Ministry of Fisheries and Ports"
    ),
    pytest.param(
        "“The gusts reached force ten,” according to the Ostra Meteorological Institute.",
        "Ostra Meteorological Institute",
    ),
    pytest.param("“That sum was never spent,” the Office for Budget Truth wrote.", "Office for Budget Truth"),
    pytest.param("“The crane failed,” the Port Authority of Ostra said.", "Port Authority of Ostra"),
    pytest.param("“Stay off the front,” Sallow Fire and Rescue said.", "Sallow Fire and Rescue"),
    pytest.param("“The figures stand,” said the Department for Rivers on Friday.", "Department for Rivers"),
]

ROLES = [
    pytest.param("“It held,” said the director, Lena Frost.", "Lena Frost", "director"),
    pytest.param("The port’s chief pilot, Ruth Amadi, said: “It held.”", "Ruth Amadi", "port’s chief pilot"),
    pytest.param("“It held,” said her brother and designer, Ota Moss.", "Ota Moss", "designer"),
    pytest.param("“It held,” said harbour master Ruth Amadi.", "Ruth Amadi", "harbour master"),
    pytest.param("“It held,” said a fisherman named Suharto.", "Suharto", "fisherman"),
    pytest.param("The vicar, the Rev. Ignatius Bell, said: “It held.”", "Ignatius Bell", "vicar"),
    pytest.param("“It held,” said Ingrid Head.", "Ingrid Head", "", id="no role: a surname"),
    pytest.param("“It held,” said Lady Oriel Vance.", "Oriel Vance", "", id="no role: a rank"),
    pytest.param("Losing captain Goran Pell said: “It held.”", "Goran Pell", "captain", id="not: losing"),
    pytest.param("“It held,” said Mr Goran Pell.", "Goran Pell", "", id="no role: Mr"),
    pytest.param("“It held,” said his sister, Ana Holm.", "Ana Holm", "", id="no role: a relation"),
    pytest.param("“It held,” said Father Kieran Moss.", "Kieran Moss", "Father", id="a title of a priest"),
    pytest.param("“It held,” said Leon Moss, the owner of No. 4.", "Leon Moss", "owner of No. 4", id="No."),
    pytest.param("“It held,” said Maia Saga, a pharmacist.", "Maia Saga", "pharmacist", id="apposition"),
    pytest.param("Chief Ben Okwu, 67, a merchant, said: “It held.”", "Ben Okwu", "merchant", id="more"),
]  # fmt: skip


@pytest.mark.parametrize(("full", "short"), NAMES)
def test_a_name_is_read_whole_and_known_by_its_surname(full: str, short: str) -> None:
    text = f"“The wall is cracked,” said {full}, who built it.\n\n“It will not stand,” {short} said."
    first, second = (item.attribution for item in read_quotations(text))
    assert (first.speaker, second.speaker) == (full, full)
    assert (first.how, second.how) == (How.NAMED, How.NAMED)
    assert first.sure


@pytest.mark.parametrize(("text", "speaker"), TITLED)
def test_titles_and_letters_are_no_part_of_a_name(text: str, speaker: str) -> None:
    assert read_quotations(text)[0].attribution.speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), BODIES)
def test_a_body_is_named_in_full(text: str, speaker: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.how) == (speaker, How.ORG)


@pytest.mark.parametrize(("text", "speaker", "role"), ROLES)
def test_a_role_is_an_office_and_nothing_else(text: str, speaker: str, role: str) -> None:
    attribution = read_quotations(text)[0].attribution
    assert (attribution.speaker, attribution.role) == (speaker, role)


def test_a_nickname_in_marks_parts_no_name() -> None:
    items = read_quotations("“They bit me,” said Emeka “The Fridge” Nwosu-Hale.\n\n“Twice,” Nwosu-Hale said.")
    speech = [item for item in items if item.quotation.is_speech]
    assert [item.attribution.speaker for item in speech] == ["Emeka Nwosu-Hale"] * 2


def test_father_and_son_of_one_name_are_two() -> None:
    text = (
        "“I keep the van,” said Leroy Vandermeer Sr.\n\n“I drive it,” said his son, Leroy Vandermeer Jr.\n\n"
        "“Badly,” said Leroy Vandermeer Sr."
    )
    speakers = [item.attribution.speaker for item in read_quotations(text)]
    assert speakers == ["Leroy Vandermeer Sr.", "Leroy Vandermeer Jr.", "Leroy Vandermeer Sr."]


def test_a_surname_that_is_also_an_office() -> None:
    text = "“It held,” said Ingrid Head.\n\n“It did,” Head said."
    assert [item.attribution.speaker for item in read_quotations(text)] == ["Ingrid Head", "Ingrid Head"]


def test_nobody_is_named_in_a_language_without_a_lexicon() -> None:
    (item,) = read_quotations("„Wir haben Risse gefunden“, sagte Anna Morel.", language="de")
    assert (item.attribution.speaker, item.attribution.sure) == ("", False)
