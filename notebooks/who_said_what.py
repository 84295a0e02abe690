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
# # Who said what
#
# Fifty-five articles of five outlets tell one story: talks about a power cable, a leak, denials, a resignation, a vote.
# People, organisations and outlets are invented (`tests/gold/storyline`). This notebook asks the graph of their claims
# in SPARQL and goes on in pandas: positions over time, outlets compared, first-hand against second-hand. It needs no
# network connection.

# %%
from pathlib import Path

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import display

import kg

STORY = Path("tests") / "gold" / "storyline"
ROOT = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / STORY).is_dir())
SAID, DENIED, GREY = "#2f6f9f", "#c0504d", "#b8b8b8"
plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "font.size": 9, "figure.dpi": 110})

graph = kg.build(ROOT / STORY, store=ROOT / "output" / "storyline" / "store")
graph.summary


# %%
def ask(query: str, **parameters: str) -> pd.DataFrame:
    """The answer to a named query, or one of your own, as a table."""
    rows = graph.query(query, **parameters)
    return pd.DataFrame(list(rows.records()), columns=list(rows.variables))


# %% [markdown]
# ## 1. Statements, not sentences
#
# One statement is told by many articles, each in its own words. The graph groups such claims and counts how many
# *independent* reports stand behind each: reprints of a wire story, and accounts that credit another outlet, do not
# count again.

# %%
statements = ask("many-outlets")
with pd.option_context("display.max_colwidth", 80):
    display(statements[["speaker", "content", "reports", "outlets", "claims", "first", "firstOutlet"]].head(10))

# %% [markdown]
# The statement that stands on most reports, and how each outlet worded it:

# %%
widest = statements.sort_values(["claims", "group"], ascending=[False, True]).iloc[0]
with pd.option_context("display.max_colwidth", 90):
    display(ask("reports", claim=widest["group"])[["report", "published", "outlet", "content"]])

# %% [markdown]
# ## 2. Positions over time
#
# Whoever said one thing and later its opposite is linked by `kg:changes`. The link gives both statements, a score and a
# reason; what is true is for the reader to say.

# %%
changes = ask("changes")
with pd.option_context("display.max_colwidth", 70):
    display(changes[["speaker", "earlier", "earlierDay", "later", "laterDay", "score"]])

# %% [markdown]
# Every statement of those who changed position, on its day. Arcs lead from a position to the one that reverses it.

# %%
claims = ask("""
    SELECT ?speaker ?day ?polarity ?group WHERE {
      ?group a kg:ClaimGroup ; kg:firstReport ?claim ; prov:wasAttributedTo/skos:prefLabel ?speaker ;
             kg:saidOn/time:hasEnd/time:inXSDDate ?day .
      ?claim kg:polarity ?polarity .
    }
    ORDER BY ?speaker ?day ?group
""")
claims["day"] = pd.to_datetime(claims["day"])
who = changes["speaker"].value_counts().index.tolist() or claims["speaker"].value_counts().index[:6].tolist()
row = {speaker: n for n, speaker in enumerate(reversed(who))}
shown = claims[claims["speaker"].isin(who)].copy()
place = shown.groupby(["speaker", "day"]).cumcount()
shown["y"] = shown["speaker"].map(row) + 0.07 * place

figure, axes = plt.subplots(figsize=(9.5, 1.0 + 0.95 * len(who)))
for polarity, colour, label in (("positive", SAID, "asserted"), ("negative", DENIED, "negated")):
    some = shown[shown["polarity"] == polarity]
    axes.scatter(some["day"], some["y"], s=30, color=colour, label=label, zorder=3, edgecolor="white", linewidth=0.5)
for change in changes.dropna(subset=["earlierDay", "laterDay"]).itertuples():  # what is looked back to may have no day
    start, end = mdates.datestr2num(change.earlierDay), mdates.datestr2num(change.laterDay)
    days = np.linspace(start, end, 60)
    arc = row[change.speaker] - 0.08 - 0.3 * np.sin(np.pi * (days - start) / max(end - start, 1))
    axes.plot(days, arc, color="#404040", linewidth=1.1, zorder=2)
    axes.annotate("", (end, arc[-1]), (days[-6], arc[-6]), arrowprops={"arrowstyle": "-|>", "color": "#404040"})
axes.set_yticks(list(row.values()), list(row))
axes.set_ylim(-0.6, len(who) - 0.2)
axes.xaxis.set_major_locator(mdates.WeekdayLocator(byweekday=mdates.MO))
axes.xaxis.set_major_formatter(mdates.DateFormatter("%-d %b"))
axes.grid(axis="x", color="#e6e6e6")
axes.set_title("Statements of those who changed position, and what reversed what", loc="left")
axes.legend(frameon=False, ncols=2, loc="upper right", bbox_to_anchor=(1, 1.12))
figure.tight_layout()

# %% [markdown]
# Two speakers whose statements cannot both be true:

# %%
with pd.option_context("display.max_colwidth", 70):
    display(ask("contradictions")[["speaker", "statement", "otherSpeaker", "otherStatement", "score"]])

# %% [markdown]
# ## 3. Outlets compared
#
# Whom does each outlet give the word? The share of an outlet's claims that go to the ten most quoted speakers.

# %%
quotes = graph.to_pandas()
named = quotes.dropna(subset=["speaker", "outlet"])
top = named["speaker"].value_counts().index[:10]
share = pd.crosstab(named["speaker"], named["outlet"], normalize="columns").loc[top] * 100

figure, axes = plt.subplots(figsize=(8, 4.6))
image = axes.imshow(share, cmap="Blues", vmin=0, aspect="auto")
axes.set_xticks(range(share.shape[1]), [name.replace(" ", "\n", 1) for name in share.columns])
axes.set_yticks(range(len(top)), top)
axes.tick_params(length=0)
for spine in axes.spines.values():
    spine.set_visible(False)
for (y, x), value in np.ndenumerate(share.to_numpy()):
    if value >= 0.5:
        axes.text(
            x,
            y,
            f"{value:.0f}",
            ha="center",
            va="center",
            color="white" if value > share.to_numpy().max() / 2 else "#303030",
        )
axes.set_title("Share of each outlet's claims, per cent", loc="left")
figure.tight_layout()

# %% [markdown]
# What kind of speech does each outlet report? Plain statements are left out.

# %%
acts = pd.crosstab(quotes["outlet"], quotes["act"], normalize="index").drop(columns="statement", errors="ignore") * 100
acts = acts.loc[:, acts.mean().sort_values(ascending=False).index[:7]]
axes = acts.plot.barh(stacked=True, figsize=(8, 3.2), width=0.65, colormap="tab20b")
axes.set(xlabel="per cent of the outlet's claims", ylabel="")
axes.set_title("Denials, accusations, promises …", loc="left")
axes.legend(frameon=False, bbox_to_anchor=(1, 1), loc="upper left")
plt.tight_layout()

# %% [markdown]
# ## 4. First-hand against second-hand
#
# Every claim belongs to one independent report of its statement. It is **first** when nobody had the statement before,
# **own** when another outlet had it and this one reports it independently, and **taken over** when it goes back to a
# report of another outlet: a reprint, or an account that credits it.

# %%
reports = ask("""
    SELECT ?claim ?outlet ?origin ?first WHERE {
      ?claim kg:inReport ?report ; schema:isPartOf/schema:publisher/skos:prefLabel ?outlet .
      ?report kg:firstReport/schema:isPartOf/schema:publisher/skos:prefLabel ?origin ; kg:reportOf ?group .
      ?group kg:firstReport/schema:isPartOf/schema:publisher/skos:prefLabel ?first .
    }
    ORDER BY ?outlet ?claim
""")
reports["how"] = np.select(
    [reports["outlet"] != reports["origin"], reports["outlet"] == reports["first"]], ["taken over", "first"], "own"
)
hand = pd.crosstab(reports["outlet"], reports["how"]).reindex(columns=["first", "own", "taken over"], fill_value=0)
hand = hand.sort_values("first")
axes = hand.plot.barh(stacked=True, figsize=(8, 3), width=0.65, color=[SAID, "#8fb8d6", GREY])
axes.set(xlabel="claims", ylabel="")
axes.set_title("Who had it first, and who took it over", loc="left")
axes.legend(frameon=False, bbox_to_anchor=(1, 1), loc="upper left")
plt.tight_layout()

# %% [markdown]
# What came through somebody else, and through whom: told inside another's claim, or credited by the article.

# %%
with pd.option_context("display.max_colwidth", 80):
    display(ask("second-hand")[["speaker", "content", "through", "how", "outlet"]].head(12))

# %% [markdown]
# ## 5. For a spreadsheet
#
# The whole table, one row a claim, with the sentence behind it. `kg query quotes --format csv --bom` writes the same.

# %%
quotes.to_csv(ROOT / "output" / "storyline" / "quotes.csv", index=False, encoding="utf-8-sig")
graph.close()
quotes[["speaker", "office", "act", "content", "outlet", "published"]].head()
