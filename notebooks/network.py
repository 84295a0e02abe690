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
# # Who talks about whom
#
# The claims of a story as a network: an arrow leads from whoever speaks to whoever is spoken of. Fifty-five articles of
# five invented outlets (`tests/gold/storyline`), networkx, no network connection.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd

import kg

STORY = Path("tests") / "gold" / "storyline"
ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / STORY).is_dir())
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "font.size": 9, "figure.dpi": 110})

graph = kg.build(ROOT / STORY, store=ROOT / "output" / "storyline" / "store")
claims = graph.to_networkx()
graph.close()
claims.number_of_nodes(), claims.number_of_edges()

# %% [markdown]
# ## 1. From claims to a network
#
# `to_networkx` has an edge for every claim. Here they are counted: one arrow from speaker to subject, as wide as the
# number of claims. Unnamed sources, and claims about nobody, stay out.

# %%
NAMED = {"Person", "Organisation", "Country"}
kinds = nx.get_node_attributes(claims, "type")
names = nx.get_node_attributes(claims, "name")


def network(edges) -> nx.DiGraph:
    """Speakers and those they speak of; the weight of an arrow is its number of claims."""
    found = nx.DiGraph()
    for source, target, facts in edges:
        if source != target and kinds[source] in NAMED and kinds[target] in NAMED:
            before = found.get_edge_data(source, target, {"weight": 0, "hostile": 0})
            hostile = facts["act"] in ("accusation", "denial", "warning")
            found.add_edge(source, target, weight=before["weight"] + 1, hostile=before["hostile"] + hostile)
    nx.set_node_attributes(found, {node: names[node] for node in found}, "name")
    return found


whole = network(claims.edges(data=True))
core = whole.subgraph(max(nx.weakly_connected_components(whole), key=len))
core.number_of_nodes(), core.number_of_edges()

# %% [markdown]
# ## 2. Who matters
#
# *Said* and *spoken of* count claims. PageRank asks who is spoken of by those who are spoken of; betweenness, who
# stands between the others.

# %%
between = nx.betweenness_centrality(core)
rank = nx.pagerank(core, weight="weight")
table = pd.DataFrame(
    {
        "name": [names[n] for n in core],
        "type": [kinds[n] for n in core],
        "said": [d for _, d in core.out_degree(weight="weight")],
        "spoken of": [d for _, d in core.in_degree(weight="weight")],
        "PageRank": [rank[n] for n in core],
        "betweenness": [between[n] for n in core],
    }
).sort_values(["PageRank", "name"], ascending=[False, True])
table.head(12).round(3).reset_index(drop=True)

# %%
notable = table.assign(most=table["said"] + table["spoken of"]).nlargest(14, ["most", "PageRank"]).iloc[::-1]
figure, axes = plt.subplots(figsize=(8, 4.6))
axes.barh(notable["name"], -notable["said"], color="#2f6f9f", height=0.7)
axes.barh(notable["name"], notable["spoken of"], color="#d08a3c", height=0.7)
axes.axvline(0, color="white", linewidth=2)
limit = notable[["said", "spoken of"]].to_numpy().max() * 1.1
axes.set_xlim(-limit, limit)
axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
axes.spines["left"].set_visible(False)
axes.tick_params(axis="y", length=0)
axes.set_xlabel("← claims about others      claims about them →")
axes.set_title("Who speaks, and who is spoken of", loc="left")
figure.tight_layout()

# %% [markdown]
# ## 3. Camps
#
# Communities by modularity (Clauset, Newman and Moore 2004), on the network without directions. Red arrows are mostly
# accusations, denials and warnings.

# %%
undirected = nx.Graph()
for source, target, weight in core.edges(data="weight"):
    before = undirected.get_edge_data(source, target, {"weight": 0})["weight"]
    undirected.add_edge(source, target, weight=before + weight)
camps = [
    sorted(camp, key=names.get) for camp in nx.community.greedy_modularity_communities(undirected, weight="weight")
]
camp_of = {node: n for n, camp in enumerate(camps) for node in camp}
pd.DataFrame({"size": [len(c) for c in camps], "members": [", ".join(names[n] for n in c) for c in camps]})

# %%
drawn = core.subgraph([n for n in core if core.degree(n, weight="weight") >= 2])
spring = nx.Graph(drawn)
layout = nx.kamada_kawai_layout(spring, pos=nx.circular_layout(sorted(spring)), weight=None)
palette = plt.get_cmap("Set2")
figure, axes = plt.subplots(figsize=(10, 8))
for edge in drawn.edges:
    facts = drawn.edges[edge]
    hostile = facts["hostile"] * 2 > facts["weight"]
    nx.draw_networkx_edges(
        drawn, layout, edgelist=[edge], ax=axes, width=0.5 + 0.5 * facts["weight"], arrowsize=9, node_size=420,
        edge_color="#c0504d" if hostile else "#9a9a9a", alpha=0.7, connectionstyle="arc3,rad=0.12",
    )  # fmt: skip
sizes = [80 + 22 * drawn.degree(n, weight="weight") for n in drawn]
nx.draw_networkx_nodes(
    drawn, layout, ax=axes, node_size=sizes, node_color=[palette(camp_of[n] % 8) for n in drawn], edgecolors="white"
)
for node, (x, y) in layout.items():
    axes.annotate(names[node], (x, y), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=8,
                  bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.7})  # fmt: skip
axes.set_axis_off()
axes.margins(0.1)
axes.set_title("Who talks about whom; colours are camps", loc="left")
figure.tight_layout()

# %% [markdown]
# ## 4. Week by week
#
# The story moves: who is spoken of changes as it goes from talks to leak to resignation to vote.

# %%
edges = pd.DataFrame(
    [(s, t, d, pd.Timestamp(d["published"])) for s, t, d in claims.edges(data=True) if "published" in d],
    columns=["source", "target", "facts", "day"],
)
edges["week"] = edges["day"].dt.to_period("W-SUN").dt.start_time
weekly = {
    week: network(some[["source", "target", "facts"]].itertuples(index=False)) for week, some in edges.groupby("week")
}
spoken = pd.DataFrame(
    {week: {names[n]: d for n, d in found.in_degree(weight="weight")} for week, found in weekly.items()}
).fillna(0)
spoken = spoken.loc[spoken.max(axis=1).nlargest(8).index]

figure, panels = plt.subplots(2, 4, figsize=(9, 3.8), sharex=True, sharey=True)
weeks = [f"{week:%-d %b}" for week in spoken.columns]
for axes, (name, counts) in zip(panels.flat, spoken.iterrows(), strict=True):
    axes.bar(weeks, counts, color=["#d08a3c" if c == counts.max() else "#e3c8a6" for c in counts], width=0.7)
    axes.set_title(name if len(name) < 24 else f"{name[:22]}…", fontsize=9, loc="left")
    axes.grid(axis="y", color="#ececec")
    axes.set_axisbelow(True)
figure.suptitle("Claims about them, by week", x=0.02, ha="left")
figure.tight_layout()

# %% [markdown]
# The network itself, in numbers:

# %%
pd.DataFrame(
    [
        {
            "week": f"{week:%-d %B}",
            "entities": found.number_of_nodes(),
            "arrows": found.number_of_edges(),
            "claims": sum(w for *_, w in found.edges(data="weight")),
            "accusations, denials, warnings": sum(h for *_, h in found.edges(data="hostile")),
            "answered": nx.overall_reciprocity(found) if found.number_of_edges() else 0.0,
            "most spoken of": names[max(found, key=lambda n: (found.in_degree(n, weight="weight"), names[n]))],
        }
        for week, found in weekly.items()
    ]
).round(2)
