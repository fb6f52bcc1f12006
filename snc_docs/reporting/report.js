"use strict";
(() => {
  const body = document.body;
  const main = document.querySelector("main");
  const status = document.querySelector("#report_status");
  const entries = [...document.querySelectorAll("#report_changes li")];
  const boxes = [...document.querySelectorAll("input[name=weight]")];
  const weights = new Map();
  for (const entry of entries) {
    if (entry.dataset.clause && !weights.has(entry.dataset.clause)) weights.set(entry.dataset.clause, entry.dataset.weight);
  }
  body.classList.add("scripted");
  let current = null;

  const weightOf = (mark) => {
    const section = mark.closest("section");
    return section ? weights.get(section.id || section.dataset.section) : undefined;
  };
  // What stands side by side in one line is one stop: a deletion and the insertion behind it.
  const marks = () => {
    const all = [...main.querySelectorAll("ins, del, figure.ins, figure.del")].filter((mark) => mark.offsetParent !== null && !mark.closest(".muted"));
    return all.filter((mark, index) => index === 0 || all[index - 1].nextSibling !== mark);
  };
  const show = (step) => {
    const stops = marks();
    if (!stops.length) { status.textContent = status.dataset.none; return; }
    const at = stops.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
    if (current) current.classList.remove("current");
    current = stops[next];
    current.classList.add("current");
    current.setAttribute("tabindex", "-1");
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "center", behavior: "instant" });
    status.textContent = status.dataset.place.replace("{n}", next + 1).replace("{all}", stops.length);
  };
  const filter = () => {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const entry of entries) entry.classList.toggle("hidden", !chosen.has(entry.dataset.weight));
    for (const section of main.querySelectorAll("section")) {
      const weight = weights.get(section.id || section.dataset.section);
      section.classList.toggle("muted", weight !== undefined && !chosen.has(weight));
    }
    const shown = entries.filter((entry) => !entry.classList.contains("hidden")).length;
    status.textContent = status.dataset.shown.replace("{n}", shown).replace("{all}", entries.length);
  };
  const words = (element, hidden) => {
    const copy = element.cloneNode(true);
    for (const each of copy.querySelectorAll(hidden)) each.remove();
    return copy.textContent.trim();
  };
  const view = (name) => {
    const beside = name === "side-by-side";
    body.classList.toggle("side-by-side", beside);
    if (beside === Boolean(main.querySelector(".beside"))) return;
    current = null;
    if (!beside) {
      for (const pair of [...main.querySelectorAll(":scope > .beside")]) pair.replaceWith(pair.querySelector(":scope > .new > section"));
      for (const heading of main.querySelectorAll("th[role]")) heading.removeAttribute("role");
      return;
    }
    for (const section of [...main.querySelectorAll(":scope > section")]) {
      const pair = document.createElement("div");
      const [left, right] = [document.createElement("div"), document.createElement("div")];
      pair.className = section.querySelector("ins, del, .ins, .del") ? "beside" : "beside same";
      left.className = "old";
      right.className = "new";
      section.replaceWith(pair);
      const copy = section.cloneNode(true);
      for (const each of [copy, ...copy.querySelectorAll("[id]")]) {
        if (each.tagName === "SECTION") each.dataset.section = each.id;
        each.removeAttribute("id");
      }
      for (const nav of copy.querySelectorAll("nav")) nav.setAttribute("aria-label", `${nav.getAttribute("aria-label")} – ${main.dataset.old}`);
      // A column that the one version lacks has an empty heading there: no heading, to who listens.
      for (const heading of copy.querySelectorAll("th")) if (!words(heading, "ins")) heading.setAttribute("role", "presentation");
      for (const heading of section.querySelectorAll("th")) if (!words(heading, "del")) heading.setAttribute("role", "presentation");
      left.append(copy);
      right.append(section);
      pair.append(left, right);
    }
  };

  for (const box of boxes) box.addEventListener("change", filter);
  for (const radio of document.querySelectorAll("input[name=view]")) radio.addEventListener("change", () => view(radio.value));
  document.querySelector("#report_next").addEventListener("click", () => show(1));
  document.querySelector("#report_previous").addEventListener("click", () => show(-1));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|select|textarea)$/i.test(event.target.tagName) && event.target.type === "text") return;
    if (event.key === "n") { show(1); event.preventDefault(); }
    if (event.key === "p") { show(-1); event.preventDefault(); }
  });
})();
