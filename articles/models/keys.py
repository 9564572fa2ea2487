"""Short public identifiers that say nothing about how many records there are."""

import secrets

# No vowels and no look-alikes, so that a key spells no word and can be read over the telephone.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10


def new_key() -> str:
    """A random key of ten characters (about 47 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
