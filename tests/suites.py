"""Where files of other owners are that tests compare with: the folder of suites, and what lies beside it.

`$MCQMS_SUITES` names the folder of suites; without it they are looked for in `../shared/suites`, beside the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

SUITES = Path(os.environ.get("MCQMS_SUITES") or Path(__file__).resolve().parents[2] / "shared" / "suites")
STANDARDS = SUITES.parent / "standards"
"""Official schemas, shapes and examples of standards."""
FACTS = SUITES.parent / "facts"
"""Real codes and archives."""
