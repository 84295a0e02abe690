"""From a view to one HTML file that asks nobody for anything and runs nothing but the package's own scripts.

Everything an article can influence reaches the page as JSON in a block that browsers do not execute, escaped so that
no text can end the block, and is shown with `textContent` or on the canvas only. A Content-Security-Policy names the
scripts by hash, so that even markup that slipped through could not run.

The scripts are many small files by concern, joined into one function: no build step, and no names but `kg` outside.
`assets/source.js` says where they get their data, and how a server would answer instead of the file.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RunError
from kg.view.data import block, counts
from kg.view.load import view_of
from kg.view.model import NodeType, View
from kg.view.network import SHAPES, visible

if TYPE_CHECKING:
    import pyoxigraph

TITLE = "Who said what about whom"
SCRIPTS = (
    "dom", "source", "embedded", "state", "look", "place", "scene", "labels", "picture", "combobox", "card", "panel",
    "filters", "timeline", "listing", "main",
)  # fmt: skip
"""The page's own scripts, in the order in which they are joined."""
WORDS: dict[NodeType, str] = {
    "Person": "Person",
    "Organisation": "Organisation",
    "Country": "Country",
    "Place": "Place",
    "Source": "Unnamed source",
    "Claim": "Claim about no one else",
}
"""How the legend calls each type of node."""
HEIGHT = 640
"""Height of a page inside a notebook, in pixels."""

INJECTED_STYLES = (
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-OutIf5hnp68ctx4ThtV5J02g5HTJ5bbu/hkNfqVXWWo='",
    "'sha256-4cgFR0//m8/eHo2G/esYsuZetUHlzCUWYM59sfgE9zY='",
    "'sha256-uepMTym1NwItBa/XV6ef6fQobLL0A0CNVDM5km5L+nQ='",
    "'sha256-gGUn/VMBXCeWm86qX/pOf+4ZDSbe0JcaXXb4rJjw1mA='",
    "'sha256-QuPewnJYr+SnQiTnCNHFBw99ExTsz9f8w5320PimEPw='",
    "'sha256-IY7YKNHjbzQ1NfAKrBZvBZohgXMtxrqB9PaqhAaT3vg='",
    "'sha256-QE7TOEDW7YIlMzvUUnm8boDWeNBN7PBbaaYJjnp34WI='",
)
"""Style sheets that vis-network 10.1.5 adds at run time (the first is the still empty element), by hash, so that styles
need no `unsafe-inline`. With another version, the browser's console names the hashes that are missing."""


def page(store: pyoxigraph.Store, title: str = TITLE) -> str:
    """The page of a store as HTML: the same store gives the same text."""
    return render(view_of(store), title)


def write_page(store: pyoxigraph.Store, path: str | PathLike[str]) -> None:
    """Write the page of a store to a file, making its folder where needed. RunError when that is impossible."""
    text = page(store)
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())
    except OSError as error:
        problem = error.strerror or str(error)
        raise RunError(f"{path}: the page cannot be written ({problem}); name a file that you may write") from error


def render(view: View, title: str = TITLE) -> str:
    """The page of a view as HTML, with all of its data."""
    return _html(title, counts(view), block(view, title))


def explorer(url: str, title: str = TITLE, numbers: Sequence[tuple[str, int]] = ()) -> str:
    """The same page without data, which asks `url` + METHOD for them, on the server that it came from.

    `assets/source.js` says what it asks. `numbers` stand below the title: pairs of word and number.
    """
    return _html(title, numbers, {"http": url}, connect="'self'")


@dataclass(frozen=True, slots=True)
class Inline:
    """A page that notebooks show below the cell that returns it."""

    page: str = field(repr=False)
    height: int = HEIGHT

    def _repr_html_(self) -> str:
        # A frame of its own origin: the page cannot reach the notebook, nor the notebook's styles the page.
        rights = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" title="{TITLE}" sandbox="{rights}" allow="clipboard-write" '
            f'width="100%" height="{self.height}" style="border: 0"></iframe>'
        )


def _html(title: str, numbers: Sequence[tuple[str, int]], data: dict[str, Any], connect: str = "'none'") -> str:
    import jinja2
    from markupsafe import Markup

    style = _asset("page.css")
    # Without its last line, which would have developer tools ask for a file that is not there.
    library = _asset("vis-network/vis-network.min.js").partition("//# sourceMappingURL")[0]
    own = "".join(_asset(f"{name}.js") for name in SCRIPTS)
    scripts = (library, f'(() => {{\n"use strict";\n{own}}})();\n')
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return environment.get_template("page.html.j2").render(
        title=visible(title),
        counts=numbers,
        data=data,
        policy=_policy(scripts, style, connect),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        shapes=SHAPES,
        types=WORDS,
    )


def _policy(scripts: tuple[str, ...], style: str, connect: str) -> str:
    """The Content-Security-Policy: these scripts, these styles, images made by the page itself, nothing else."""
    styles = [_sha256(style), *INJECTED_STYLES]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_sha256, scripts))}",
            f"style-src {' '.join(styles)}",
            f"connect-src {connect}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    # Bytes decoded here: the hashes need the newlines as they are.
    return (resources.files("kg.view") / "assets" / name).read_bytes().decode()
