"""Errors, named by what the caller does next.

`ArticleError` costs one article: it is reported with the file's name and the run goes on.
`RunError` stops the run: nothing useful can be done. The command line exits with 3 after it.
"""

from __future__ import annotations


class KgError(Exception):
    """Whatever `kg` raises on purpose. The message is one line for a person."""


class ArticleError(KgError):
    """One article cannot be used; the others can.

    `where` names the file (and row, for tables), `problem` says what is wrong, `advice` says what to do about it.
    """

    def __init__(self, where: str, problem: str, advice: str) -> None:
        self.where, self.problem, self.advice = where, problem, advice
        super().__init__(f"{where}: {problem}; {advice}")

    def __reduce__(self) -> tuple[type[ArticleError], tuple[str, str, str]]:
        return type(self), (self.where, self.problem, self.advice)  # exceptions cross process borders by pickle


class RunError(KgError):
    """Nothing can be done: no article at all, a store that is locked or broken, weights that are missing."""
