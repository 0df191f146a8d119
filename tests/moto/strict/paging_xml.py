"""Cuts a page out of an XML answer (the ec2 and query protocols)."""

import re
from typing import Any
from xml.etree import ElementTree

from .page_rules import PageRule

NAMESPACE = re.compile(r'\s+xmlns="([^"]*)"')


def wire_name(rule: PageRule, member: str) -> str:
    """A member's name in the document."""
    return rule.output.members[member].serialization.get("name", member)


def holder(root: ElementTree.Element, rule: PageRule) -> ElementTree.Element:
    """The element that holds the answer's members: the query protocol wraps them once more."""
    wrapper = rule.output.serialization.get("resultWrapper")
    found = root.find(wrapper) if wrapper else None
    return root if found is None else found


def put(parent: ElementTree.Element, name: str, text: str | None) -> None:
    """Sets a child's text, or removes the child."""
    for old in parent.findall(name):
        parent.remove(old)
    if text is not None:
        ElementTree.SubElement(parent, name).text = text


def cut(body: Any, rule: PageRule, start: int, size: int, mark: str) -> str | None:
    """The page as a document, or None when the answer is to stay as it is."""
    text = body.decode() if isinstance(body, bytes) else str(body)
    namespace = NAMESPACE.search(text)
    try:
        root = ElementTree.fromstring(NAMESPACE.sub("", text).encode())
    except ElementTree.ParseError:
        return None
    parent = holder(root, rule)
    if parent.findtext(wire_name(rule, rule.token_out)):
        return None
    seen, end = 0, start + size
    for name in rule.lists:
        items = parent.find(wire_name(rule, name))
        for item in list(items if items is not None else ()):
            if not start <= seen < end:
                items.remove(item)
            seen += 1
    put(parent, wire_name(rule, rule.token_out), f"{mark}{end}" if seen > end else None)
    if rule.more is not None:
        put(parent, wire_name(rule, rule.more), "true" if seen > end else "false")
    if namespace is not None:
        root.set("xmlns", namespace.group(1))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(
        root, encoding="unicode"
    )
