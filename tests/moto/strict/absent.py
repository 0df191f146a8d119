"""Listings of what moto has no notion of: it can't be made there, so its list is empty, and that is the answer.

Without them whoever asks first, before he stops a function or an endpoint, must take the answer for unknown and leave it.
"""

import json
import re
from typing import Any

from werkzeug.wrappers import Response

_PATHS = {
    re.compile(
        r"/2019-09-30/functions/[^/]+/provisioned-concurrency"
    ): "ProvisionedConcurrencyConfigs",
}
_TARGETS = {"SageMaker.ListInferenceComponents": "InferenceComponents"}


def empty_list(request: Any) -> Response | None:
    """The empty answer, where the call asks for one of these lists."""
    member = _TARGETS.get(request.headers.get("X-Amz-Target", ""))
    if request.method == "GET" and "List" in request.args:
        for path, listed in _PATHS.items():
            if path.fullmatch(request.path):
                member = listed
    if member is None:
        return None
    return Response(json.dumps({member: []}), content_type="application/json")
