"""The page: a knowledge graph as one HTML file that opens from disk, offline.

write_page(store, "graph.html")
page(store) -> str
explorer(url) -> str        the same page, fed by a server: assets/source.js says how
view_of(store) -> View      what is on it, as plain records
"""

from kg.view.load import view_of
from kg.view.render import Inline, explorer, page, write_page

__all__ = ["Inline", "explorer", "page", "view_of", "write_page"]
