"""Runs a script again where a package is that it needs."""

import os
import subprocess
import sys
import venv

SKIPPED = 77


def again_with(package, place):
    """Runs this script again in an environment at that place, where the package is put if it is not there. Ends the process: with
    77 when there is no way to get the package."""
    python = os.path.join(place, "Scripts" if os.name == "nt" else "bin", "python")
    try:
        if not os.path.exists(python):
            venv.create(place, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        subprocess.run(install, check=True, timeout=300)
    except Exception as error:
        print(f"no {package}: {error}")
        sys.exit(SKIPPED)
    sys.exit(subprocess.run([python, *sys.argv]).returncode)
