// What the browser does by itself: which view and panel are open, scrolling to the quote, light and dark, asking before a
// removal, keeping what is being typed. Everything with content is asked of the server through the events of the widgets.
window.wenju = (() => {
  const root = document.documentElement;
  let lastSource = null, started = false;

  const show = (panel) => { root.dataset.panel = panel; };
  const VIEWS = ["chat", "evaluation"];
  const visit = (view) => {
    root.dataset.view = view;
    document.querySelectorAll("[data-view]").forEach((each) => {
      if (each === root) return;
      if (each.dataset.view === view) each.setAttribute("aria-current", "page"); else each.removeAttribute("aria-current");
    });
  };
  const on = (element, selector, act) => element.addEventListener("click", (event) => {
    const found = event.target.closest(selector);
    if (found && element.contains(found)) act(found);
  });

  const dark = (wanted) => {
    document.body.classList.toggle("dark", wanted);
    root.style.colorScheme = wanted ? "dark" : "light";
  };
  const chosen = () => { try { return localStorage.getItem("wenju-theme"); } catch { return null; } };
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const settle = () => dark(chosen() ? chosen() === "dark" : system.matches);
  system.addEventListener("change", settle);
  const theme = (wanted) => {
    try {
      if (wanted === "system") localStorage.removeItem("wenju-theme"); else localStorage.setItem("wenju-theme", wanted);
    } catch { /* private window */ }
    settle();
  };

  const leave = () => {
    show("none");
    if (lastSource && lastSource.isConnected) lastSource.focus();
  };

  // Larger files than the server takes are left out here by name; Gradio would refuse all that were chosen with them.
  const sieve = (event) => {
    const rule = document.querySelector("[data-limit]");
    if (!rule || !event.target.matches("#files-view input[type=file], #assess input[type=file]")) return;
    const files = [...event.target.files];
    const large = files.filter((file) => file.size > Number(rule.dataset.limit));
    document.querySelector("#too-large")?.remove();
    if (!large.length) return;
    const said = Object.assign(document.createElement("p"), { id: "too-large", className: "error", role: "alert" });
    said.textContent = rule.dataset.tooLarge.replace("%s", () => large.map((file) => file.name).join("、"));
    event.target.closest("#files-view, #assess").querySelector("#upload, #upload-test-set").after(said);
    const rest = new DataTransfer();
    files.filter((file) => !large.includes(file)).forEach((file) => rest.items.add(file));
    event.target.files = rest.files;
    if (!rest.files.length) event.stopImmediatePropagation();
  };
  document.addEventListener("change", sieve, true);

  // A right answer that is being typed stays until the server has kept it, whatever is shown anew meanwhile.
  const drafts = new Map();
  const amending = (element, trigger, amend) => {
    const key = (inside) => inside.closest("[data-key]").dataset.key;
    const keep = (button, absent) => {
      const input = button.closest(".amend").querySelector("input");
      if (absent) { drafts.delete(key(button)); input.value = ""; }
      trigger(amend, { key: key(button), answer: input.value, absent });
    };
    element.addEventListener("input", (event) => {
      if (event.target.matches(".amend input")) drafts.set(key(event.target), event.target.value);
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && event.target.matches(".amend input")) keep(event.target, false);
    });
    on(element, "[data-save]", (button) => keep(button, false));
    on(element, "[data-absent]", (button) => keep(button, true));
    return () => element.querySelectorAll(".amend input").forEach((input) => {
      const kept = input.getAttribute("value"), draft = drafts.get(key(input));
      if (draft !== undefined && draft.trim() === kept) drafts.delete(key(input));
      const wanted = drafts.get(key(input)) ?? kept;
      if (input.value !== wanted) input.value = wanted;
    });
  };
  const confirming = (element) => {
    const ask = (row, asking) => {
      row.querySelector(".remove").hidden = asking;
      row.querySelector(".confirm").hidden = !asking;
      row.querySelector(asking ? "[data-keep]" : ".remove").focus();
    };
    on(element, "[data-ask-remove]", (button) => ask(button.parentElement, true));
    on(element, "[data-keep]", (button) => ask(button.closest(".confirm").parentElement, false));
  };

  root.ariaBusy = "true";
  show("none");
  visit(VIEWS.find((view) => `#${view}` === location.hash) || VIEWS[0]);
  return {
    // for the other scripts of the page, which add their widgets to this object
    tools: { on, show, confirming, leave, theme, from(element) { lastSource = element; } },
    arrived() { root.ariaBusy = "false"; },

    header(element, trigger, watch, again, language) {
      settle();
      const name = () => { root.lang = element.querySelector("[data-lang]")?.dataset.lang || "zh-Hans"; };
      name();
      visit(root.dataset.view);
      watch("value", () => {
        name();
        visit(root.dataset.view);
        document.title = element.querySelector("h1")?.textContent || document.title;
      });
      on(element, "button[data-view]", ({ dataset }) => {
        visit(dataset.view);
        history.replaceState(null, "", `${location.search}#${dataset.view}`);
      });
      on(element, "[data-action]", ({ dataset }) => {
        if (dataset.action === "theme") {
          theme(document.body.classList.contains("dark") ? "light" : "dark");
        } else if (dataset.action === "settings") {
          if (root.dataset.view !== "chat") document.querySelector("button[data-view=chat]").click();
          show(root.dataset.panel === "settings" ? "none" : "settings");
        } else if (dataset.action === "files") {
          show(root.dataset.panel === "files" ? "none" : "files");
        } else if (dataset.action === "history") {
          wenju.history.toggle();
        } else if (dataset.action === "new") {
          show("none");
          trigger(again);
        } else if (dataset.action === "language") {
          const next = root.lang.startsWith("zh") ? "en" : "zh";
          history.replaceState(null, "", `?lang=${next}${location.hash}`);
          trigger(language);
        }
      });
    },

    conversation(element, trigger, watch, ask, source, thumb, amend, stop, again) {
      let turns = 0, waiting = false;
      wenju.turns(element, trigger, stop, again);
      const restore = amending(element, trigger, amend);
      on(element, "[data-thumb]", (button) => {
        const pressed = button.getAttribute("aria-pressed") === "true";
        button.parentElement.querySelectorAll("[data-thumb]").forEach((each) =>
          each.setAttribute("aria-pressed", String(each === button && !pressed)));
        trigger(thumb, { key: button.closest("[data-key]").dataset.key, thumb: button.dataset.thumb });
      });
      on(element, "[data-question]", ({ dataset }) => trigger(ask, { question: dataset.question }));
      // How a follow-up was understood goes into the box, to be put right and asked again.
      on(element, "[data-retype]", ({ dataset }) => {
        const box = document.querySelector("#question textarea, #question input");
        box.value = dataset.retype;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        box.focus();
      });
      on(element, "[data-source]", (button) => {
        lastSource = button;
        const { turn, source: place, copy } = button.dataset;
        show("document");
        trigger(source, { turn: Number(turn), source: Number(place), copy: copy === undefined ? null : Number(copy) });
        window.wenju.tools.reveal();
      });
      watch("value", () => {
        const all = element.querySelectorAll(".turn");
        const scroller = document.querySelector("#conversation");
        const pending = element.querySelector(".pending") !== null;
        if (all.length && (all.length !== turns || (waiting && !pending))) {
          const last = all[all.length - 1];
          scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
        }
        if (!all.length) scroller.scrollTop = 0;
        [turns, waiting] = [all.length, pending];
        restore();
      });
    },

    scope(element, trigger, watch, choose) {
      const lists = () => [...element.querySelectorAll(".choice")];
      const boxes = (list) => [...list.querySelectorAll("[type=checkbox]")];
      const close = (but) => lists().forEach((list) => { if (list !== but) list.open = false; });
      const tell = () => {
        const said = {};
        lists().forEach((list) => {
          const ticked = said[list.dataset.field] = boxes(list).filter((box) => box.checked).map((box) => box.value);
          list.querySelector("summary b").textContent = ticked.length || "";
        });
        element.querySelector("[data-clear]").hidden = Object.values(said).every((ticked) => !ticked.length);
        trigger(choose, { collections: [], documents: [], issuers: [], years: [], ...said });
      };
      element.addEventListener("change", (event) => { if (event.target.matches("[type=checkbox]")) tell(); });
      element.addEventListener("input", (event) => {
        if (!event.target.matches("[data-filter]")) return;
        const wanted = event.target.value.trim().toLowerCase();
        event.target.closest(".choices").querySelectorAll("li").forEach((row) => {
          row.hidden = !row.textContent.toLowerCase().includes(wanted);
        });
      });
      element.addEventListener("toggle", (event) => { if (event.target.open) close(event.target); }, true);
      element.addEventListener("keydown", (event) => {
        const list = event.target.closest(".choice[open]");
        if (event.key !== "Escape" || !list) return;
        list.open = false;
        list.querySelector("summary").focus();
      });
      ["click", "focusin"].forEach((kind) => document.addEventListener(kind, (event) => {
        if (!element.contains(event.target)) close();
      }));
      on(element, "[data-clear]", () => {
        lists().flatMap(boxes).forEach((box) => { box.checked = false; });
        element.querySelector("summary").focus();
        tell();
      });
    },

    intro(element) {
      // Only a help: Gradio's own check would say what is wrong in English and over the page.
      document.querySelector("#assess input[type=file]")?.setAttribute("accept", element.querySelector("[data-accept]").dataset.accept);
    },

    setup(element, trigger, watch, choose, start) {
      on(element, "[data-choose]", ({ dataset }) => trigger(choose, { origin: dataset.choose }));
      on(element, "[data-start]", () => {
        started = true;
        trigger(start, { leave_one_out: element.querySelector("[data-leave-one-out]").checked });
      });
    },

    outcome(element, trigger, watch, stop) {
      on(element, "[data-stop]", () => trigger(stop));
      watch("value", () => {
        const result = element.querySelector("#result");
        if (!started || !result) return;
        started = false;
        result.focus();
      });
    },

    kept(element, trigger, watch, choose, amend, remove, all) {
      const restore = amending(element, trigger, amend);
      confirming(element);
      on(element, "[data-evaluate]", () => {
        trigger(choose, { origin: "feedback" });
        document.querySelector("#setup").scrollIntoView({ block: "center" });
      });
      on(element, "[data-remove]", (button) => trigger(remove, { key: button.closest("[data-key]").dataset.key }));
      on(element, "[data-remove-all]", () => trigger(all));
      watch("value", restore);
    },
  };
})();
