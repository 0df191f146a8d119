"""Puts all rules in force."""

from . import (  # noqa: F401  (importing a module hangs its rules on their operations)
    actions,
    balancers,
    containers,
    databases,
    groups,
    hooks,
    identity,
    ids_or_pages,
    network,
    stacks,
)
from . import dry_run, enforcement, filters, instances, paging, unimplemented


def application(create_app):
    """Patches moto's dispatch, once a process, and returns the WSGI application to serve."""
    filters.patch()
    instances.patch()
    containers.hide_inactive()
    actions.hide_secrets()
    enforcement.patch()
    stacks.complete_roles()
    hooks.patch([dry_run.check], paging.around)
    return unimplemented.application(create_app)
