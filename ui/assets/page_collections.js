// The row above the list of documents: which collection is looked at, and a field for the name of one.
(() => {
  const { on, confirming } = wenju.tools;

  Object.assign(wenju, {
    collections(element, trigger, watch, choose, make, rename, drop) {
      let open = null, typed = "", held = false;
      const list = () => element.querySelector("[data-collection]");
      const form = (name) => element.querySelector(`[data-form=${name}]`);
      const shown = () => list()?.value ?? "";
      const draw = () => {
        element.querySelectorAll("[data-form]").forEach((each) => {
          each.hidden = each.dataset.form !== open;
          if (!each.hidden) each.querySelector("[data-name]").value = typed;
        });
        element.querySelectorAll("[data-naming]").forEach((each) => { each.ariaExpanded = each.dataset.naming === open; });
      };
      const begin = (name) => {
        open = name;
        typed = form(name).dataset.of;
        draw();
        form(name).querySelector("[data-name]").select();
      };
      const leave = () => {
        const name = open;
        open = null;
        draw();
        element.querySelector(`[data-naming=${name}]`)?.focus();
      };
      const save = () => {
        const said = { name: typed, of: form(open).dataset.of };
        trigger(open === "make" ? make : rename, said);
      };
      confirming(element);
      on(element, "[data-naming]", ({ dataset }) => { if (open === dataset.naming) leave(); else begin(dataset.naming); });
      on(element, "[data-leave]", leave);
      on(element, "[data-save]", save);
      on(element, "[data-drop]", ({ dataset }) => trigger(drop, { of: dataset.drop }));
      element.addEventListener("input", ({ target }) => { if (target.matches("[data-name]")) typed = target.value; });
      element.addEventListener("keydown", (event) => {
        if (event.isComposing || !event.target.matches("[data-name]")) return;
        if (event.key === "Enter") save();
        if (event.key === "Escape") leave();
      });
      element.addEventListener("change", ({ target }) => {
        if (!target.matches("[data-collection]")) return;
        open = null;
        trigger(choose, { name: target.value });
      });
      // The row is made anew when something changes, perhaps while somebody types in it.
      element.addEventListener("focusin", () => { held = true; });
      element.addEventListener("focusout", ({ target, relatedTarget }) => {
        if (target.isConnected && !element.contains(relatedTarget)) held = false;
      });
      let before = shown();
      watch("value", () => {
        if (shown() !== before) open = null;  // what was asked for is done
        before = shown();
        if (open && !form(open)) open = null;
        draw();
        if (!held || document.activeElement !== document.body) return;
        const now = open ? form(open).querySelector("[data-name]") : list();
        now?.focus();
        if (open) now.setSelectionRange(typed.length, typed.length);
      });
    },
  });
})();
