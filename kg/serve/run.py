"""Starts the server and keeps it running until it is told to stop."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.errors import RunError
from kg.serve.app import Judge, make_app
from kg.serve.limits import Limits
from kg.serve.site import Site

HOST = "127.0.0.1"


class Announced(uvicorn.Server):
    """A server that says when it can be asked."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)  # a failure is told by whoever runs it, not in the log
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        if self.started and sockets:
            self._ready(f"http://{HOST}:{sockets[0].getsockname()[1]}/")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is cut short now is meant to be
        await super().shutdown(sockets=sockets)


def serve(folder: Path, port: int, limits: Limits, judge: Judge, ready: Callable[[str], None]) -> None:
    """Serves a store on 127.0.0.1 until interrupted; `ready` is called with the address once it can be asked.

    Port 0 takes any that is free. RunError when the port is taken or the store cannot be served.
    """
    site = Site(folder, limits)
    with _listening(port) as listener:
        config = uvicorn.Config(
            make_app(site, judge), log_level="critical", access_log=False, lifespan="on", server_header=False,
            timeout_keep_alive=15, timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = Announced(config, ready)
        try:
            server.run(sockets=[listener])
        except (SystemExit, KeyboardInterrupt) as error:  # how uvicorn ends when it could not start, or by Ctrl+C
            if isinstance(error, KeyboardInterrupt) and not server.started:
                raise
        if not server.started:
            raise RunError(site.failure or f"the store in {folder} could not be served")


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise RunError(
            f"port {port} of {HOST} cannot be used ({error.strerror or error}); is another `kg serve` running? "
            f"Give another with --port {port + 1}, or --port 0 for any that is free"
        ) from error
    return listener
