// The settings: theme and language are this browser's own; how questions are answered goes to the server, and is
// remembered here for the next time.
(() => {
  const { on, show, leave, theme } = wenju.tools;
  const KEY = "wenju-ways";
  const memory = (act) => { try { return act(); } catch { return null; } };
  const kept = () => memory(() => JSON.parse(localStorage.getItem(KEY))) || {};
  const arrived = wenju.arrived;
  let restore = () => {};

  Object.assign(wenju, {
    // Not with the first new value: where that is what the page began with, none comes.
    arrived() { restore(); arrived(); },

    settings(element, trigger, watch, choose) {
      const told = () => {
        const chosen = memory(() => localStorage.getItem("wenju-theme")) || "system";
        element.querySelectorAll("[name=theme]").forEach((box) => { box.checked = box.value === chosen; });
        // What somebody has changed no longer follows its attributes, and that is all that comes with a new value.
        element.querySelectorAll("[data-set]").forEach((box) => {
          if (box.type === "radio") box.checked = box.defaultChecked;
          else if (box !== document.activeElement) box.value = box.defaultValue;
        });
      };
      const tell = (ways) => {
        memory(() => localStorage.setItem(KEY, JSON.stringify(ways)));
        trigger(choose, ways);
      };
      element.addEventListener("change", ({ target }) => {
        if (target.name === "theme") theme(target.value);
        if (target.name === "language") document.querySelector("#header [data-action=language]").click();
        if (!target.matches("[data-set]")) return;
        if (target.type === "radio") return tell({ ...kept(), [target.dataset.set]: target.value });
        const value = Math.round(Number(target.value));
        const inside = target.value !== "" && value >= Number(target.min) && value <= Number(target.max);
        tell({ ...kept(), [target.dataset.set]: inside ? value : null });
      });
      on(element, "[data-as-set]", () => tell({}));
      on(element, "[data-action=close]", () => {
        leave();
        document.querySelector("#header [data-action=settings]").focus();
      });
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") show("none"); });
      restore = () => {
        if (Object.values(kept()).some((value) => value !== null)) trigger(choose, kept());
      };
      watch("value", told);
      told();
    },
  });
})();
