"""Short public identifiers that say nothing about how many records there are."""

import secrets

# No vowels and no look-alikes, so that a key spells no word and can be read over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10
_KEYS = len(ALPHABET) ** LENGTH


def new_key() -> str:
    """A random key of ten characters (about 47 bits)."""
    number = secrets.randbelow(_KEYS)
    key = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        key += ALPHABET[place]
    return key
