"""Users' own demonstrations, as they hand them in: steps with pictures, a Playwright trace, or a HAR.

All become steps in words and a few pictures, for whoever proposes tasks. What looks like a secret is left out.
"""

from __future__ import annotations

from infra.demos.har import read_har
from infra.demos.recorded import Recorded, checked_picture
from infra.demos.trace import read_trace

__all__ = ["Recorded", "checked_picture", "read_har", "read_trace"]
