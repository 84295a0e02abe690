// Names to choose from while one is typed. All else on these pages works without scripts.
"use strict";
for (const box of document.querySelectorAll("input[data-names]")) {
  const found = document.createElement("datalist");
  found.id = `${box.id}-found`;
  box.after(found);
  box.setAttribute("list", found.id);
  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = box.value.trim();
      if (words.length < 2 || words.startsWith("urn:")) return;
      const answer = await fetch(`/explore/search?ask=${encodeURIComponent(JSON.stringify([words, 12]))}`);
      if (!answer.ok || box.value.trim() !== words) return;
      const { nodes } = await answer.json();
      const names = nodes.filter((node) => !["Source", "Claim"].includes(node.type)).map((node) => node.name);
      found.replaceChildren(...[...new Set(names)].map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }));
    }, 150);
  });
}
