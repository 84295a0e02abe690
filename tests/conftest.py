"""What tests of several stages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: Playwright's synchronous interface cannot be started twice in one process."""
    from chromium import launched

    with launched() as running:
        yield running


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path:
    """Where a test's screenshots are kept, for somebody to look at: a folder for each module in `output/pictures`."""
    folder = request.config.rootpath / "output" / "pictures" / request.path.stem
    folder.mkdir(parents=True, exist_ok=True)
    return folder
