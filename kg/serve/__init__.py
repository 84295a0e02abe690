"""The graph over HTTP: the explorer fed on demand, a page for every thing, judgements, search, and SPARQL.

serve(folder, port, limits, judge, ready)    until interrupted, on 127.0.0.1
make_app(Site(folder, limits), judge)        the ASGI application, to run otherwise

A request goes `app` → `site` → `pool` → `worker`, a process that reads graph, index and record and can be killed. The
workers' tasks are `sparql`, `explore`, `pages` and `describe`. Needs the extra `serve` (FastAPI and uvicorn).
"""

from kg.serve.app import Judge, make_app
from kg.serve.limits import Limits
from kg.serve.run import serve
from kg.serve.site import Site

__all__ = ["Judge", "Limits", "Site", "make_app", "serve"]
