"""What stands between the network and the pages: who may ask, how much they may send, and what browsers may do."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = ("127.0.0.1", "localhost", "[::1]")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, browsers say of forms that they come from nowhere
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer that does not say otherwise."""


class Shield:
    """Turns away requests for other hosts and bodies that are too long, and adds the headers.

    A foreign name in `Host` means that a page from elsewhere had its name point here (DNS rebinding): 421.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOCAL, most: int = 256 * 1024) -> None:
        self.app, self.hosts, self.most = app, frozenset(hosts), most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] != "websocket":
                await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope)
        if _name(asked.get("host", "")) not in self.hosts:
            refusal = PlainTextResponse("this server answers under its own name only: http://127.0.0.1\n", 421)
            await refusal(scope, receive, send_with_headers)
            return
        length = asked.get("content-length", "")
        if length and (not length.isdecimal() or int(length) > self.most):
            await self._too_long()(scope, receive, send_with_headers)
            return
        body = await self._body(receive)
        if body is None:
            await self._too_long()(scope, receive, send_with_headers)
            return
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive_whole() -> Message:
            return next(given, None) or await receive()

        await self.app(scope, receive_whole, send_with_headers)

    async def _body(self, receive: Receive) -> bytes | None:
        """All of the body, or None when it is too long."""
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.most:
                return None
            if not message.get("more_body"):
                return b"".join(parts)

    def _too_long(self) -> PlainTextResponse:
        return PlainTextResponse(
            f"the request is too long: at most {self.most:,} bytes are read\n", 413, {"Connection": "close"}
        )


def _name(host: str) -> str:
    """The name in a Host header, without the port."""
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    return (name if port.isdecimal() else host).lower()
