"""Claims of all articles → groups that report one statement, their independent reports, changes and contradictions.

`kg.resolve.claims.group.group_claims` is the way in; groups and links are records of `kg.resolve.claims.records`.
"""
