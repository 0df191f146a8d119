"""Starts one moto server on a free port of 127.0.0.1 and says which: one line of JSON, `{"port": 12345}`, on stdout.

    python -m strict [--plain] [--journal FILE]

`--plain` leaves the rules of this package out; `--journal` writes each call and its answer to a file. The process ends when its stdin closes, so that it can never outlive the test
run that started it, however that run died.
"""

import argparse
import json
import os
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    """A request handler without the access log."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        pass


def end_with_parent() -> None:
    """Waits for the end of stdin, then ends the process at once, whatever its threads do."""
    sys.stdin.buffer.read()
    os._exit(0)


def asked() -> argparse.Namespace:
    """The flags of the command line."""
    parser = argparse.ArgumentParser(prog="strict")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--journal")
    return parser.parse_args()


def application(plain: bool, journal: str | None):
    """The server's WSGI application, with or without the rules."""
    if plain:
        return DomainDispatcherApplication(create_backend_app)
    from . import rules
    from .journal import journal as journalled

    app = rules.application(create_backend_app)
    return journalled(app, journal) if journal else app


def main() -> None:
    """Binds first and announces the port after, so that whoever reads the line can connect."""
    flags = asked()
    server = make_server(
        "127.0.0.1",
        0,
        application(flags.plain, flags.journal),
        threaded=True,
        request_handler=Quiet,
    )
    # moto calls itself for some services and looks here for its own port.
    os.environ["MOTO_PORT"] = str(server.server_port)
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
