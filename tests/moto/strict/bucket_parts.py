"""Parts of a bucket that moto has never heard of.

S3 names what a call is about by a word in the query: DELETE /bucket?metrics. moto does not look at words that it does not
know, so there that call deletes the bucket, GET /bucket?metrics lists it, and PUT /bucket?requestPayment makes it.
"""

import inspect
import re
from functools import cache
from typing import Any

from moto.core.utils import get_service_model
from moto.s3 import responses

WORD = re.compile(r"[?&]([A-Za-z-]+)(?=&|$)")


@cache
def unheard_words() -> frozenset[str]:
    """The words in S3's API that do not appear in moto's code for it."""
    model, code = get_service_model("s3"), inspect.getsource(responses)
    operations = [model.operation_model(name) for name in model.operation_names]
    words = {word for o in operations for word in WORD.findall(o.http["requestUri"])}
    return frozenset(word for word in words if f'"{word}"' not in code)


def unheard_part(request: Any) -> str | None:
    """The part that a request is about, when moto does not know it."""
    return next((word for word in request.args if word in unheard_words()), None)
