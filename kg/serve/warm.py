"""What workers need before their first question, done once: imported by the process that workers are made from.

Reading templates, and the first query that rdflib's parser sees, take about a second; a worker that takes the place of
another must not.
"""

from kg.query.guard import dataset_of
from kg.serve import worker  # noqa: F401 - with all that it imports
from kg.serve.pages import warm

dataset_of("SELECT ?s { ?s ?p ?o }")
warm()
