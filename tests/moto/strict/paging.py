"""Page sizes and tokens for listings that moto answers whole.

moto pages some of its listings, and for the others takes MaxResults and gives everything, so that code which never follows a
token passes its tests. Here every listing for which botocore knows a paginator is cut to the asked size, or to the service's
default size, and continues by a token.

Left out, because what they page by is not a token next to a list:
    S3 (moto pages objects itself, and buckets are one page), DynamoDB Query, Scan and BatchGetItem, Kinesis DescribeStream
    (by shard id), CloudWatch GetMetricData, Logs FilterLogEvents, the REST-XML services (Route 53, CloudFront); DynamoDB
    ListTables, which moto pages well. EC2 DescribeKeyPairs and DescribeAddresses have no pages in AWS either.
A page is cut from the answer of that moment: a resource made or deleted between two pages may be missed or seen twice, as AWS
permits too.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

from . import paging_json, paging_xml
from .hooks import Refusal
from .page_rules import PageRule, rule_for

MARK = "strict-page-"


def given(response: Any, name: str) -> str | None:
    """A parameter of the call as it came, from form, JSON document or query string."""
    value = response._get_param(name)
    return None if value is None else str(value)


def rewrite(response: Any, changes: dict[str, int | None]) -> Callable[[], None]:
    """Sets or (None) takes out parameters in every form in which moto may read them; returns what puts them back."""
    form, params, body = (
        response.querystring,
        getattr(response, "params", None),
        response.body,
    )
    set_to = {name: value for name, value in changes.items() if value is not None}
    response.querystring = {k: v for k, v in form.items() if k not in changes}
    if isinstance(params, dict):
        response.params = copy.copy(params)
        for name in changes:
            response.params.pop(name, None)
        response.params.update(set_to)
    if is_json(body):
        document = {k: v for k, v in json.loads(body).items() if k not in changes}
        response.body = json.dumps({**document, **set_to})
    else:
        response.querystring |= {name: [str(value)] for name, value in set_to.items()}

    def put_back() -> None:
        response.querystring, response.body = form, body
        if params is not None:
            response.params = params

    return put_back


def page_size(response: Any, rule: PageRule) -> int | None:
    """The asked size, refused when the service would refuse it; else the service's default."""
    asked = given(response, rule.limit) if rule.limit else None
    if asked is None:
        return rule.default
    size = int(asked)
    if rule.least <= size <= rule.most:
        return size
    fact = f"Value ( {size} ) for parameter {rule.limit} is invalid."
    advice = f"Expecting a value between {rule.least} and {rule.most}."
    raise Refusal(rule.bad_value, f"{fact} {advice}")


def start_of(token: str | None) -> int:
    """Where the asked page starts."""
    if token is None or not token.startswith(MARK):
        return 0
    return int(token.removeprefix(MARK))


def is_json(body: Any) -> bool:
    """Looked up in the text, as some services speak several protocols."""
    return body[:1] in (b"{", "{")


def around(response: Any, call: Callable[[], Any]) -> Any:
    """Asks moto for the whole, and cuts the page out of its answer.

    moto is not told the page size: where it heeds that without giving a token (DescribeLaunchTemplates), the rest would be
    lost. Only where even the whole comes in pages of moto's own is moto asked again, in the caller's words.
    """
    rule = rule_for(response.boto3_service_name, response._get_action())
    if rule is None:
        return call()
    size = page_size(response, rule)
    token = given(response, rule.token_in)
    start = start_of(token)
    if size is None or (token is not None and not start):
        return call()
    changes = {rule.token_in: None} | ({rule.limit: rule.ask_for} if rule.limit else {})
    put_back = rewrite(response, changes)
    status, headers, body = call()
    if int(status) >= 300:
        return status, headers, body
    cut = paging_json.cut if is_json(body) else paging_xml.cut
    page = cut(body, rule, start, size, MARK)
    if page is None:
        put_back()
        return call()
    return status, headers, page
