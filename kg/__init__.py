"""Who said what about whom: a knowledge graph of claims, read from news articles, offline.

    import kg

    with kg.build("articles/", store="output/store") as graph:
        graph.to_pandas()

Names are loaded when they are first used, so that `import kg` itself costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph, build, load, open
    from kg.errors import ArticleError, KgError, RunError

    __version__: str

__all__ = ["ArticleError", "Graph", "KgError", "RunError", "__version__", "build", "load", "open"]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "__version__":
        return import_module("kg.config").version()
    if name in ("ArticleError", "KgError", "RunError"):
        return getattr(import_module("kg.errors"), name)
    if name in __all__:
        return getattr(import_module("kg.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
