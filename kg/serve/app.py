"""The server as an ASGI application: which address is answered by what."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from kg.serve import judging, protocol
from kg.serve.answers import Answer, plain
from kg.serve.negotiate import best
from kg.serve.shield import LOCAL, Shield
from kg.serve.site import Site
from kg.serve.sparql import GRAPHS
from kg.serve.urls import KINDS, iri_of, path_of

HTML = "text/html"
ASSETS: Mapping[str, tuple[str, str, str]] = {
    "page.css": ("kg.view", "page.css", "text/css"),
    "serve.css": ("kg.serve", "serve.css", "text/css"),
    "serve.js": ("kg.serve", "serve.js", "text/javascript"),
    "editor.js": ("kg.serve", "editor.js", "text/javascript"),
    "yasgui.min.js": ("kg.serve", "yasgui/yasgui.min.js", "text/javascript"),
    "yasgui.min.css": ("kg.serve", "yasgui/yasgui.min.css", "text/css"),
}
"""What pages load: the package it lies in, its file there and its media type."""
FORMATS: Mapping[str, str] = {
    "html": HTML,
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}
"""Names for `?format=`, for links and for people who cannot choose headers."""


@dataclass(frozen=True, slots=True)
class Judge:
    """How judgements are written: into which ledger, in whose name, and what time it is."""

    judgements: Path | None
    author: Callable[[], str]
    now: Callable[[], str]


def make_app(site: Site, judge: Judge, hosts: tuple[str, ...] = LOCAL) -> ASGIApp:
    """The application for a site, which it opens when it starts and closes when it ends."""
    folder = site.folder
    token = secrets.token_urlsafe(32)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await site.open()
        try:
            yield
        finally:
            site.close()

    # Its own documentation pages load scripts from elsewhere.
    app = FastAPI(title="kg", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    async def page(name: str, **arguments: Any) -> Answer:
        return await site.ask("page", {"page": name, **arguments})

    async def failed(request: Request, answer: Answer) -> Response:
        """A page about what went wrong, for those who read pages."""
        if best(request.headers.get("accept"), ["text/plain", HTML]) != HTML:
            return _response(answer)
        shown = await page("problem", status=answer.status, text=answer.body.decode("utf-8", "replace"))
        return _response(Answer(answer.status, shown.media_type, shown.body, answer.headers))

    @app.exception_handler(HTTPException)
    async def not_there(request: Request, error: HTTPException) -> Response:
        answer = plain(error.status_code, "nothing here has this address" if error.status_code == 404 else error.detail)
        return await failed(request, Answer(answer.status, answer.media_type, answer.body, error.headers or {}))

    @app.get("/")
    async def explorer() -> Response:
        return _response(await page("explorer"))

    @app.get("/explore/{method}")
    async def explore(method: str, ask: str = "[]") -> Response:
        try:
            question = judging.json_of(ask)
        except ValueError as error:
            return _response(plain(400, f"the question is not JSON: {error}"))
        return _response(await site.ask("explore", {"method": method, "question": question}))

    @app.api_route("/sparql", methods=["GET", "POST"])
    async def sparql(request: Request) -> Response:
        accept = request.headers.get("accept")
        if request.method == "GET" and not request.url.query:
            if best(accept, [*GRAPHS, HTML]) == HTML:
                return RedirectResponse("/query", 303)
            endpoint = f"{request.url.scheme}://{request.headers['host']}/sparql"
            return _response(await site.ask("service", {"endpoint": endpoint, "accept": accept}))
        read = protocol.read(
            request.method, request.headers.get("content-type", ""), request.url.query, await request.body()
        )
        if isinstance(read, Answer):
            return _response(read)
        question = {"query": read.query, "default": read.default, "named": read.named, "accept": accept}
        answer = await site.ask("sparql", question)
        return _response(answer, {"Vary": "Accept"})

    @app.get("/query")
    async def editor() -> Response:
        return _response(await page("editor"), {"Content-Security-Policy": EDITOR_POLICY})

    @app.get("/search")
    async def search(q: str = "") -> Response:
        return _response(await page("search", words=q[:1000]))

    @app.get("/compare")
    async def compare(request: Request, a: str = "", b: str = "") -> Response:
        return await shown(request, "compare", one=a, other=b)

    @app.get("/resource")
    async def resource(request: Request, iri: str = "") -> Response:
        found = path_of(iri, site.base)
        if found is None:
            return await failed(request, plain(404, "nothing here has this address"))
        return RedirectResponse(found, 303)

    @app.get("/judgements")
    async def judgements(request: Request, done: str = "") -> Response:
        told = await judging.listed(folder, judge.judgements)
        return await shown(request, "judgements", token=token, entries=told, done=done)

    @app.post("/judge/{decision}")
    async def post(request: Request, decision: str) -> Response:
        problem = judging.refusal(request.headers, hosts)
        fields = judging.fields(await request.body())
        if problem is None and not secrets.compare_digest(
            fields.get("token", "").encode("utf-8", "replace"), token.encode()
        ):
            problem = "this form is too old, or not from this server; open the page again"
        if problem is not None:
            return await failed(request, plain(403, problem))
        outcome = await judging.judge(folder, judge.judgements, decision, fields, judge.author(), judge.now())
        if outcome.problem:
            return _response(await page("unclear", decision=decision, **outcome.told(), fields=fields, token=token))
        followed = await judging.follow(folder, judge.judgements)
        if not followed:
            await site.turn()
        return RedirectResponse(f"/judgements?done={outcome.entry}", 303)

    @app.get("/assets/{name}")
    async def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404)
        package, file, media_type = ASSETS[name]
        content = (resources.files(package) / "assets" / file).read_bytes()
        return Response(content, media_type=media_type, headers={"Cache-Control": "no-cache"})

    async def shown(request: Request, name: str, **arguments: Any) -> Response:
        answer = await page(name, **arguments)
        return _response(answer) if answer.status == 200 else await failed(request, answer)

    async def thing(request: Request, format: str = "") -> Response:
        """The page of a thing, or what the graph says about it."""
        iri = iri_of(request.scope["path"].removeprefix("/"), site.base)
        if iri is None:
            raise HTTPException(404)
        wanted = FORMATS.get(format) or best(request.headers.get("accept"), [HTML, *GRAPHS])
        if wanted is None:
            return _response(plain(406, f"this can be had as {', '.join([HTML, *GRAPHS])}"), {"Vary": "Accept"})
        kind = request.scope["path"].split("/")[1]
        if wanted == HTML:
            number = request.query_params.get("page", "1")
            skip = (min(int(number), 100_000) - 1 if number.isdecimal() and int(number) else 0) * PAGE
            answer = await page(kind, iri=iri, token=token, skip=skip)
        else:
            answer = await site.ask("describe", {"iri": iri, "media_type": wanted})
        if answer.status != 200:
            return await failed(request, answer)
        links = ", ".join(f'<?format={name}>; rel="alternate"; type="{type}"' for name, type in FORMATS.items())
        return _response(answer, {"Vary": "Accept", "Link": links})

    for kind in KINDS:
        app.get(f"/{kind}/{{parts:path}}", name=kind)(thing)
    return Shield(app, hosts, site.limits.request)  # around all of it, answers to failures included


PAGE = 40
"""How many claims a page of an entity or outlet lists."""
EDITOR_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""The query editor styles what it shows by attributes; its scripts are as restricted as all others."""


def _response(answer: Answer, more: Mapping[str, str] | None = None) -> Response:
    charset = "; charset=utf-8" if answer.media_type.startswith("text/") else ""
    return Response(
        answer.body,
        answer.status,
        headers={**answer.headers, **(more or {}), "Content-Type": f"{answer.media_type}{charset}"},
    )
