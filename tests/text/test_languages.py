"""Languages without a lexicon: where their quotation marks open and close, and what stands in them."""

import pytest

from articles.text.quotations import Kind, find_quotations

NB, NN = "\u00a0", "\u202f"  # the spaces inside French marks
SPOKEN, PART, TERM, NAME = Kind.DIRECT, Kind.PARTIAL, Kind.SCARE, Kind.TITLE
Found = list[tuple[Kind, list[str]]]


def row(name: str, text: str, kind: Kind | None = None, *segments: str) -> object:
    """A text with the one quotation that it holds, or with none."""
    expected = [(kind, list(segments))] if kind else []
    return pytest.param(text, expected, id=name)


GERMAN = [
    row("low-high", "„Wir bleiben noch hier“, sagte Anna Weber.", SPOKEN, "Wir bleiben noch hier"),
    row("inward", "»Wir bleiben noch hier«, sagte Anna Weber.", SPOKEN, "Wir bleiben noch hier"),
    row("typist", "„Wir bleiben noch hier”, sagte Anna Weber.", SPOKEN, "Wir bleiben noch hier"),
    row("one word after a colon", "Weber sagte: „Nein.“", SPOKEN, "Nein."),
    row(
        "split", "„Wir bleiben“, sagte Weber, „bis es hell wird.“", SPOKEN, "Wir bleiben", "bis es hell wird."
    ),
    row(
        "two sentences",
        "„Wir bleiben“, sagte Anna Weber. „Es wird hell.“",
        SPOKEN,
        "Wir bleiben",
        "Es wird hell.",
    ),
    row("nested", "„Er rief ‚Halt!‘ und lief weg“, sagte Weber.", SPOKEN, "Er rief ‚Halt!‘ und lief weg"),
    row(
        "nested inward",
        "»Er rief ›Halt!‹ und lief weg«, sagte Weber.",
        SPOKEN,
        "Er rief ›Halt!‹ und lief weg",
    ),
    row(
        "apostrophes",
        "„Das ist Hans’ Boot. So geht’s nicht“, sagte Weber.",
        SPOKEN,
        "Das ist Hans’ Boot. So geht’s nicht",
    ),
    row(
        "paragraphs",
        "„Wir blieben.\n\n„Dann kam das Wasser“, sagte Weber.",
        SPOKEN,
        "Wir blieben.",
        "Dann kam das Wasser",
    ),
    row("a ship", "Die „Möwe“ lag im Hafen.", TERM, "Möwe"),
    row(
        "fragment",
        "Weber nannte den Plan „eine einzige lange Ausrede“ und ging.",
        PART,
        "eine einzige lange Ausrede",
    ),
    row("begins cut", "„…und dann kam die Flut“, sagte Weber.", SPOKEN, "…und dann kam die Flut"),
    row("single", "Das Boot lag im ‚Alten Hafen‘ fest.", NAME, "Alten Hafen"),
]
FRENCH = [
    row(
        "nbsp", f"«{NB}Nous restons ici ce soir{NB}», a dit Claire Dumas.", SPOKEN, "Nous restons ici ce soir"
    ),
    row(
        "narrow",
        f"«{NN}Nous restons ici ce soir{NN}», a dit Claire Dumas.",
        SPOKEN,
        "Nous restons ici ce soir",
    ),
    row("Swiss", "«Nous restons ici ce soir», a dit Claire Dumas.", SPOKEN, "Nous restons ici ce soir"),
    row("one word after a colon", f"Elle répond{NB}: «{NB}Non.{NB}»", SPOKEN, "Non."),
    row(
        "split",
        f"«{NB}Nous restons{NB}», dit Dumas, «{NB}jusqu’au matin.{NB}»",
        SPOKEN,
        "Nous restons",
        "jusqu’au matin.",
    ),
    row(
        "two sentences",
        f"«{NB}Nous restons{NB}», dit Dumas. «{NB}Le jour vient.{NB}»",
        SPOKEN,
        "Nous restons",
        "Le jour vient.",
    ),
    row(
        "nested curly",
        f"«{NB}Il a crié “Halte” et il est parti{NB}», dit Dumas.",
        SPOKEN,
        "Il a crié “Halte” et il est parti",
    ),
    row(
        "nested",
        f"«{NB}Il a crié «{NB}Halte{NB}» et il est parti{NB}», dit Dumas.",
        SPOKEN,
        f"Il a crié «{NB}Halte{NB}» et il est parti",
    ),
    row(
        "apostrophes",
        f"«{NB}L’eau montait. C’est fini, aujourd’hui{NB}», dit Dumas.",
        SPOKEN,
        "L’eau montait. C’est fini, aujourd’hui",
    ),
    row(
        "paragraphs",
        "«\u00a0On est restés.\n\n«\u00a0Puis l’eau est venue\u00a0», dit Dumas.",
        SPOKEN,
        "On est restés.",
        "Puis l’eau est venue",
    ),
    row("a ship", f"Le «{NB}Goéland{NB}» était au port.", TERM, "Goéland"),
    row(
        "fragment",
        f"Elle parle d’un plan «{NB}mal ficelé et bien trop cher{NB}» pour la ville.",
        PART,
        "mal ficelé et bien trop cher",
    ),
    row(
        "English marks", "“Nous restons ici ce soir”, a dit Claire Dumas.", SPOKEN, "Nous restons ici ce soir"
    ),
]
SPANISH = [
    row(
        "guillemets", "«Nos quedamos aquí esta noche», dijo Ana Vela.", SPOKEN, "Nos quedamos aquí esta noche"
    ),
    row("curly", "“Nos quedamos aquí esta noche”, dijo Ana Vela.", SPOKEN, "Nos quedamos aquí esta noche"),
    row("straight", '"Nos quedamos aquí esta noche", dijo Ana Vela.', SPOKEN, "Nos quedamos aquí esta noche"),
    row("one word after a colon", "Vela contestó: «No».", SPOKEN, "No"),
    row(
        "split",
        "«Nos quedamos», dijo Vela, «hasta que amanezca».",
        SPOKEN,
        "Nos quedamos",
        "hasta que amanezca",
    ),
    row(
        "two sentences", "«Nos quedamos», dijo Ana Vela. «Ya amanece».", SPOKEN, "Nos quedamos", "Ya amanece"
    ),
    row("nested", "«Gritó “¡Alto!” y se fue», dijo Vela.", SPOKEN, "Gritó “¡Alto!” y se fue"),
    row(
        "two nested",
        "«Gritó “¡Alto!” y luego “¡Ya!” y se fue», dijo Vela.",
        SPOKEN,
        "Gritó “¡Alto!” y luego “¡Ya!” y se fue",
    ),
    row("nested single", "“Gritó ‘¡Alto!’ y se fue”, dijo Vela.", SPOKEN, "Gritó ‘¡Alto!’ y se fue"),
    row(
        "turned marks",
        "«¿Quién vive? ¡Nadie! Pa’ qué seguir», dijo Vela.",
        SPOKEN,
        "¿Quién vive? ¡Nadie! Pa’ qué seguir",
    ),
    row(
        "paragraphs",
        "«Nos quedamos.\n\n»Luego vino el agua», dijo Vela.",
        SPOKEN,
        "Nos quedamos.",
        "Luego vino el agua",
    ),
    row("a ship", "La «Gaviota» estaba en el puerto.", TERM, "Gaviota"),
    row(
        "fragment",
        "Vela habló de un plan «mal hecho y demasiado caro» para la villa.",
        PART,
        "mal hecho y demasiado caro",
    ),
]
ITALIAN = [
    row(
        "guillemets", "«Restiamo qui questa notte», ha detto Anna Riva.", SPOKEN, "Restiamo qui questa notte"
    ),
    row("curly", "“Restiamo qui questa notte”, ha detto Anna Riva.", SPOKEN, "Restiamo qui questa notte"),
    row("straight", '"Restiamo qui questa notte", ha detto Anna Riva.', SPOKEN, "Restiamo qui questa notte"),
    row("one word after a colon", "Riva ha risposto: «No».", SPOKEN, "No"),
    row("split", "«Restiamo», ha detto Riva, «finché fa giorno».", SPOKEN, "Restiamo", "finché fa giorno"),
    row("two sentences", "«Restiamo», ha detto Anna Riva. «Fa giorno».", SPOKEN, "Restiamo", "Fa giorno"),
    row(
        "nested",
        "«Ha gridato “Fermi!” ed è andato via», ha detto Riva.",
        SPOKEN,
        "Ha gridato “Fermi!” ed è andato via",
    ),
    row(
        "apostrophes",
        "«L’acqua saliva. Un po' di calma, c'è tempo», ha detto Riva.",
        SPOKEN,
        "L’acqua saliva. Un po' di calma, c'è tempo",
    ),
    row("only apostrophes", "La 'ndrangheta ha un po' di paura."),
    row(
        "paragraphs",
        "«Siamo rimasti.\n\n«Poi è venuta l’acqua», ha detto Riva.",
        SPOKEN,
        "Siamo rimasti.",
        "Poi è venuta l’acqua",
    ),
    row("a ship", "Il “Gabbiano” era in porto.", TERM, "Gabbiano"),
    row(
        "fragment",
        "Riva parla di un piano «fatto male e troppo caro» per la città.",
        PART,
        "fatto male e troppo caro",
    ),
]
POLISH = [
    row("low-high", "„Zostajemy tu na noc”, powiedziała Anna Lis.", SPOKEN, "Zostajemy tu na noc"),
    row("German closing", "„Zostajemy tu na noc“, powiedziała Anna Lis.", SPOKEN, "Zostajemy tu na noc"),
    row("straight closing", '„Zostajemy tu na noc", powiedziała Anna Lis.', SPOKEN, "Zostajemy tu na noc"),
    row("one word after a colon", "Lis odpowiedziała: „Nie”.", SPOKEN, "Nie"),
    row(
        "split",
        "„Zostajemy” – powiedziała Lis – „aż zrobi się jasno”.",
        SPOKEN,
        "Zostajemy",
        "aż zrobi się jasno",
    ),
    row(
        "two sentences",
        "„Zostajemy”, powiedziała Anna Lis. „Robi się jasno”.",
        SPOKEN,
        "Zostajemy",
        "Robi się jasno",
    ),
    row("nested", "„Krzyknął «Stać!» i uciekł”, powiedziała Lis.", SPOKEN, "Krzyknął «Stać!» i uciekł"),
    row(
        "nested inward", "„Krzyknął »Stać!« i uciekł”, powiedziała Lis.", SPOKEN, "Krzyknął »Stać!« i uciekł"
    ),
    row(
        "apostrophe",
        "„Woda rosła. To łódź O’Hary, nie moja”, powiedziała Lis.",
        SPOKEN,
        "Woda rosła. To łódź O’Hary, nie moja",
    ),
    row(
        "paragraphs",
        "„Zostaliśmy.\n\n„Potem przyszła woda”, powiedziała Lis.",
        SPOKEN,
        "Zostaliśmy.",
        "Potem przyszła woda",
    ),
    row("a ship", "Statek „Mewa” stał w porcie.", TERM, "Mewa"),
    row(
        "fragment",
        "Lis mówi o planie „źle zrobionym i o wiele za drogim” dla miasta.",
        PART,
        "źle zrobionym i o wiele za drogim",
    ),
]
SWEDISH = [
    row("same mark", "”Vi stannar här i natt”, sade Anna Ek.", SPOKEN, "Vi stannar här i natt"),
    row("same guillemet", "»Vi stannar här i natt», sade Anna Ek.", SPOKEN, "Vi stannar här i natt"),
    row("inward", "»Vi stannar här i natt«, sade Anna Ek.", SPOKEN, "Vi stannar här i natt"),
    row("one word after a colon", "Ek svarade: ”Nej.”", SPOKEN, "Nej."),
    row("split", "”Vi stannar”, sade Ek, ”tills det ljusnar.”", SPOKEN, "Vi stannar", "tills det ljusnar."),
    row("two sentences", "”Vi stannar”, sade Anna Ek. ”Det ljusnar.”", SPOKEN, "Vi stannar", "Det ljusnar."),
    row("nested", "”Han ropade ’Stopp!’ och sprang”, sade Ek.", SPOKEN, "Han ropade ’Stopp!’ och sprang"),
    row(
        "apostrophes",
        "”Vattnet steg. De’ va’ inte roligt”, sade Ek.",
        SPOKEN,
        "Vattnet steg. De’ va’ inte roligt",
    ),
    row(
        "paragraphs",
        "”Vi stannade.\n\n”Sedan kom vattnet”, sade Ek.",
        SPOKEN,
        "Vi stannade.",
        "Sedan kom vattnet",
    ),
    row("a ship", "Båten ”Måsen” låg i hamnen.", TERM, "Måsen"),
    row(
        "fragment",
        "Ek talar om en plan ”illa gjord och alldeles för dyr” för staden.",
        PART,
        "illa gjord och alldeles för dyr",
    ),
    row("single", "Skylten ’Stängt’ hängde på dörren.", TERM, "Stängt"),
]
RUSSIAN = [
    row(
        "guillemets", "«Мы остаёмся здесь на ночь», — сказала Анна Лис.", SPOKEN, "Мы остаёмся здесь на ночь"
    ),
    row("low-high", "„Мы остаёмся здесь на ночь“, сказала Анна Лис.", SPOKEN, "Мы остаёмся здесь на ночь"),
    row("straight", '"Мы остаёмся здесь на ночь", — сказала Анна Лис.', SPOKEN, "Мы остаёмся здесь на ночь"),
    row("one word after a colon", "Лис ответила: «Нет».", SPOKEN, "Нет"),
    row(
        "split",
        "«Мы остаёмся», — сказала Лис, — «пока не рассветёт».",
        SPOKEN,
        "Мы остаёмся",
        "пока не рассветёт",
    ),
    row("two sentences", "«Мы остаёмся», — сказала Анна Лис. «Светает».", SPOKEN, "Мы остаёмся", "Светает"),
    row("nested", "«Он крикнул „Стой!“ и убежал», — сказала Лис.", SPOKEN, "Он крикнул „Стой!“ и убежал"),
    row(
        "nested first",
        "«„Чайка“ стояла в порту всю зиму», — сказала Лис.",
        SPOKEN,
        "„Чайка“ стояла в порту всю зиму",
    ),
    row(
        "apostrophe", "«Вода росла. Это лодка О’Хары», — сказала Лис.", SPOKEN, "Вода росла. Это лодка О’Хары"
    ),
    row(
        "paragraphs",
        "«Мы остались.\n\n«Потом пришла вода», — сказала Лис.",
        SPOKEN,
        "Мы остались.",
        "Потом пришла вода",
    ),
    row("a ship", "Судно «Чайка» стояло в порту.", TERM, "Чайка"),
    row(
        "fragment",
        "Лис назвала план «плохим и слишком дорогим» для города.",
        PART,
        "плохим и слишком дорогим",
    ),
]


def read(text: str, language: str) -> Found:
    found = find_quotations(text, language=language)
    return [(item.kind, [segment.text for segment in item.segments]) for item in found]


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_german(text: str, expected: Found) -> None:
    assert read(text, "de") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french(text: str, expected: Found) -> None:
    assert read(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_spanish(text: str, expected: Found) -> None:
    assert read(text, "es") == expected


@pytest.mark.parametrize(("text", "expected"), ITALIAN)
def test_italian(text: str, expected: Found) -> None:
    assert read(text, "it") == expected


@pytest.mark.parametrize(("text", "expected"), POLISH)
def test_polish(text: str, expected: Found) -> None:
    assert read(text, "pl") == expected


@pytest.mark.parametrize(("text", "expected"), SWEDISH)
def test_swedish(text: str, expected: Found) -> None:
    assert read(text, "sv") == expected


@pytest.mark.parametrize(("text", "expected"), RUSSIAN)
def test_russian(text: str, expected: Found) -> None:
    assert read(text, "ru") == expected
