"""The readers' door. Views ask editions, and nothing else, what may be seen."""
