"""Starts one moto server on a free port of 127.0.0.1 and says which: one line of JSON, `{"port": 12345}`, on stdout.

    python -m strict [--plain]

`--plain` leaves the rules of this package out. The process ends when its stdin closes, so that it can never outlive the test
run that started it, however that run died.
"""

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


def application(plain: bool):
    """The server's WSGI application, with or without the rules."""
    if plain:
        return DomainDispatcherApplication(create_backend_app)
    from . import rules

    return rules.application(create_backend_app)


def main() -> None:
    """Binds first and announces the port after, so that whoever reads the line can connect."""
    server = make_server(
        "127.0.0.1",
        0,
        application("--plain" in sys.argv[1:]),
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
