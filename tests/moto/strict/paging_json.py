"""Cuts a page out of a JSON answer."""

import json
from typing import Any

from .page_rules import PageRule


def wire_name(rule: PageRule, member: str) -> str:
    """A member's name in the document."""
    return rule.output.members[member].serialization.get("name", member)


def cut(body: Any, rule: PageRule, start: int, size: int, mark: str) -> str | None:
    """The page as a document, or None when the answer is to stay as it is."""
    try:
        document = json.loads(body)
    except (TypeError, ValueError):
        return None
    token = wire_name(rule, rule.token_out)
    names = [wire_name(rule, name) for name in rule.lists]
    if document.get(token) or not any(name in document for name in names):
        return None
    seen, end = 0, start + size
    for name in names:
        items = document.get(name) or []
        before = 0 if rule.parallel else seen
        if name in document:
            document[name] = items[max(0, start - before) : max(0, end - before)]
        seen = before + len(items)
    document.pop(token, None)
    if seen > end:
        document[token] = f"{mark}{end}"
    if rule.more is not None:
        document[wire_name(rule, rule.more)] = seen > end
    return json.dumps(document)
