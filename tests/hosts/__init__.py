"""Sites as docs/deploy.md sets them up, with its files: one host, and several that fail while people read."""
