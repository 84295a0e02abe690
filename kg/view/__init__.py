"""The page: a knowledge graph as one HTML file that opens from disk, offline.

`page` gives the HTML, `write_page` writes it; `view_of` gives what is on it as plain records.
"""
