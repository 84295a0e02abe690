"""Records → RDF (design: standards first, no blank nodes, one place that mints IRIs).

What a caller needs:

    article_graphs(evidence, fingerprint, base=BASE) -> [article graph, evidence graph]   of one article version
    synthesis_graph(synthesis, evidences, fingerprint, base=BASE) -> Graph                of all articles together
    vocabulary_graph(base=BASE) -> Graph                                                  our terms, as an ontology
    layer(graph_iri) -> "article" | "evidence" | "synthesis" | "vocabulary" | None
    to_nquads(graphs) -> Iterator[str]        sorted lines, each ending in a newline
    to_turtle(graphs) -> str                  of the union, for reading
    validate(graph) -> (conforms, report)     SHACL; needs pyshacl (the test extra)

Every graph is an `rdflib.Graph` whose `identifier` is the IRI of the named graph:

    urn:kg:graph:article:ARTICLE:VERSION      article metadata, passages, mentions (annotations without body)
    urn:kg:graph:evidence:ARTICLE:VERSION     what the text says: referents, claims as read, office statements
    urn:kg:graph:synthesis                    entities, bodies of mentions, claims with speakers, memberships
    urn:kg:graph:vocabulary                   the ontology

The default graph of a query is the union of the graphs whose layer is in `DEFAULT_LAYERS`; `graph.ttl` holds just that.
"""
