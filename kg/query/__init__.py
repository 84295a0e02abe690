"""Questions to the graph in SPARQL: named ones with parameters, and one's own.

    rows = run(store, "said", {"speaker": "Mark Rutte"})
    print(to_text(rows, "csv"))

`named()` lists the named queries. Queries only read, and reach nothing outside the store.
"""

from kg.assemble.vocabulary import PREFIXES
from kg.query.engine import run
from kg.query.errors import QueryError
from kg.query.formats import FORMATS, to_text
from kg.query.named import NamedQuery, Parameter, find, named, read_query
from kg.query.rows import Rows

__all__ = [
    "FORMATS", "PREFIXES", "NamedQuery", "Parameter", "QueryError", "Rows", "find", "named", "read_query", "run",
    "to_text",
]  # fmt: skip
