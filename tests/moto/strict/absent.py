"""Listings of what moto has no notion of: it can't be made there, so its list is empty, and that is the answer.

Without them whoever asks first, before he stops a function or an endpoint, must take the answer for unknown and leave it.
"""

import io
import json
import re
from typing import Any
from urllib.parse import parse_qs

from werkzeug.wrappers import Response

_PATHS = {
    re.compile(
        r"/2019-09-30/functions/[^/]+/provisioned-concurrency"
    ): "ProvisionedConcurrencyConfigs",
}
_TARGETS = {"SageMaker.ListInferenceComponents": "InferenceComponents"}
_ACTIONS = {"ListServiceSpecificCredentials": "ServiceSpecificCredentials"}
_QUERY_ANSWER = "<{0}Response><{0}Result><{1}/></{0}Result></{0}Response>"


def action_of(request: Any) -> str:
    """The action of a call in the query protocol; what is read of the body is put back for whoever comes next."""
    if "x-www-form-urlencoded" not in request.headers.get("Content-Type", ""):
        return ""
    body = request.get_data()
    request.environ["wsgi.input"] = io.BytesIO(body)
    return parse_qs(body.decode()).get("Action", [""])[0]


def empty_list(request: Any) -> Response | None:
    """The empty answer, where the call asks for one of these lists."""
    member = _TARGETS.get(request.headers.get("X-Amz-Target", ""))
    if request.method == "GET" and "List" in request.args:
        for path, listed in _PATHS.items():
            if path.fullmatch(request.path):
                member = listed
    if member is not None:
        return Response(json.dumps({member: []}), content_type="application/json")
    action = action_of(request)
    if action not in _ACTIONS:
        return None
    answer = _QUERY_ANSWER.format(action, _ACTIONS[action])
    return Response(answer, content_type="text/xml")
