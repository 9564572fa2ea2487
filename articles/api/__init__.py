"""The read API: what readers see, for programs. docs/api.md says what its version promises."""
