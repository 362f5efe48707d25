// The open document: its places one after the other, the page as it was printed, the address that opens it again, and
// copying. What is shown comes from the server; which place is the current one is known here.
(() => {
  const root = document.documentElement, { on, show, leave } = window.wenju.tools;
  const PREFIX = "#source=", ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];
  let place = -1, zoom = 2, turnTo = () => {}, stepTo = () => {}, follow = () => {}, refocus = "";

  const row = () => document.querySelector("#document .tools");
  const known = new WeakMap();
  const facts = () => {
    const tools = row();
    if (!tools?.dataset.places) return { places: [], references: [] };
    if (!known.has(tools)) known.set(tools, JSON.parse(tools.dataset.places));
    return known.get(tools);
  };
  const printed = () => root.dataset.leaf === "page";

  // the address
  const address = () => {
    const id = row()?.dataset.document;
    if (!id || root.dataset.panel !== "document") return;
    const query = new URLSearchParams(location.search);
    query.set("lang", root.lang.startsWith("zh") ? "zh" : "en");
    history.replaceState(null, "", `?${query}${PREFIX}${facts().places[place]?.[0] ?? id}`);
  };
  const open = () => {
    if (!location.hash.startsWith(PREFIX)) return;
    let link = location.hash.slice(PREFIX.length);
    try { link = decodeURIComponent(link); } catch { /* the server says that it leads nowhere */ }
    root.dataset.leaf = "text";
    show("document");
    follow({ link });
  };
  window.addEventListener("hashchange", open);
  new MutationObserver(() => {
    if (root.dataset.panel !== "document" && location.hash.startsWith(PREFIX)) {
      history.replaceState(null, "", location.pathname + location.search);
    }
  }).observe(root, { attributeFilter: ["data-panel"] });

  // the places
  const count = () => {
    const tools = row(), total = facts().places.length;
    document.querySelectorAll("#document .place.here").forEach((each) => each.classList.remove("here"));
    document.querySelector(`#document [data-place="${place}"]`)?.classList.add("here");
    tools?.querySelectorAll("[data-step]").forEach((button) => {
      const wanted = place + Number(button.dataset.step);
      button.setAttribute("aria-disabled", String(wanted < 0 || wanted >= total));
    });
    const shown = tools?.querySelector(".step-count");
    const said = tools?.dataset.counting?.replace("%s", place + 1);
    if (shown && shown.textContent !== said) shown.textContent = said;
    address();
  };
  const bring = (element, block) => {
    element.scrollIntoView({ block });
    // What was never seen had only a guessed height: once it is laid out, once more.
    requestAnimationFrame(() => element.scrollIntoView({ block }));
  };
  const reveal = () => {
    place = Number(row()?.dataset.current ?? -1);
    count();
    const pages = row()?.querySelector("[data-leaf=page]");
    if (printed() && pages) turnTo({ place, page: null });
    else root.dataset.leaf = "text";
    pressed();
    const cited = document.querySelector("#document #cited");
    const panel = document.querySelector("#document");
    if (!cited) { if (panel) panel.scrollTop = 0; return; }
    if (printed()) return;
    const here = cited.querySelector(".place.here mark") || cited.querySelector("mark") || cited.querySelector(".cited");
    bring(here || cited, "center");
    cited.focus({ preventScroll: true });
  };
  const step = (by) => {
    const { places } = facts(), wanted = place + by;
    if (!(wanted in places)) return;
    const here = document.querySelector(`#document [data-place="${wanted}"]`);
    const same = places[wanted][0].split(":")[0] === row().dataset.document;
    if (!same || (!here && !printed())) { stepTo({ place: wanted }); return; }
    place = wanted;
    count();
    if (printed()) { turnTo({ place, page: null }); return; }
    bring(here, "center");
    here.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || root.dataset.panel !== "document") return;
    if (event.target.closest("input, textarea, select, [contenteditable=true]")) return;
    const by = { "[": -1, "【": -1, "]": 1, "】": 1 }[event.key] ?? { BracketLeft: -1, BracketRight: 1 }[event.code];
    if (!by || !facts().places.length) return;
    event.preventDefault();
    step(by);
  });

  // text or page
  const pressed = () => document.querySelectorAll("#document .tools [data-leaf]").forEach((button) =>
    button.setAttribute("aria-pressed", String(button.dataset.leaf === root.dataset.leaf)));
  const showText = () => {
    root.dataset.leaf = "text";
    pressed();
    const here = document.querySelector("#document .place.here") || document.querySelector("#document #cited");
    if (here) { bring(here, "center"); here.focus({ preventScroll: true }); }
  };
  const size = (leaf) => {
    const sheet = leaf.querySelector(".sheet"), image = leaf.querySelector("[data-picture]");
    if (!sheet || !image) return;
    sheet.style.width = `${ZOOMS[zoom] * 100}%`;
    leaf.querySelectorAll("[data-zoom]").forEach((button) => {
      const by = Number(button.dataset.zoom);
      button.disabled = by !== 0 && !(zoom + by in ZOOMS);
    });
    const needed = sheet.clientWidth * window.devicePixelRatio;
    const widths = image.dataset.widths.split(",").map(Number);
    const source = `${image.dataset.picture}?width=${widths.find((width) => width >= needed) ?? widths.at(-1)}`;
    if (image.getAttribute("src") !== source) image.src = source;
  };

  // copying
  const toast = (text, failed) => {
    let said = document.querySelector("#said");
    if (!said) {
      said = Object.assign(document.createElement("div"), { id: "said" });
      said.setAttribute("role", "status");
      document.querySelector("#page").append(said);
    }
    clearTimeout(said.timer);
    said.replaceChildren();
    // A moment later, so that the same words are announced again.
    requestAnimationFrame(() => {
      said.textContent = text;
      if (failed === undefined) { said.timer = setTimeout(() => said.replaceChildren(), 2500); return; }
      const box = Object.assign(document.createElement("textarea"), { value: failed, readOnly: true, rows: 3 });
      box.addEventListener("blur", () => said.replaceChildren());
      box.addEventListener("keydown", (event) => { if (event.key === "Escape") box.blur(); });
      said.append(box);
      box.focus();
      box.select();
    });
  };
  const byCommand = (text) => {
    const before = document.activeElement;
    const box = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    box.style.cssText = "position:fixed;top:0;left:0;opacity:0";
    document.body.append(box);
    box.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* the words are shown instead */ }
    box.remove();
    before?.focus({ preventScroll: true });
    return done;
  };
  const copy = async (text, button) => {
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch { done = byCommand(text); }
    toast(done ? button.dataset.copied : button.dataset.notCopied, done ? undefined : text);
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#page [data-copy], #page [data-copy-link], #page [data-copy-reference]");
    if (!button) return;
    if ("copyLink" in button.dataset) { address(); copy(location.href, button); return; }
    const { places, references } = facts();
    copy(button.dataset.copy ?? references[places[place]?.[1] ?? 0] ?? "", button);
  });

  root.dataset.leaf = "text";
  window.wenju.tools.reveal = reveal;
  const arrived = window.wenju.arrived;
  Object.assign(window.wenju, {
    arrived() { arrived(); open(); },

    document(element, trigger, watch, listed, step_, link) {
      stepTo = (wanted) => trigger(step_, wanted);
      follow = (wanted) => trigger(link, wanted);
      on(element, "[data-open]", (button) => trigger(listed, { id: button.dataset.open }));
      on(element, "[data-action=back]", () => show("files"));
      on(element, "[data-action=close]", leave);
      on(element, "[data-step]", (button) => step(Number(button.dataset.step)));
      on(element, "[data-leaf]", ({ dataset }) => {
        element.querySelector(".leaf-said")?.remove();
        if (dataset.leaf === "text") { showText(); return; }
        root.dataset.leaf = "page";
        pressed();
        turnTo({ place, page: null });
      });
      on(element, "[data-section]", ({ dataset }) => {
        const heading = element.querySelector(`[data-at="${dataset.section}"]`);
        if (!heading) return;
        element.querySelector(".outline").open = false;
        element.style.setProperty("--above", `${row().offsetHeight + 8}px`);
        heading.tabIndex = -1;
        bring(heading, "start");
        heading.focus({ preventScroll: true });
      });
      element.addEventListener("toggle", ({ target }) => {
        const here = target.open && target.querySelector("li:has([aria-current])");
        if (here) here.parentElement.scrollTop = here.offsetTop - here.parentElement.clientHeight / 2;
      }, true);
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
      watch("value", () => requestAnimationFrame(reveal));
    },

    leaf(element, trigger, watch, turn) {
      turnTo = (wanted) => trigger(turn, wanted);
      on(element, "[data-turn]", ({ dataset, nextElementSibling }) => {
        refocus = nextElementSibling ? "[data-turn]:first-child" : "[data-turn]:last-child";
        turnTo({ place, page: Number(dataset.turn) });
      });
      on(element, "[data-zoom]", ({ dataset }) => {
        zoom = Number(dataset.zoom) ? zoom + Number(dataset.zoom) : ZOOMS.indexOf(1);
        size(element);
      });
      element.addEventListener("error", ({ target }) => {
        if (!target.matches("[data-picture]")) return;
        element.querySelector(".leaf-failed").hidden = false;
      }, true);
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
      new ResizeObserver(() => size(element)).observe(element);
      watch("value", () => requestAnimationFrame(() => {
        const lack = element.querySelector(".error:not(.leaf-failed)");
        if (lack && printed()) {
          document.querySelector("#document .leaf-said")?.remove();
          const said = lack.cloneNode(true);
          said.classList.add("leaf-said");
          row().after(said);
          showText();
          return;
        }
        if (!printed()) return;
        size(element);
        const box = element.querySelector("#boxed");
        const wanted = refocus && element.querySelector(`${refocus}:not(:disabled)`);
        if (box) box.scrollIntoView({ block: "center", inline: "center" });
        else element.scrollTop = 0;
        (wanted || box)?.focus({ preventScroll: true });
        refocus = "";
      }));
    },
  });
})();
