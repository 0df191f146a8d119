"""awscli many times in one process: JSON lines in, JSON lines out.

    in    ["ec2", "describe-vpcs", "--region", "eu-west-1"]
    out   {"code": 0, "out": "{...}", "err": ""}

It is awscli itself (awscli.clidriver), ten times faster than one process a call: most of awscli's time is its start.
"""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from awscli.clidriver import create_clidriver

# The service descriptions, most of a call's time, are read once for all drivers.
LOADER = create_clidriver().session.get_component("data_loader")


def fresh_driver():
    """A driver for one call: some commands (modify-instance-attribute) leave hooks behind that break the next."""
    driver = create_clidriver()
    driver.session.register_component("data_loader", LOADER)
    return driver


def run(arguments: list[str]) -> dict:
    """One awscli call and what it printed."""
    driver = fresh_driver()
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = driver.main(arguments)
        except SystemExit as stop:
            code = stop.code
        except Exception as error:
            err.write(f"{type(error).__name__}: {error}")
            code = 255
    return {"code": code or 0, "out": out.getvalue(), "err": err.getvalue()}


def main() -> None:
    """Answers every line of stdin until it ends."""
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
