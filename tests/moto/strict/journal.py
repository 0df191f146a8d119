"""A line of JSON for each call and its answer, in the order of the answers: `{"service", "operation", "status", "error", "action"}`;
the action is told where IAM is enforced.

Read off the wire, outside of moto, so that it tells the same of every caller and of the answers that moto never gave.
"""

import io
import json
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from .enforcement import asked
from .unimplemented import signed_for
from werkzeug.wrappers import Request

ERROR_CODE = re.compile(rb"<Code>([^<]+)</Code>|\"(?:__type|code)\": ?\"([^\"]+)\"")


def operation_of(request: Any, body: bytes) -> str:
    """The operation by its name, or, where only the address tells it, method and path with the words of the query."""
    target = request.headers.get("X-Amz-Target")
    if target:
        return target.split(".")[-1]
    if b"Action=" in body[:4096]:
        return parse_qs(body.decode())["Action"][0]
    if "/operation/" in request.path:
        return request.path.split("/")[-1]
    words = "&".join(sorted(k for k in request.args if k != "x-id"))
    return f"{request.method} {request.path}" + (f"?{words}" if words else "")


def error_of(status: int, headers: Any, body: bytes) -> str | None:
    """The API's code of a refusal; HEAD has only the status."""
    if status < 400:
        return None
    named = dict((k.lower(), v) for k, v in headers).get("x-amzn-errortype")
    found = ERROR_CODE.search(body)
    code = named or (found and (found[1] or found[2]).decode()) or str(status)
    return code.split("#")[-1].split(":")[0]


def journal(app: Callable[..., Iterable[bytes]], path: str) -> Callable[..., Any]:
    """The same application, which writes each call and its answer to a file."""
    lock, lines = threading.Lock(), open(path, "a", buffering=1)

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = Request(environ).get_data()
        environ["wsgi.input"] = io.BytesIO(body)
        told: list[Any] = []

        def start(status: str, headers: Any, *rest: Any) -> Any:
            told[:] = [int(status.split()[0]), headers]
            return start_response(status, headers, *rest)

        answer = b"".join(app(environ, start))
        request = Request(environ)
        line = {
            "service": signed_for(request),
            "operation": operation_of(request, body),
            "status": told[0],
            "error": error_of(*told, answer),
            "action": asked(),
        }
        with lock:
            lines.write(json.dumps(line) + "\n")
        return [answer]

    return serve
