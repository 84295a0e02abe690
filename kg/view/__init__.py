"""The page: a knowledge graph as one HTML file that opens from disk, offline.

write_page(store, "graph.html")
page(store) -> str
view_of(store) -> View      what is on it, as plain records
"""

from kg.view.load import view_of
from kg.view.render import page, write_page

__all__ = ["page", "view_of", "write_page"]
