"""The whole public site as files, for a mirror that any web server can serve: `manage.py bake DIR`.

`ask` asks the site as a reader does, `seeds` and `addresses` say what is asked for, `pages` and `files` write
an answer down, `ledger` remembers what was written and on what it depends, `changes` finds what must be made
again, `baking` does it, `nginx` says how the files are served.
"""
