"""The graph for other tools: RDF files, tables, networks.

    write(store, "graphml", "claims.graphml")
    to_networkx(store), to_pandas(store)

`EXPORTERS` is the table of formats.
"""

from kg.export.frame import to_pandas
from kg.export.network import to_networkx
from kg.export.write import EXPORTERS, write

__all__ = ["EXPORTERS", "to_networkx", "to_pandas", "write"]
