"""The types of our own scripts, which say them in comments: a step of `python -m tests lint`.

TypeScript itself is installed at its first use (tests/fixtures/typescript), beside the pinned browser packages, whose
types our scripts name. A page that is only served needs neither.
"""

from __future__ import annotations

import subprocess
import sys

from static.js.build.prepare import SCRIPTS, STATIC, SetupError, alone, install_packages, node
from tests.environment import ROOT

HOME = ROOT / "tests" / "fixtures" / "typescript"
COMPILER = HOME / "node_modules" / "typescript" / "bin" / "tsc"
PROJECTS = (SCRIPTS, SCRIPTS / "page", SCRIPTS / "build")  # workers, the page and Node each know other things


def main() -> int:
    """Check each project; gives the exit status."""
    try:
        with alone():
            install_packages(STATIC, "the browser packages")
            install_packages(HOME, "TypeScript")
    except SetupError as missing:
        print(missing, file=sys.stderr)
        return 1
    checks = [subprocess.run([node(), COMPILER, "--project", project], cwd=ROOT, check=False) for project in PROJECTS]
    return max(check.returncode for check in checks)


if __name__ == "__main__":
    sys.exit(main())
