// What the browser does by itself: which panel is open, scrolling to the quote, light and dark, asking before a removal.
// Everything with content is asked of the server through the events named in ui/app.py.
window.wenju = (() => {
  const root = document.documentElement;
  let lastSource = null;

  const show = (panel) => { root.dataset.panel = panel; };
  const on = (element, selector, act) => element.addEventListener("click", (event) => {
    const found = event.target.closest(selector);
    if (found && element.contains(found)) act(found);
  });

  const dark = (wanted) => {
    document.body.classList.toggle("dark", wanted);
    root.style.colorScheme = wanted ? "dark" : "light";
  };
  const chosen = () => { try { return localStorage.getItem("wenju-theme"); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem("wenju-theme", theme); } catch { /* private window */ } };
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const settle = () => dark(chosen() ? chosen() === "dark" : system.matches);
  system.addEventListener("change", settle);

  const reveal = () => {
    const cited = document.querySelector("#document #cited");
    const panel = document.querySelector("#document");
    if (!cited) { if (panel) panel.scrollTop = 0; return; }
    (cited.querySelector("mark") || cited.querySelector(".cited") || cited).scrollIntoView({ block: "center" });
    cited.focus({ preventScroll: true });
  };
  const leave = () => {
    show("none");
    if (lastSource && lastSource.isConnected) lastSource.focus();
  };

  // Larger files than the server takes are left out here by name; Gradio would refuse all that were chosen with them.
  const sieve = (event) => {
    const rule = document.querySelector("[data-limit]");
    if (!rule || !event.target.matches("#files-view input[type=file]")) return;
    const files = [...event.target.files];
    const large = files.filter((file) => file.size > Number(rule.dataset.limit));
    document.querySelector("#too-large")?.remove();
    if (!large.length) return;
    const said = Object.assign(document.createElement("p"), { id: "too-large", className: "error", role: "alert" });
    said.textContent = rule.dataset.tooLarge.replace("%s", () => large.map((file) => file.name).join("、"));
    document.querySelector("#upload").after(said);
    const rest = new DataTransfer();
    files.filter((file) => !large.includes(file)).forEach((file) => rest.items.add(file));
    event.target.files = rest.files;
    if (!rest.files.length) event.stopImmediatePropagation();
  };
  document.addEventListener("change", sieve, true);

  show("none");
  return {
    header(element, trigger, watch, again, language) {
      settle();
      const name = () => { root.lang = element.querySelector("[data-lang]")?.dataset.lang || "zh-Hans"; };
      name();
      watch("value", () => {
        name();
        document.title = element.querySelector("h1")?.textContent || document.title;
      });
      on(element, "[data-action]", ({ dataset }) => {
        if (dataset.action === "theme") {
          const wanted = !document.body.classList.contains("dark");
          remember(wanted ? "dark" : "light");
          dark(wanted);
        } else if (dataset.action === "files") {
          show(root.dataset.panel === "files" ? "none" : "files");
        } else if (dataset.action === "new") {
          show("none");
          trigger(again);
        } else if (dataset.action === "language") {
          const next = root.lang.startsWith("zh") ? "en" : "zh";
          history.replaceState(null, "", `?lang=${next}`);
          trigger(language);
        }
      });
    },

    conversation(element, trigger, watch, ask, source) {
      let turns = 0;
      on(element, "[data-question]", ({ dataset }) => trigger(ask, { question: dataset.question }));
      on(element, "[data-source]", (button) => {
        lastSource = button;
        const { turn, source: place } = button.dataset;
        show("document");
        trigger(source, { turn: Number(turn), source: Number(place) });
        reveal();
      });
      watch("value", () => {
        const all = element.querySelectorAll(".turn");
        const scroller = document.querySelector("#conversation");
        if (all.length && (all.length !== turns || all[all.length - 1].querySelector(".reply > :not(.pending)"))) {
          const last = all[all.length - 1];
          scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
        }
        if (!all.length) scroller.scrollTop = 0;
        turns = all.length;
      });
    },

    document(element, trigger, watch) {
      on(element, "[data-action=back]", () => show("files"));
      on(element, "[data-action=close]", leave);
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
      watch("value", () => requestAnimationFrame(reveal));
    },

    files(element, trigger, watch, open, remove) {
      const ask = (row, asking) => {
        row.querySelector(".remove").hidden = asking;
        row.querySelector(".confirm").hidden = !asking;
        row.querySelector(asking ? "[data-keep]" : ".remove").focus();
      };
      on(element, "[data-open]", (button) => {
        lastSource = button;
        show("document");
        trigger(open, { id: button.dataset.open });
      });
      on(element, "[data-ask-remove]", (button) => ask(button.closest("li"), true));
      on(element, "[data-keep]", (button) => ask(button.closest("li"), false));
      on(element, "[data-remove]", (button) => trigger(remove, { id: button.dataset.remove }));
    },

    status() {},
  };
})();
