// The kept conversations: the panel beside the chat, its search, and what a tab had open before it was loaded again.
(() => {
  const root = document.documentElement;
  const { on, show, confirming } = wenju.tools;
  const memory = (act) => { try { return act(); } catch { return null; } };
  const before = memory(() => sessionStorage.getItem("wenju-conversation"));
  const wide = window.matchMedia("(min-width: 1100px)");
  let settled = false;

  const open = (wanted, lasting = true) => {
    root.dataset.history = wanted ? "open" : "closed";
    document.querySelector("[data-action=history]")?.setAttribute("aria-expanded", String(wanted));
    if (lasting) memory(() => localStorage.setItem("wenju-history", root.dataset.history));
  };
  open(wide.matches && memory(() => localStorage.getItem("wenju-history")) === "open", false);

  const seek = () => document.querySelector("#seek [data-find]");
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open(true, false);
    seek()?.focus();
    seek()?.select();
  });

  // One row in the way of naming shows its field and nothing else.
  const naming = (row, on) => {
    row.querySelector(".renaming").hidden = !on;
    row.querySelector(".pick").hidden = row.querySelector(".row-tools").hidden = on;
    const input = row.querySelector(".renaming input");
    if (on) { input.focus(); input.select(); } else row.querySelector(".pick").focus();
  };

  Object.assign(wenju, {
    history: { toggle: () => open(root.dataset.history !== "open") },

    seek(element, trigger, watch, find) {
      let waiting = 0;
      element.addEventListener("input", (event) => {
        if (!event.target.matches("[data-find]")) return;
        clearTimeout(waiting);
        waiting = setTimeout(() => trigger(find, { text: event.target.value }), 180);
      });
      element.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
          if (event.target.value) { event.target.value = ""; trigger(find, { text: "" }); return; }
          open(false, false);
          document.querySelector("#question textarea, #question input")?.focus();
        } else if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          document.querySelector("#past .pick")?.focus();
        }
      });
    },

    past(element, trigger, watch, pick, rename, remove) {
      confirming(element);
      const id = (inside) => inside.closest("[data-id]").dataset.id;
      on(element, "[data-pick]", (button) => {
        show("none");
        if (!wide.matches) open(false, false);
        document.documentElement.dataset.view === "chat" || document.querySelector("button[data-view=chat]").click();
        trigger(pick, { id: id(button) });
      });
      on(element, "[data-ask-rename]", (button) => naming(button.closest("[data-id]"), true));
      on(element, "[data-rename]", (button) => {
        trigger(rename, { id: id(button), title: button.parentElement.querySelector("input").value });
      });
      on(element, "[data-remove]", (button) => trigger(remove, { id: id(button) }));
      element.addEventListener("keydown", (event) => {
        const naming_ = event.target.closest(".renaming");
        const rows = [...element.querySelectorAll(".pick")], at = rows.indexOf(event.target);
        if (naming_ && event.key === "Enter" && !event.isComposing) naming_.querySelector("[data-rename]").click();
        else if (naming_ && event.key === "Escape") naming(naming_.closest("[data-id]"), false);
        else if (at >= 0 && event.key === "ArrowDown") { event.preventDefault(); rows[Math.min(at + 1, rows.length - 1)].focus(); }
        else if (at >= 0 && event.key === "ArrowUp") { event.preventDefault(); (rows[at - 1] || seek()).focus(); }
      });
      element.addEventListener("toggle", (event) => {
        if (event.target.open) element.querySelectorAll("details[open]").forEach((each) => { if (each !== event.target) each.open = false; });
      }, true);
      watch("value", () => {
        // The first list comes with the page, before what this tab had open is asked for again.
        const current = element.querySelector("[aria-current]");
        if (!settled) {
          settled = true;
          if (before) { trigger(pick, { id: before, resumed: true }); return; }
        }
        memory(() => current ? sessionStorage.setItem("wenju-conversation", id(current)) : sessionStorage.removeItem("wenju-conversation"));
      });
    },

    turns(element, trigger, stop, again) {
      on(element, "[data-stop]", (button) => {
        button.disabled = true;
        trigger(stop, { key: button.dataset.stop });
      });
      on(element, "[data-again]", (button) => trigger(again, { key: button.dataset.again }));
    },
  });
})();
