// The list of documents: what is searched for while one types, which rows are ticked, what is closed while a job of this
// tab is at work. The rows themselves are made by the server.
(() => {
  const { on, show, confirming, from } = wenju.tools;
  const SOON = 180;
  const ticked = new Map();
  const TITLES = 3;
  let inHand = null;

  const idle = () => {
    const busy = document.querySelector("#status .progress") !== null;
    document.querySelectorAll("#add-row, #adding, #foot").forEach((each) => { each.inert = busy; });
    document.querySelectorAll("#files .remove, #files .danger, #status [data-drop-gone]").forEach((each) => {
      each.disabled = busy;
    });
  };
  // What is shown anew takes the focus away from a button that is there again.
  const refocus = (element) => {
    if (!inHand) return;
    const again = element.querySelector(inHand);
    inHand = null;
    if (again && (document.activeElement === document.body || document.activeElement === null)) again.focus();
  };
  const quoted = (value) => `"${CSS.escape(value)}"`;

  const ticking = (element) => {
    const several = () => element.querySelector(".several");
    const boxes = () => [...element.querySelectorAll("[data-tick]")];
    const count = (text) => text.replace("%s", ticked.size);
    const draw = (asking = false) => {
      if (!several()) return;
      boxes().forEach((box) => { box.checked = ticked.has(box.dataset.tick); });
      const all = several().querySelector("[data-tick-page]"), on = boxes().filter((box) => box.checked).length;
      all.checked = on > 0 && on === boxes().length;
      all.indeterminate = on > 0 && on < boxes().length;
      const list = several().querySelector("[data-into]");
      if (list && [...list.options].some((each) => each.value === into)) list.value = into;
      several().querySelectorAll(".ticked, .sorting").forEach((each) => { each.hidden = !ticked.size || asking; });
      several().querySelector(".confirm").hidden = !ticked.size || !asking;
      const said = several().querySelector("[data-count]"), confirm = several().querySelector("[data-confirm]");
      said.textContent = ticked.size ? count(said.dataset.count) : "";
      confirm.textContent = count(confirm.dataset.confirm);
      const titles = several().querySelector(".titles"), names = [...ticked.values()];
      titles.textContent = names.slice(0, TITLES).map((name) => `《${name}》`).join("")
        + (names.length > TITLES ? titles.dataset.more : "");
    };
    element.addEventListener("change", ({ target }) => {
      const change = (box, wanted) => {
        if (wanted) ticked.set(box.dataset.tick, box.dataset.title); else ticked.delete(box.dataset.tick);
      };
      if (target.matches("[data-tick]")) change(target, target.checked);
      else if (target.matches("[data-tick-page]")) boxes().forEach((box) => change(box, target.checked));
      else return;
      draw();
    });
    // Where they are to go outlives what is shown anew.
    let into = "";
    element.addEventListener("change", ({ target }) => { if (target.matches("[data-into]")) into = target.value; });
    on(element, "[data-untick]", () => { ticked.clear(); draw(); element.querySelector("[data-tick-page]").focus(); });
    on(element, "[data-ask-ticked]", () => { draw(true); element.querySelector("[data-keep-ticked]").focus(); });
    on(element, "[data-keep-ticked]", () => { draw(); element.querySelector(".several .remove").focus(); });
    return draw;
  };

  Object.assign(wenju, {
    adding(element, trigger, watch, addPath) {
      const add = () => {
        const box = element.querySelector("[data-path]");
        trigger(addPath, { typed: box.value });  // "path" is a name that Gradio takes for a file of its own
      };
      let kept = "";
      element.addEventListener("input", (event) => { if (event.target.matches("[data-path]")) kept = event.target.value; });
      element.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing && event.target.matches("[data-path]")) add();
      });
      on(element, "[data-add-path]", add);
      watch("value", () => {
        const box = element.querySelector("[data-path]");
        if (box) box.value = kept;
      });
    },

    status(element, trigger, watch, drop) {
      on(element, "[data-drop-gone]", (button) => { button.disabled = true; trigger(drop); });
      watch("value", idle);
    },

    activity() {},

    finder(element, trigger, watch, find) {
      let waiting = null, words = "";
      const look = () => {
        clearTimeout(waiting);
        const said = { words };
        element.querySelectorAll("[data-find]").forEach((each) => { said[each.dataset.find] = each.value; });
        trigger(find, said);
      };
      const soon = () => { clearTimeout(waiting); waiting = setTimeout(look, SOON); };
      let typing = false, place = 0;
      element.addEventListener("input", ({ target }) => {
        if (!target.matches("[data-words]")) return;
        words = target.value;
        if (!typing) soon();
      });
      element.addEventListener("compositionstart", () => { typing = true; });
      element.addEventListener("compositionend", () => { typing = false; soon(); });
      element.addEventListener("change", ({ target }) => { if (target.matches("[data-find]")) look(); });
      // The box is made anew when documents come or go, perhaps while somebody types in it.
      let held = false;
      element.addEventListener("focusin", ({ target }) => { held = target.matches("[data-words]"); });
      element.addEventListener("focusout", ({ target }) => {
        if (!target.isConnected) return;
        place = target.selectionStart ?? 0;
        held = false;
      });
      wenju.forget = () => {
        words = "";
        element.querySelectorAll("[data-words], [data-find]").forEach((each) => {
          if (each.matches("select")) each.selectedIndex = each.dataset.find === "order" ? each.selectedIndex : 0;
          else each.value = "";
        });
        look();
      };
      watch("value", () => {
        const box = element.querySelector("[data-words]");
        if (!box) return;
        box.value = words;
        if (held && document.activeElement === document.body) {
          box.focus();
          box.setSelectionRange(words.length, words.length);
        }
      });
    },

    files(element, trigger, watch, open, remove, turn, details, put, take) {
      confirming(element);
      const draw = ticking(element);
      const scroller = document.querySelector("#files-view");
      on(element, "[data-open]", (button) => {
        from(button);
        show("document");
        trigger(open, { id: button.dataset.open, field: button.dataset.field ?? null });
      });
      on(element, "[data-remove]", ({ dataset }) => { ticked.delete(dataset.remove); trigger(remove, { ids: [dataset.remove] }); });
      on(element, "[data-remove-ticked]", () => {
        trigger(remove, { ids: [...ticked.keys()] });
        ticked.clear();
      });
      on(element, "[data-put]", () => {
        trigger(put, { ids: [...ticked.keys()], into: element.querySelector("[data-into]").value });
        ticked.clear();
        draw();
      });
      on(element, "[data-take]", ({ dataset }) => {
        trigger(take, { ids: [...ticked.keys()], of: dataset.take });
        ticked.clear();
        draw();
      });
      on(element, "[data-details]", ({ dataset }) => {
        inHand = `[data-details=${quoted(dataset.details)}]`;
        trigger(details, { id: dataset.details });
      });
      on(element, "[data-page]", ({ dataset }) => {
        inHand = ".files .file";
        trigger(turn, { page: Number(dataset.page) });
      });
      on(element, "[data-clear-view]", () => wenju.forget());
      let page = "";
      watch("value", () => {
        draw();
        idle();
        refocus(element);
        const now = element.querySelector(".pages span")?.textContent ?? "";
        if (now !== page && page) scroller.scrollTop = Math.min(scroller.scrollTop, element.offsetTop - scroller.offsetTop);
        page = now;
      });
    },

    foot(element, trigger, watch, refresh) {
      on(element, "[data-refresh]", () => trigger(refresh));
      watch("value", idle);
    },
  });
})();
