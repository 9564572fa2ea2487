"""Ready pages in front of Django: who asks for a public page that is current gets bytes, and no view runs.

`store.PageStore` wraps the WSGI application. `rules` says which requests and which answers it may touch,
`entry` what it keeps of an answer, `shelf` how much, and `version` whether what it keeps is current.
The reasons are in docs/decisions/0009-page-store.md.
"""
