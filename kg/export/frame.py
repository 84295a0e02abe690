"""The quotes as a pandas table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query import run

if TYPE_CHECKING:
    import pandas
    import pyoxigraph


def to_pandas(store: pyoxigraph.Store) -> pandas.DataFrame:
    """The named query `quotes` as a table: its columns and order, one row a claim.

    `published` is a date (NaT where unknown or not a full date), `confidence` a float of 0 to 1, all else text, None
    where unknown.
    """
    import pandas as pd

    rows = run(store, "quotes")
    frame = pd.DataFrame.from_records(list(rows.records()), columns=list(rows.variables)).astype(object)
    frame = frame.where(frame.notna(), None)
    frame["published"] = pd.to_datetime(frame["published"], format="%Y-%m-%d", errors="coerce")
    frame["confidence"] = frame["confidence"].astype(float)
    return frame
