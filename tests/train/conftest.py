"""What needs torch is collected where the extra `train` is installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["test_train_network.py", "test_train_reference.py"]
