// The table of every question: rows come as data, already escaped, and are shown fifty at a time.
(() => {
  "use strict";
  const PAGE = 50;
  const source = document.getElementById("rows");
  if (!source) return;
  const {rows, words, click} = JSON.parse(source.textContent);
  const place = document.getElementById("questions");
  const find = (css) => place.querySelector(css);
  const control = (name) => find(`[name=${name}]`);
  const body = find("tbody");
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const filters = ["stage", "type", "style"].filter(control);
  const sorts = {
    sort_order: null,
    sort_unsure: (a, b) => a.confidence - b.confidence,
    sort_sure: (a, b) => b.confidence - a.confidence,
  };
  let chosen = rows;
  let first = 0;

  function choose() {
    const wanted = folded(control("search").value).split(/\s+/).filter(Boolean);
    chosen = rows.filter((row) =>
      (row.failed || !control("failed").checked)
      && filters.every((name) => !control(name).value || control(name).value === row[name])
      && wanted.every((word) => (row.folded ??= folded(row.text)).includes(word)));
    const order = sorts[control("sort").value];
    if (order) chosen.sort(order);
    first = 0;
    show();
  }

  function show() {
    const last = Math.min(first + PAGE, chosen.length);
    body.innerHTML = chosen.slice(first, last).map((row) => row.html).join("");
    const facts = {first: first + 1, last, count: chosen.length};
    find(".shown").textContent = (chosen.length ? words.shown : words.shown_none)
      .replace(/\{(\w+)\}/g, (_, name) => facts[name]);
    control("previous").disabled = first === 0;
    control("next").disabled = last === chosen.length;
    for (const each of document.querySelectorAll("button.filter")) {
      const {name, value} = each.dataset;
      each.setAttribute("aria-pressed", String(control(name).value === value));
    }
  }

  function turn(pages) {
    first += pages * PAGE;
    show();
    place.scrollIntoView();
  }

  // What the figures name by stage, type or style becomes a button that filters by it.
  function connect(name) {
    for (const each of document.querySelectorAll(`[data-${name}]`)) {
      const value = each.dataset[name];
      const label = each.querySelector(".name, th");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "filter";
      Object.assign(button.dataset, {name, value});
      button.append(...label.childNodes);
      label.append(button);
      each.classList.add("clickable");
      each.addEventListener("click", () => {
        const select = control(name);
        select.value = select.value === value ? "" : value;
        choose();
        if (select.value) place.scrollIntoView();
      });
    }
  }

  function reset() {
    control("failed").checked = false;
    control("search").value = "";
    for (const name of filters) control(name).value = "";
    control("sort").value = "sort_order";
    choose();
  }

  filters.forEach(connect);
  const hint = document.querySelector(".lost > .note");
  if (hint) hint.append(" ", click);
  let waiting = 0;
  control("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(choose, 120);
  });
  for (const name of ["failed", "sort", ...filters]) control(name).addEventListener("change", choose);
  control("reset").addEventListener("click", reset);
  control("previous").addEventListener("click", () => turn(-1));
  control("next").addEventListener("click", () => turn(1));
  find(".scripted").hidden = false;
  reset();
})();
