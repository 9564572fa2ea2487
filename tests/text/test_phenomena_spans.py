"""What is hard about quotation marks, a table for each phenomenon: what is found, and as what."""

import pytest

from articles.text.quotations import Kind, find_quotations

SPOKEN, PART, NAME, TERM = Kind.DIRECT, Kind.PARTIAL, Kind.TITLE, Kind.SCARE


def row(name: str, text: str, *expected: tuple[Kind, str]) -> object:
    """A text with its quotations; “|” parts the segments of one."""
    return pytest.param(text, [(kind, words.split("|")) for kind, words in expected], id=name)


PHENOMENA = {
    "documents": [
        row("letter", "The letter said: “We regret the noise.”", (SPOKEN, "We regret the noise.")),
        row(
            "fragment of a report",
            "The report called the pier “a danger to ships”.",
            (PART, "a danger to ships"),
        ),
        row(
            "statement", "“The pier is safe,” the council said in a statement.", (SPOKEN, "The pier is safe,")
        ),
        row(
            "after according",
            "According to the memo, “Nobody checked the bolts.”",
            (SPOKEN, "Nobody checked the bolts."),
        ),
        row(
            "title of a report",
            "The report, “Harbours at Risk” (2019), is out of print.",
            (NAME, "Harbours at Risk"),
        ),
    ],
    "signs": [
        row("reads", "A sign at the door reads “Bring a cushion”.", (TERM, "Bring a cushion")),
        row("under a notice", "The machine stood dark, under a notice: “Back soon.”", (TERM, "Back soon.")),
        row("on a wall", "The plaque on the wall says “Ask me about eels”.", (TERM, "Ask me about eels")),
        row("held up", "Ruth Amadi held up a sign that read “We will hold!”", (SPOKEN, "We will hold!")),
        row("says", "A placard beside the gate says “Lungs for sale”.", (TERM, "Lungs for sale")),
        row("capitals", "The poster still reads “Reaching for the Sky”.", (TERM, "Reaching for the Sky")),
        row(
            "somebody speaks of one", "“The sign is wrong,” said Ruth Amadi.", (SPOKEN, "The sign is wrong,")
        ),
        row("somebody beside one", "By the sign, Ruth Amadi said: “It is wrong.”", (SPOKEN, "It is wrong.")),
    ],
    "songs and chants": [
        row("sang", "The pensioners sang “carry me over the tide” twice.", (TERM, "carry me over the tide")),
        row("name of a song", "The choir sang “Harbour of Glass” at the end.", (NAME, "Harbour of Glass")),
        row("hummed", "He hummed “row me to the weir” on the stairs.", (TERM, "row me to the weir")),
        row("sings, and a colon", "She sings: “I waited by the water.”", (TERM, "I waited by the water.")),
        row("the song", "They closed with the song “The Salt Ledger”.", (NAME, "The Salt Ledger")),
        row("about a song", "“I sang it badly,” said Ruth Amadi.", (SPOKEN, "I sang it badly,")),
        row("chant with a chorus", "“Open the gate!” the crowd chanted.", (SPOKEN, "Open the gate!")),
    ],
    "titles": [
        row("film", "She reviewed the film “Harbour of Glass” for the paper.", (NAME, "Harbour of Glass")),
        row(
            "novel in apposition",
            "He read her novel, “The Salt Ledger,” on the ferry.",
            (NAME, "The Salt Ledger,"),
        ),
        row("programme", "He spoke on KDR’s “Morning Desk” today.", (NAME, "Morning Desk")),
        row("with its year", "“Two Tides” (1987) hangs in the hall.", (NAME, "Two Tides")),
        row(
            "byline",
            "“The pier nobody wants,” by the Courier’s Ilse Brandt, won.",
            (NAME, "The pier nobody wants,"),
        ),
        row("on a programme", "On “Morning Desk,” Ruth Amadi spoke of the pier.", (NAME, "Morning Desk,")),
        row(
            "a stop inside the marks",
            "Ruth Amadi is the author of “The Salt Ledger.”",
            (NAME, "The Salt Ledger."),
        ),
        row("a prize for it", "Ruth Amadi won a prize for “Two Tides.”", (NAME, "Two Tides.")),
        row("not after a verb", "He accused her of “Salt And Lies.”", (PART, "Salt And Lies.")),
        row("no title", "Ruth Amadi said: “Two tides will do it.”", (SPOKEN, "Two tides will do it.")),
    ],
    "nicknames": [
        row("between names", "Otto “Lights” Carver won the race in Ostra.", (NAME, "Lights")),
        row("straight marks", 'Mordecai "Whiskers" Tupou retires on Friday.', (NAME, "Whiskers")),
        row("single marks", "Ilse ‘Duchess’ Brandt was born in Tarrow.", (NAME, "Duchess")),
        row("two words", "Ruth “The Hammer” Amadi won the bout.", (NAME, "The Hammer")),
        row("said, no nickname", "“Lights,” said Carver.", (SPOKEN, "Lights,")),
    ],
    "terms": [
        row("so-called", "The so-called “experts” have moved to the coast.", (TERM, "experts")),
        row("after an article", "The “smart” bins were emptied by hand on Monday.", (TERM, "smart")),
        row("plural", "The “tidal lanes” will open in May.", (TERM, "tidal lanes")),
        row(
            "a word quoted",
            "Holm stated that it is “unrealistic” to expect more money.",
            (PART, "unrealistic"),
        ),
        row("called by somebody", "She called the plan “a farce” and left.", (PART, "a farce")),
    ],
    "headlines": [
        row(
            "fragment",
            "Harbour wall ‘will not last the winter’, says engineer\n\nThe wall leaks.",
            (PART, "will not last the winter"),
        ),
        row(
            "whole",
            "‘We have all waited long enough’: nurses on the new ward\n\nThe ward opened.",
            (SPOKEN, "We have all waited long enough"),
        ),
        row(
            "name first",
            "Amadi: ‘I will not resign over the pier’\n\nThe pier fell.",
            (SPOKEN, "I will not resign over the pier"),
        ),
        row("possessive", "Dockers’ strike ends after 40 days\n\nThe strike ended."),
        row("elision", "Rock ’n’ roll comes to Tarrow\n\nThe band played."),
    ],
    "posts": [
        row(
            "tweeted", "“Three windows, one apology,” Amadi tweeted.", (SPOKEN, "Three windows, one apology,")
        ),
        row(
            "begins with a name",
            "“.@harbourboard forgot us again,” Amadi tweeted.",
            (SPOKEN, ".@harbourboard forgot us again,"),
        ),
        row("hashtag", "Amadi wrote: “We are still here. #pier”", (SPOKEN, "We are still here. #pier")),
        row("in a post", "In a post on Monday, Amadi wrote: “The pier stays.”", (SPOKEN, "The pier stays.")),
        row("hashtag as a term", "The hashtag “piergate” was used 9,000 times.", (TERM, "piergate")),
    ],
    "translated": [
        row("in another language", "“Мы дышим,” said Ruth Amadi.", (SPOKEN, "Мы дышим,")),
        row("guillemets", "«Nous restons», said Ruth Amadi in French.", (SPOKEN, "Nous restons")),
        row(
            "said again",
            "“Wir warten,” said Amadi, and then said again in English: “We wait.”",
            (SPOKEN, "Wir warten,"),
            (SPOKEN, "We wait."),
        ),
        row("through an interpreter", "“We wait,” Amadi said through an interpreter.", (SPOKEN, "We wait,")),
        row(
            "German marks",
            "„Die Glocke wartet nicht,“ the priest told them.",
            (SPOKEN, "Die Glocke wartet nicht,"),
        ),
    ],
    "brackets and gaps": [
        row("insertion", "“[The pier] will hold,” said Amadi.", (SPOKEN, "[The pier] will hold,")),
        row("sic", "“The peir [sic] will hold,” said Amadi.", (SPOKEN, "The peir [sic] will hold,")),
        row("ellipsis", "“It will … hold,” said Amadi.", (SPOKEN, "It will … hold,")),
        row("begins with dots", "“. . . and then it fell,” said Amadi.", (SPOKEN, ". . . and then it fell,")),
        row("begins with an ellipsis", "Amadi said: “… and then it fell.”", (SPOKEN, "… and then it fell.")),
        row("bleeped", "“The f****** pier will hold,” said Amadi.", (SPOKEN, "The f****** pier will hold,")),
        row(
            "bleeped with dashes",
            "“He’d take a f—— curtain,” said Amadi.",
            (SPOKEN, "He’d take a f—— curtain,"),
        ),
        row("bracketed letter", "“[W]e will hold,” said Amadi.", (SPOKEN, "[W]e will hold,")),
    ],
    "interrupted": [
        row(
            "subhead",
            "“I’ll tell you who paid.\n\nA hat and another hat\n\n“The Lutherans,” said Amadi.",
            (SPOKEN, "I’ll tell you who paid.|The Lutherans,"),
        ),
        row(
            "subhead, straight",
            '"You asked what it takes.\n\nWhat it would take\n\n"Nine hundred a week," Amadi read.',
            (SPOKEN, "You asked what it takes.|Nine hundred a week,"),
        ),
        row(
            "paragraphs",
            "“We waited.\n\n“We waited again,” said Amadi.",
            (SPOKEN, "We waited.|We waited again,"),
        ),
        row(
            "single marks",
            "He wrote: ‘We ask three things:\n\n‘check the watch;\n\n‘and be patient,’ it said.",
            (SPOKEN, "We ask three things:|check the watch;|and be patient,"),
        ),
        row(
            "list",
            '"I ask three things:\n\n- Check the watch.\n\n- Be patient.\n\nThen we will see," said Amadi.',
            (SPOKEN, "I ask three things:|Check the watch.|Be patient.|Then we will see,"),
        ),
        row(
            "list outside a quotation",
            "Amadi said: “We ask three things.”\n\n- Time.\n\n- Money.\n\n“And luck,” said Amadi.",
            (SPOKEN, "We ask three things."),
            (SPOKEN, "And luck,"),
        ),
        row(
            "a sentence is no subhead",
            "“We waited.”\n\nShe sat.\n\n“We waited again,” said Amadi.",
            (SPOKEN, "We waited."),
            (SPOKEN, "We waited again,"),
        ),
    ],
    "closing mark missing": [
        row("before a verb", "“It will hold, said Ruth Amadi.\n\nIt did.", (SPOKEN, "It will hold,")),
        row(
            "goes on",
            "“It will hold, said Ruth Amadi. “We tested it.”",
            (SPOKEN, "It will hold,|We tested it."),
        ),
        row("pronoun", "“It will hold, she said. “We tested it.”", (SPOKEN, "It will hold,|We tested it.")),
        row(
            "description",
            '"It will hold, the rancher said. "Nobody tested it."',
            (SPOKEN, "It will hold,|Nobody tested it."),
        ),
        row(
            "clause after it",
            "“It will hold, said Ruth Amadi, who lives below. “We tested it.”",
            (SPOKEN, "It will hold,|We tested it."),
        ),
        row(
            "apposition",
            "“It will hold, the widow, Mrs Ana Pell, told the court. “We tested it.”",
            (SPOKEN, "It will hold,|We tested it."),
        ),
        row(
            "two open, one closes",
            "Amadi said: “He read a column titled “Sorry, I still will not.”",
            (SPOKEN, "He read a column titled “Sorry, I still will not."),
        ),
    ],
    "wrong-way marks": [
        row("both", "”It will hold,“ said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("closing one", "“It will hold,“ said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row(
            "opening one", "Amadi let aides ”get close to the pier” at last.", (PART, "get close to the pier")
        ),
        row("space inside", "” It will hold,“ said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("mixed", '"It will hold,” said Ruth Amadi.', (SPOKEN, "It will hold,")),
    ],
    "debris": [
        row("entities", "&quot;It will hold,&quot; said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("named entities", "&ldquo;It will hold,&rdquo; said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("numbered entities", "&#8220;It will hold,&#8221; said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("hex entities", "&#x201C;It will hold,&#x201D; said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("old numbers", "&#147;It will hold,&#148; said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("control signs", "\x93It will hold,\x94 said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("set apart", '" It will hold, " said Ruth Amadi.', (SPOKEN, "It will hold,")),
        row("set apart, a stop outside", '" It will hold ," said Ruth Amadi.', (SPOKEN, "It will hold ,")),
        row(
            "inches",
            '"I am 6\'2" and it will hold," said Ruth Amadi.',
            (SPOKEN, "I am 6'2\" and it will hold,"),
        ),
        row("a closing mark, not inches", 'Amadi said: "I am 6\'2".', (PART, "I am 6'2")),
        row("inches at the end", '"The gap is 5\'11"," said Ruth Amadi.', (SPOKEN, "The gap is 5'11\",")),
        row("wrong encoding", "â€œIt will hold,â€\x9d said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("its end lost", "â€œIt will hold,â€ said Ruth Amadi.", (SPOKEN, "It will hold,")),
        row("attributes of a page", '<post by="@amadi" on="May 9, 2024">It will hold.</post>'),
        row("apostrophe", "â€œI donâ€™t know,â€ said Amadi.", (SPOKEN, "I donâ€™t know,")),
        row(
            "no space before",
            'They left, said the owner."It will hold," she added.',
            (SPOKEN, "It will hold,"),
        ),
    ],
    "apostrophes in single marks": [
        row(
            "dialect",
            "‘I’m not the villain o’ this piece,’ said Amadi.",
            (SPOKEN, "I’m not the villain o’ this piece,"),
        ),
        row(
            "with",
            "‘You’ll not shift me wi’ a leaflet,’ said Amadi.",
            (SPOKEN, "You’ll not shift me wi’ a leaflet,"),
        ),
        row("begins with one", "‘’Tis a land grab,’ said Amadi.", (SPOKEN, "’Tis a land grab,")),
        row(
            "ends with one",
            "‘I booked him for watchin’,’ said Amadi.",
            (SPOKEN, "I booked him for watchin’,"),
        ),
        row(
            "plural possessive",
            "‘The dockers’ strike is over,’ said Amadi.",
            (SPOKEN, "The dockers’ strike is over,"),
        ),
        row("elision with the wrong mark", "And how ‘bout the pier, said the dockers’ man."),
    ],
    "nested": [
        row("single in double", "“He said ‘no’ twice,” said Amadi.", (SPOKEN, "He said ‘no’ twice,")),
        row("at the end", "“He said, ‘No,’” said Amadi. “Twice.”", (SPOKEN, "He said, ‘No,’|Twice.")),
        row(
            "curly in straight",
            '"He read “The Salt Ledger” twice," said Amadi.',
            (SPOKEN, "He read “The Salt Ledger” twice,"),
        ),
        row(
            "same marks",
            "“He read “The Salt Ledger” twice,” said Amadi.",
            (SPOKEN, "He read “The Salt Ledger” twice,"),
        ),
        row(
            "double in single",
            "‘He read “The Salt Ledger” twice,’ said Amadi.",
            (SPOKEN, "He read “The Salt Ledger” twice,"),
        ),
    ],
}


@pytest.mark.parametrize(("text", "expected"), [case for rows in PHENOMENA.values() for case in rows])
def test_phenomena(text: str, expected: list[tuple[Kind, list[str]]]) -> None:
    found = find_quotations(text)
    assert [(item.kind, [segment.text for segment in item.segments]) for item in found] == expected
