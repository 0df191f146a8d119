"""What moto lacks is said in the caller's protocol: 501 NotImplemented.

Plain moto answers an HTML page with status 500, which every SDK retries several times and then reports as a parse error.
A crash inside moto becomes a 500 InternalFailure with its reason, for the same readers.
"""

import json
import traceback
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

import flask
from botocore.model import OperationNotFoundError
from moto.server import DomainDispatcherApplication
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from .absent import empty_list
from .bucket_parts import unheard_part


def signed_for(request: Any) -> str:
    """The service in the request's signature, or nothing."""
    scope = request.headers.get("Authorization", "").split("/")
    return scope[3] if len(scope) > 3 else ""


def spoken_protocol(request: Any) -> str:
    """json, ec2, query or rest-xml, guessed from the request: nothing else is known of a call that nobody implements."""
    kind = request.headers.get("Content-Type", "")
    if "x-www-form-urlencoded" in kind:
        return "ec2" if signed_for(request) == "ec2" else "query"
    return (
        "rest-xml" if signed_for(request) in ("s3", "route53", "cloudfront") else "json"
    )


def error_body(protocol: str, code: str, message: str) -> str:
    """The error document of a protocol."""
    if protocol == "json":
        return json.dumps({"__type": code, "message": message})
    error = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    if protocol == "ec2":
        return f"<Response><Errors>{error}</Errors></Response>"
    return f"<ErrorResponse>{error}</ErrorResponse>" if protocol == "query" else error


def answer(request: Any, status: int, code: str, message: str) -> Response:
    """One error in the protocol of the request."""
    protocol = spoken_protocol(request)
    kind = "application/json" if protocol == "json" else "text/xml"
    headers = {"X-Amzn-ErrorType": code}
    body = error_body(protocol, code, message)
    return Response(body, status=status, headers=headers, content_type=kind)


def missing(request: Any, what: str) -> Response:
    """501, which no SDK retries."""
    return answer(request, 501, "NotImplemented", f"moto: {what}")


def on_error(error: Exception) -> Any:
    """Unknown actions and addresses are 501, other crashes 500; moto's own HTTP errors pass."""
    request = flask.request
    if isinstance(error, (NotImplementedError, OperationNotFoundError)):
        return missing(request, str(error))
    if isinstance(error, HTTPException):
        unknown = error.code in (404, 405)
        return (
            missing(request, f"no {request.method} {request.path}")
            if unknown
            else error
        )
    traceback.print_exc()
    reason = f"moto: {type(error).__name__}: {error}"
    return answer(request, 500, "InternalFailure", reason)


def application(create_app: Callable[[Any], Any]) -> Callable[..., Iterable[bytes]]:
    """The server's WSGI application with errors answered as above, also for services that moto has never heard of."""

    def create(service: Any) -> Any:
        app = create_app(service)
        app.register_error_handler(Exception, on_error)
        return app

    dispatcher = DomainDispatcherApplication(create)

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        if (empty := empty_list(request)) is not None:
            return empty(environ, start_response)
        if signed_for(request) == "s3" and (part := unheard_part(request)):
            return missing(request, f"no {part} of a bucket")(environ, start_response)
        try:
            app = dispatcher.get_application(environ)
        except Exception:
            service = signed_for(request)
            return missing(request, f"no service {service!r}")(environ, start_response)
        return app(environ, start_response)

    return serve
