"""Feeds: what is new in the paper, a section, about a topic, by an author, of a speaker; RSS, Atom, JSON.

`subjects` says what a feed is of, `entries` makes its entries from editions, `formats` writes them down.
"""
