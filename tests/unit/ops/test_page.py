"""The page of functions is what its generator writes."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_is_up_to_date():
    generated = runpy.run_path(str(DOCS / "generate_ops.py"))["page"]()
    assert (DOCS / "ops.md").read_text(encoding="utf-8") == generated
