"""The map for crawlers: an index, and parts that hold at most some thousand addresses each.

`stretches` divides time, `parts` says which addresses stand in a part, `views` writes them down. Nothing here
counts the whole archive, and no part is found by passing over others.
"""
