# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From articles to a graph of claims
#
# This notebook builds a graph from a few articles, asks it questions in SPARQL, and looks at it as a table, a plot, a
# network and a page. It runs from start to end without a network connection, in about a minute.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
from IPython.display import display

import kg

ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "seeds").is_dir())
WORK = ROOT / "output" / "quickstart"

# %% [markdown]
# ## 1. Articles
#
# One article is in `seeds/`. Two more are written here, so that tables and plots have something to compare; their
# people, outlets and events are invented. The lines between `---` are front matter. All of it is optional, but without
# a date an article is missing from timelines, and without an outlet from comparisons.

# %%
ARTICLES = {
    "ferries.md": """---
title: Norway and Canada argue over Arctic ferries
outlet: The Harbour Post
published: 2025-03-04
---
Norwegian Foreign Minister Ingrid Solheim said on Tuesday that Norway will open its northern ports to Canadian ferries.
"We have waited ten years for this agreement," Solheim said. "It will bring our coasts together."

Canadian Transport Minister Paul Lavigne welcomed the decision, but warned that Canada could not pay for new piers.
He denied that Ottawa had promised money to Norway.

"Nobody asked us for a single dollar," Lavigne told reporters in Tromsø.
""",
    "piers.md": """---
title: Who pays for the piers?
outlet: Northern Wire
published: 2025-03-06
---
Ingrid Solheim accused Canada of breaking its word. The Norwegian foreign minister said that Ottawa had promised to
share the cost of the piers.

Canadian Prime Minister Helen Duarte urged Norway to be patient. "Norway is our friend, and we will find a solution,"
Duarte said in Ottawa.

According to Solheim, talks between the two countries will go on in Oslo next week.
""",
}

folder = WORK / "articles"
folder.mkdir(parents=True, exist_ok=True)
for name, text in ARTICLES.items():
    (folder / name).write_text(text, encoding="utf-8")

# %% [markdown]
# ## 2. Build
#
# The store on disk keeps what was found in each article. Run this cell again: articles that did not change are not read
# again. With `output`, the graph is written as Turtle, as N-Quads and as a page.

# %%
graph = kg.build(ROOT / "seeds", folder, store=WORK / "store", output=WORK)
graph.summary

# %% [markdown]
# ## 3. Three questions in SPARQL
#
# The prefixes `kg:`, `schema:`, `skos:`, `org:`, `oa:` and others need no declaration.
#
# **Who speaks, and in what office?**

# %%
speakers = graph.query("""
    SELECT ?speaker (SAMPLE(?title) AS ?office) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
      ?person kg:said ?claim ; skos:prefLabel ?speaker .
      OPTIONAL { ?membership org:member ?person ; org:role/skos:prefLabel ?title }
    }
    GROUP BY ?person ?speaker
    ORDER BY DESC(?claims) ?speaker
""")
pd.DataFrame(speakers.records())

# %% [markdown]
# **Which countries are spoken of, and by whom?**

# %%
countries = graph.query("""
    SELECT ?country ?speaker (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
      ?claim kg:about ?node ; kg:speaker/skos:prefLabel ?speaker .
      ?node a schema:Country ; skos:prefLabel ?country .
    }
    GROUP BY ?country ?speaker
    ORDER BY ?country DESC(?claims) ?speaker
""")
pd.DataFrame(countries.records())

# %% [markdown]
# **Which sentence stands behind each claim that is more than a statement?** Every claim leads back to its words.

# %%
acts = graph.query("""
    SELECT ?speaker ?act ?cue ?sentence WHERE {
      ?claim kg:speaker/skos:prefLabel ?speaker ; kg:act ?act ; kg:passage/oa:hasSelector/oa:exact ?sentence .
      OPTIONAL { ?claim kg:cue/oa:hasSelector/oa:exact ?cue }
      FILTER(?act != "statement")
    }
    ORDER BY ?act ?speaker ?sentence
""")
with pd.option_context("display.max_colwidth", None):
    display(pd.DataFrame(acts.records()))

# %% [markdown]
# Common questions have a name; `kg query` lists them.

# %%
pd.DataFrame(graph.query("about", about="Norway").records())

# %% [markdown]
# ## 4. A table
#
# One row a claim, with its sentence, article and confidence.

# %%
table = graph.to_pandas()
table[["speaker", "act", "polarity", "content", "about", "outlet", "published", "confidence"]]

# %% [markdown]
# ## 5. A plot

# %%
counts = pd.crosstab(table["speaker"].fillna("unknown"), table["act"])
counts = counts.loc[counts.sum(axis=1).sort_values().index]
axes = counts.plot.barh(stacked=True, figsize=(8, 0.5 * len(counts) + 1.5), colormap="tab20", width=0.7)
axes.set(xlabel="claims", ylabel="", title="Claims by speaker and act")
axes.legend(title="act", frameon=False, bbox_to_anchor=(1, 1), loc="upper left")
plt.tight_layout()

# %% [markdown]
# ## 6. A network
#
# In networkx, entities are nodes, and every claim is an edge from its speaker to each entity it is about.

# %%
network = graph.to_networkx()
names = nx.get_node_attributes(network, "name")
spoken_of = sorted(network.in_degree(), key=lambda item: (-item[1], names[item[0]]))
pd.DataFrame([(names[node], count) for node, count in spoken_of[:8]], columns=["entity", "claims about it"])

# %% [markdown]
# Do two speakers talk about the same things? Shared neighbours say so.

# %%
said_by = {names[node]: set(network.successors(node)) for node in network if network.out_degree(node) > 1}
pairs = [
    (one, other, ", ".join(sorted(names[node] for node in said_by[one] & said_by[other])))
    for one in sorted(said_by)
    for other in sorted(said_by)
    if one < other and said_by[one] & said_by[other]
]
pd.DataFrame(pairs, columns=["speaker", "other speaker", "both speak of"])

# %% [markdown]
# ## 7. The page
#
# Search for a name, or click on an edge to read the sentence behind it. The page is one file and needs no network.

# %%
graph.show()
