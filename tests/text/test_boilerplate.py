"""Cleaning measured: stories set into pages of many layouts, and how much of which is kept and removed."""

import random

import pytest

from articles.text.clean import clean_copy

STORIES = (
    """Harbour wall to be rebuilt by spring

The council of Port Hale voted on Tuesday to rebuild the old harbour wall, which fell in January.

“We cannot wait for another winter,” said Ruth Amadi, the harbour commissioner.

Work is to begin in May and to cost nine million crowns, most of it from the port’s own fund.""",
    """Night ferry returns after eleven years

Passengers queued in the rain on Friday for the first night ferry to leave Kelder since 2015.

Among them was Jonas Brandt, 71, who had kept the ticket of the last crossing in his wallet.

“Look here,” he said. “They told us to come back soon.”

Follow-up tests of the engines are due in June.

Share prices of the operator rose by four per cent.

The line, which carried 200,000 people a year at its best, hopes to carry half as many by next summer.""",
    """Teachers walk out over winter heating

Schools in three towns closed early on Monday after teachers walked out of unheated classrooms.

Read aloud in the yard, the union’s letter asked for one thing: 16 degrees by nine in the morning.

“Sign up for the rota or put on a coat, we were told,” said Mirela Voss, who teaches physics in Hale.

Nobody at the ministry answered the telephone.

More teachers are to join on Tuesday, and a meeting with the minister is planned for Thursday evening.""",
)

ABOVE = """
Skip to content
Subscribe Now
Today's Paper
By clicking “Accept”, you agree to the storing of cookies on your device
Share on X
Share
Share full article
Listen · 6 min
Published: 3 March 2026, 16:15 GMT
Last updated on Mar 3, 2026
Updated 3:14 PM EST, Tue March 3, 2026
March 3, 2026 / 4:15 PM / Hale News
3 MIN READ
Add as preferred source on Google
Save for later
Print this page
Reading Time: 4 minutes
Home / Local / Port Hale
Credit: Tom Okafor
Image source, Getty Images
Image caption, The wall after the storm
Photograph: Tom Okafor/Hale Daily
Advertisement
Sponsored by Brixonet
')[0])
top=
""".strip().split("\n")
INSIDE = """
Advertisement
ADVERTISEMENT - CONTINUE READING BELOW
Article continues below this ad
Story continues below
SCROLL TO CONTINUE WITH CONTENT
Related: Ferry fares to rise in June
READ MORE: Ferry fares to rise in June
READ NEXT: Ferry fares to rise
Recommended Stories
More on this story
Sign up for our daily newsletter
Get our free morning email for the latest news
Subscribe to The Tide, our weekly look at the coast.
Sign up to get breaking news alerts
Join our WhatsApp channel for updates
Follow us on Facebook and X
Download our app
Watch: The moment the wall fell
[embedded content]
View this post on Instagram
This video is not available
Photo: Hale Port Authority
(Photo by Tom Okafor/Hale Daily via Getty Images)
Advertisement: story continues below
Read our latest coverage of the harbour
Also read: Ferry fares to rise in June
Don't miss: Ferry fares to rise
Sign up for the Hale Briefing and get the news in your inbox
Subscribe to our YouTube channel
Video: The moment the wall fell
Join the conversation
This article is for subscribers only
Continue reading your article with a subscription
""".strip().split("\n")
BELOW = """
Read the original article here
Read more at Hale Daily
Continue reading on our website
Source: Hale Daily
Source link
Original Source
View Comments
Leave a Reply
Your email address will not be published. Required fields are marked *
Post Views: 1,234
Filed Under: News, Local
Tags: harbour wall storm
Tagged with harbour
Copyright 2026 Hale Daily. All rights reserved. This material may not be published.
© Hale Daily 2026
(Reporting by Ana Ruiz; Editing by Tom Okafor)
Reporting by Ana Ruiz in Port Hale; editing by Tom Okafor
Our Standards: The Hale Principles of Trust
Ana Ruiz can be reached at ana@hale.example
Follow Ana Ruiz on X: @anaruiz
Contact the reporter at ana@hale.example
Have something to say? Email us at letters@hale.example
Sign up here.
Thanks for reading Hale Daily! Subscribe for free to receive new posts.
Share this:
Like this:
Like Loading...
Click to share on Facebook (Opens in new window)
Related Posts
You Might Also Like
More from Hale Daily
Trending
Most Popular
Popular Stories
Next Post
Previous article
Sell online with Brixonet
Brixonet is the best hosting for your business
Start your free trial today
Shop the best deals on outdoor gear
Try Brixonet free for 30 days
Earn money online from home with Brixonet
Get 10% off your next stay with code HALE10
This post may contain affiliate links. See our disclosure.
As an affiliate we earn from qualifying purchases.
Powered by Brixonet
This is a developing story. Check back for updates.
Developing story, more to come.
ENDS
-30-
***
Got a news tip? Call 555 0100.
Click here to view the original article
Read full story at Hale Daily
For more news visit our website
To read more, subscribe today
Credit: source
Source: https://hale.example/wall
Source : Hale Daily
0 Comments
Post navigation
← Previous Next →
Related topics: Harbour, Council
Share your thoughts in the comments below
Sign up to our newsletter to get more stories like this
If you enjoyed this article, please share it
All Rights Reserved
© 2026. Hale Daily
Republished with permission from Hale Daily
Edited by Tom Okafor
With agency input
Breaking news. More to follow.
This story is developing and will be updated as more information becomes available.
Build your dream store with Brixonet today
The easiest way to sell online
Click here to get your free trial of Brixonet
Advertise with us
Privacy Policy
Back to top
""".strip().split("\n")


def set_page(story: str, chance: random.Random) -> tuple[str, list[str]]:
    """A page around ``story``, and the lines that do not belong to it."""
    above, below = chance.sample(ABOVE, 3), chance.sample(BELOW, 6)
    inside = chance.sample(INSIDE, 2)
    headline, *paragraphs = story.split("\n\n")
    for line in inside:
        paragraphs.insert(chance.randrange(1, len(paragraphs)), line)
    end = chance.choice(["\n\n", "\n", "\r\n\r\n", "\n\n\n"])
    first, *others = above
    return end.join([first, headline, *others, *paragraphs, *below]), [*above, *inside, *below]


@pytest.mark.parametrize("story", STORIES, ids=[story.split("\n", 1)[0] for story in STORIES])
def test_the_story_is_kept_and_the_page_removed(story: str) -> None:
    chance = random.Random(7)
    kept = words = removed = lines = 0
    for _ in range(60):
        page, around = set_page(story, chance)
        found = clean_copy(page)
        left = {block.text for block in found.blocks}
        paragraphs = story.split("\n\n")
        words += sum(len(paragraph.split()) for paragraph in paragraphs)
        kept += sum(len(paragraph.split()) for paragraph in paragraphs if paragraph in left)
        lines += len(around)
        removed += sum(line not in left for line in around)
    assert kept / words >= 0.99
    assert removed / lines >= 0.95
