"""What scrapers, mailers and page layouts leave around a story: kinds of line, each with a name and a reason.

A kind is told by its phrasing from end to end, never by the name of a company. The phrases are English.
"""

from __future__ import annotations

import re
from typing import Final

from articles.text.page_kinds import Kind, load_page_words, make_kind

_PIECES = "(?:stories|articles|news|posts|content|topics|reads|coverage|videos|headlines|links)"
_PIECE = "(?:story|article|post|report|piece|page|item)"
_URL = r"(?:https?://|www\.)\S+"
_SITES = (
    "(?:twitter|x|facebook|instagram|threads|bluesky|mastodon|linkedin|tik ?tok|youtube|telegram|whats ?app)"
)
_SHARED = (
    "(?:share|tweet|pin|post|e-?mail|print|save|copy(?: link)?|gift|bookmark|like|follow|link|more|reddit"
    f"|{_SITES})"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s?[a-z]{2,4})?"
_DATE = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
    rf"(?:{_MONTH} {_DAY},? (?:19|20)\d\d|{_DAY} {_MONTH},? (?:19|20)\d\d"
    rf"|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
)
_LEGAL = (
    "(?:terms(?: of (?:use|service)| and conditions)?|privacy(?: policy)?|cookies?(?: policy| settings)?"
    "|accessibility|contact(?: us)?|about(?: us)?|advertise(?: with us)?|careers|help|faq|site ?map)"
)
_PHOTO = "(?:photo(?:graph)?s?|images?|pictures?|pics?|illustration|screen ?(?:shot|grab)|graphic|video)"

DEVELOPING: Final = make_kind(
    "developing",
    "Says that the story is developing. The story is flagged as developing instead.",
    r"(?:this is )?(?:a |an? ongoing )?(?:breaking|developing)(?: and (?:breaking"
    r"|developing))?(?: news)? story\b.*",
    rf"(?:this|the) (?:news )?{_PIECE} is (?:still )?(?:developing|breaking)\b.*",
    rf"(?:this|the) (?:news )?{_PIECE} (?:will|is going to) be updated\b.*",
    r"we (?:will|are going to) (?:be )?(?:update|updating) this (?:story|article|page|report)\b.*",
    r"(?:developing|breaking|breaking news|breaking story)(?: *[.:!…—-]+ *(?:more|updates|check"
    r"|details)\b.*)?",
    r"more (?:details |information |updates )?(?:to (?:follow|come)|follows|soon)\b.{0,30}",
    r"(?:please )?(?:check|come) back (?:here )?(?:soon |later )?for (?:more|updates|further|the latest)\b.*",
    words=40,
)

TEASER: Final = re.compile(
    r"(?:read|see|view|learn|continue reading|click here(?: to read)?|tap here)(?: (?:the )?(?:more"
    r"|full \w+))? ?[.…»›→>]*",
    re.IGNORECASE,
)

_EVERYWHERE = (
    make_kind(
        "link_stub",
        "The words of a link that leads nowhere here.",
        f"(?:source|article|original|external|web|{_PIECE}) ?(?:link|url|article|source|{_PIECE})s?",
        r"(?:read|view|see|show|learn|find out|discover) more(?: (?:here|now|online|details|at|on"
        r"|about)\b.{0,60})?",
        r"(?:read|view|see|watch|get|continue reading|click(?: here)? (?:to|for)|tap(?: here)? (?:to|for))"
        rf" (?:\w+ )?(?:the |our )?(?:rest|full|whole|complete|original|entire"
        rf"|remainder)(?: \w+)? ?{_PIECE}?\b.{{0,40}}",
        r"(?:click|tap|go|see|read|more|details|watch|listen) here\b.{0,60}",
        r"(?:continue|keep) reading\b.{0,60}",
        r"(?:back to (?:top|home.{0,20})|permalink|link|via|source|next|previous|load more.{0,20})",
        rf"(?:next|previous|view all|see all|show) (?:{_PIECE}|{_PIECES}|more|less|comments)?",
        rf"(?:source|via|link|original|url|from|read (?:more|original)|more)(?: \w+)?:? *{_URL}",
        _URL,
        rf"(?:this|the) {_PIECE} (?:was )?(?:first |originally )?(?:appeared|published) (?:first "
        rf"|originally )?"
        r"(?:on|in|at|by)\b.{0,80}",
        r"the post .{1,150} (?:first appeared|appeared first) on\b.{0,60}",
        rf"\[?embedded (?:content|media|video)\]?|view this post on {_SITES}",
        rf"read our (?:latest|full|other) .{{2,40}}|view in (?:app|browser)|previous next"
        rf"|{_PIECE} navigation",
        rf".{{0,40}}\b{_URL}",
        r"for more .{0,30}\b(?:visit|go to|follow)\b.{2,60}",
    ),
    make_kind(
        "related",
        "Points to other stories.",
        r"(?:related|read (?:also|more|next)|see also|also (?:read|see|on .{2,30})|more on this|more coverage"
        r"|watch(?: also| now| live| more| the video)?|recommended|don['’]?t miss|must[ -]read|up next"
        rf"|(?:related|recommended) {_PIECE}) ?(?:[:|»>–—]| - ) ?\S.*",
        rf"(?:related|recommended|similar|popular|trending|other|latest|recent|top|more|most read) {_PIECES}"
        r"(?: (?:on|from|in|for|about)\b.{0,60})?",
        r"you (?:may|might) (?:also )?(?:like|be interested)\b.{0,40}",
        r"most (?:read|popular|viewed|shared)(?: .{0,20})?",
        r"related (?:topics|tags|subjects) ?: ?\S.*",
        r"(?:editors?['’]?s?|our) picks?|what to read next|trending(?: now)?|(?:from )?around the web"
        r"|from the web",
        r"more (?:from|on|in|like) (?:this|our)\b.{0,40}",
        words=25,
    ),
    make_kind(
        "newsletter",
        "Asks readers to sign up, subscribe or pay.",
        r"(?:please )?(?:sign ?up|subscribe|register|join|enter your e-?mail|log in|sign in"
        r"|become a)\b.{0,120}"
        r"\b(?:newsletters?|alerts|inbox|e-?mails?|briefing|updates|subscri\w+|members?|for free|account"
        r"|mailing list|podcasts?|channel|to (?:continue|read|comment))\b.*",
        r"(?:sign ?up|subscribe|register)(?: (?:now|today|here|for free))?",
        r"(?:get|have|receive|want) .{0,120}\b(?:newsletters?|inbox|delivered to you\w*)\b.*",
        rf"(?:breaking )?news alerts?|(?:this|the) {_PIECE} is (?:only )?for (?:our )?subscribers.{{0,30}}",
        r"to (?:read|see|get) more,? (?:please )?(?:subscribe|sign up|log in)\b.*",
        r"get (?:our|the) (?:free )?.{0,30}\be-?mails?\b.*|subscribe to .{2,40}, (?:our|the|a) .{2,60}",
        r"(?:our|the) .{0,40}\bnewsletter\b(?! (?:said|reported|wrote)).{0,40}",
        r".{0,60}\b(?:straight|delivered|sent|right) (?:directly )?to your (?:inbox|phone|e-?mail)\b.*",
        r"(?:already a|not a|for) (?:subscriber|member)s?(?: only| yet)?\b.{0,40}",
        r"(?:support|donate to|help (?:us|fund|support|keep)) (?:our|independent|local|quality) (?:\w+ )?"
        r"(?:journalism|news(?:room)?|reporting)\b.*",
        r"(?:thank you|thanks) for (?:reading|subscribing|registering|signing up)\b.*",
        r"by (?:signing up|subscribing|registering|clicking|entering your)\b.{0,60}\b(?:agree|accept|terms"
        r"|consent)\b.*",
        r"(?:unsubscribe|manage (?:your )?(?:preferences|subscription)"
        r"|view (?:this )?e?-?(?:mail )?in (?:your )?"
        r"browser)\b.{0,60}",
        r"(?:e-?mail (?:address|sign-?up)|newsletters?|subscribe|subscriptions?)",
        words=45,
    ),
    make_kind(
        "share",
        "Asks readers to share, follow or comment.",
        rf"{_SHARED}(?:(?: ?[,|/·•] ?| ){_SHARED})*",
        rf"share (?:this|the|on|via|with|it)\b(?: {_PIECE}| on| via| with| {_SITES}| your| friends| e-?mail"
        rf"|[,/ ])*",
        rf"(?:e-?mail|print|save|bookmark|gift|like|tweet) (?:this|the) {_PIECE}\b.{{0,30}}",
        r"(?:\d[\d,.]*k? )?(?:shares?|likes?|views?|retweets?|reactions?|claps?)(?: ?[:|]? ?\d[\d,.]*k?)?",
        rf"(?:please )?(?:follow|like|find|join|connect with|add"
        rf"|watch) [\w@.’' ]{{1,50}} on {_SITES}\b.{{0,60}}",
        r"(?:\d+ )?comments?(?: ?\(?\d+\)?)?",
        r"(?:leave|post|add|write|view|show|read|join) (?:a |your |the |all )?(?:\d+ )?(?:comments?|reply"
        r"|conversation|discussion)\b.{0,40}",
        r"comments? (?:are )?(?:closed|off|disabled|policy|section)\b.{0,40}",
        r"(?:what do you think|have your say|tell us what you think|let us know)\b.{0,80}\bcomments?\b.*",
        r"(?:do you )?(?:have|got) a (?:story|tip|news tip|question|correction)\b.{0,40}\?.*",
        r"send (?:us )?(?:your )?(?:tips?|letters|feedback|corrections|comments|stories) to\b.*",
        r"listen to (?:this|the) (?:article|story)\b.{0,40}",
        r"download (?:the|our) .{0,30}\bapp\b.{0,60}",
        rf"share full {_PIECE}|save for later|like(?: this| loading)|click to (?:share|print"
        rf"|e-?mail)\b.{{0,60}}",
        r"add (?:us )?as (?:a )?preferred source\b.{0,30}|(?:post|page) views ?: ?[\d,.]+",
        r"share your (?:thoughts|views|opinion)\b.{0,60}",
        r"if you (?:enjoyed|liked|found) this\b.{0,60}\b(?:share|subscribe|follow|support)\b.*",
        r"your e-?mail address will not be published\b.*",
    ),
    make_kind(
        "advertising",
        "The label of an advertisement.",
        r"(?:advert(?:isement|ising|orial)?s?|sponsored(?: (?:content|post|links?))?|promoted(?: content"
        r"| stories)?"
        r"|paid (?:content|post|partnership)|partner content|ad)(?: ?[:|·-]? ?(?:\d+|continue reading below"
        r"|scroll (?:down )?to continue.{0,20}|story continues below.{0,20}|keep reading below|skip ad))?",
        r"(?:sponsored|presented|brought to you) by .{2,40}|scroll (?:down )?to continue\b.{0,30}",
        r"(?:story|article|text|content) continues (?:below|after)\b.{0,40}",
        r"(?:continue reading|scroll) (?:below|after|past) (?:the |this )?(?:advertisement|ad)",
        r"(?:skip|close|hide|remove|report this|why this) (?:this )?(?:ad|advertisement)s?",
        words=12,
    ),
    make_kind(
        "affiliate",
        "Says that the site earns money from links.",
        r".{0,120}\b(?:affiliate|referral) (?:links?|commissions?|programs?|partners?|disclosure)\b.*",
        r"(?:we|this site|our site|the publisher|our team) (?:may|might|will|can) (?:earn|receive|get"
        r"|make)\b.{0,40}"
        r"\b(?:commission|compensation|fee)\b.*",
        r"(?:if|when) you (?:buy|purchase|click)\b.{0,120}\b(?:commission|compensation|earn)\b.*",
        r"as an? .{0,40}\b(?:associate|affiliate)\b.{0,40}\bearn\b.*",
        words=60,
    ),
    make_kind(
        "photo_credit",
        "The credit or caption of a picture that is not here.",
        rf"(?:(?:file|stock|lead|featured|cover|main) )?{_PHOTO}(?: credits?| source| courtesy(?: of)?"
        rf"| supplied)?"
        r" ?(?::|/|\||©|\bby\b|\bvia\b|\bcourtesy of\b) ?\S.{0,120}",
        rf".{{5,250}}[.!?] {_PHOTO} ?: ?[^.]{{2,60}}",
        r"(?:image|picture|photo) (?:source|caption), ?\S.{0,200}",
        r"(?:caption|credits?) ?: ?\S.{0,200}",
        rf"file(?: {_PHOTO})? ?[:—–-] ?\S.*[(\[][^)\]]*\b(?:photos?|images|pictures|handout)\b[^)\]]*[)\]]",
        r"[(\[][^)\]]{0,60}\b(?:photos?|images|pictures|handout|pool)\b[^)\]]{0,60}[)\]]",
        r"[\w .'’-]{2,40}/[\w .'’-]*\b(?:images|photos?|pictures|handout)\b[\w ./'’-]{0,40}",
        rf"{_PHOTO} (?:supplied|courtesy)\b.{{0,60}}",
        rf"(?:click|tap|hover) to (?:enlarge|expand|zoom)|(?:hide|show|view) (?:caption|gallery|{_PHOTO})",
        words=50,
    ),
    make_kind(
        "copyright",
        "A copyright line.",
        r"(?:©|\(c\)|copyright\b|&copy;).{0,300}",
        r".{0,120}\ball rights reserved\b.{0,200}",
        r".{0,120}\b(?:may|must|can)(?: ?not) be (?:published|reproduced|copied|reprinted|redistributed"
        r"|rewritten)"
        r",? .{0,200}",
        r"(?:reprinted|republished|distributed|syndicated) (?:with|by) (?:the )?permission\b.{0,120}",
        r"(?:privacy|cookie) policy|terms (?:of (?:use|service)|and conditions)|(?:contact|about"
        r"|advertise with) us",
        rf"{_LEGAL}(?: ?[|·•/,] ?{_LEGAL}| {_LEGAL})+",
        words=70,
    ),
    make_kind(
        "end_mark",
        "Marks a break in the copy or its end.",
        r"(?:[#*=_~·•-] ?){2,}",
        r"-* ?30 ?-+|-+ ?(?:ends?|the end) ?-*|\(?ends\)?|endit|\(end\)",
        words=12,
    ),
    make_kind(
        "page_furniture",
        "Belongs to the page that the copy came from, not to the story.",
        r"\d+ ?-?min(?:ute)?s? (?:read|watch|listen)|(?:estimated )?(?:reading|read) time:? \d+.{0,12}",
        r"listen(?:ing time)? ?[·•|:—–-]? ?\d+ ?min.{0,10}|today['’]s paper",
        r"this (?:video|content|image|audio) is (?:not|no longer|un) ?available\b.{0,40}",
        r"loading|edition ?: ?\w.{1,20}",
        r"tagged(?: with| as| in)?:? .{1,80}",
        r"(?:skip|jump) to (?:main |the )?(?:content|navigation|search|comments)",
        r"menu|search|log ?(?:in|out)|sign (?:in|out)|my account|home|close(?: menu)?|open menu|navigation"
        r"|sections",
        r"(?:tags?|filed under|categor(?:y|ies)|keywords?|posted in)s? ?:.{1,120}",
        r"(?:we|this (?:web)?site) uses? cookies\b.*|(?:accept|reject|manage) (?:all )?cookies.{0,40}",
        r"(?:home|news|latest)(?: ?[>»›/|] ?[\w&'’ -]{2,30}){1,5}",
        r"please enable javascript\b.*|(?:video|audio|image|media) (?:player|unavailable|loading.{0,8}"
        r"|not available)",
        r"(?:page|slide|photo|image|picture) \d+ (?:of|/) \d+|(?:play|pause|mute|replay)(?: video| audio)?",
        r"\[?\+?\d[\d,.]* (?:chars|characters)\]?",
        r"(?:@media .{0,80}|[.#][\w-]+(?:[ ,>.:#]+[\w-]+)*) ?\{.*|[a-z-]+ ?: ?[#\w%.-]+(?: [#\w%.-]+){0,3};",
        words=20,
    ),
    make_kind(
        "timestamp",
        "The time stamp of the page that the copy came from.",
        r"(?:(?:(?:first |last |originally )?(?:published|updated|posted|modified|created) ?(?:on|at|:)? ?)?"
        rf"(?:{_DATE}(?:[,T |·•/—-]*(?:at )?{_CLOCK}(?: / .{{2,30}})?)?|{_CLOCK},? (?:on )?{_DATE}"
        r"|\d+ (?:second|minute|min|hour|hr|day|week|month|year)s? ago)(?: ?[|·•—-] ?)?)+",
        words=24,
    ),
)

_AT_THE_TAIL = (
    make_kind(
        "link_stub",
        "Names where the copy came from. Record it as the source of the story.",
        r"(?:source|via) ?: ?\S.{1,60}",
        words=9,
    ),
    make_kind("related", "Points to other stories.", r"more (?:from|by|on) .{2,40}", words=8),
    make_kind(
        "share",
        "Tells readers how to reach the newsroom.",
        r"[^.]{2,60} can be (?:reached|contacted) (?:at|on|by) \S+@\S+.*",
        r"contact .{2,40} at \S+@\S+.*",
        r".{0,80}\b(?:e-?mail|write to|call) us (?:at|on) \S+.*",
        words=20,
    ),
    make_kind(
        "agency_tag",
        "The agency's own note on who handled the report.",
        r"[(\[](?:additional |with )?(?:reporting|writing|editing|compiled|translated"
        r"|with inputs?)\b.{0,300}[)\]]",
        r"(?:reporting|writing|editing|compiled|translated|produced) by [^.;]{2,80};.{0,250}",
        r"(?:edited|compiled|reviewed) by [^.;]{2,60}|with (?:agency|agencies|wire) inputs?",
        r"(?:our )?standards ?:.{0,80}",
        r"(?:this|the) (?:story|report|article) (?:has not been edited|is (?:auto-?generated"
        r"|published) (?:from|by)"
        r"|was (?:auto-?generated|produced by))\b.{0,160}",
        r"with (?:inputs?|files|reporting|additional reporting) (?:from|by) .{2,100}",
        r"\((?-i:[A-Z]{2,6})\)",
        words=50,
    ),
)


def name_kind(text: str, *, tail: bool) -> Kind | None:
    """The kind of boilerplate that describes the whole of ``text``; ``tail``: it stands after the story."""
    kinds: tuple[Kind, ...] = (
        DEVELOPING,
        *_EVERYWHERE,
        *load_page_words().kinds,
        *(_AT_THE_TAIL if tail else ()),
    )
    return next((kind for kind in kinds if kind.describes(text)), None)
