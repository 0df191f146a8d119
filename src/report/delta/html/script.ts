/**
 * The page's script. Plain JavaScript as text: its hash stands in the page's policy, so it must arrive in the browser byte
 * by byte. It only hides and shows what is there, and never makes markup of a value.
 */
export const SCRIPT = String.raw`"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const field = (name) => document.getElementById("filter-" + name);
  const fields = { text: field("text"), kind: field("kind"), type: field("type"), region: field("region"), category: field("category") };
  const rows = Array.from(document.querySelectorAll("li.change"), (element) => ({ element, text: null, properties: null }));
  const sections = Array.from(document.querySelectorAll("main section"), (element) => ({
    element,
    count: element.querySelector(".count"),
    rows: rows.filter((row) => element.contains(row.element)),
  })).filter((section) => section.rows.length > 0);
  const total = new Set(rows.map((row) => row.element.dataset.n)).size;
  const number = new Intl.NumberFormat("en-US");
  const noun = (n) => number.format(n) + (n === 1 ? " change" : " changes");
  const hide = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };

  // Read once, when first searched: reading all texts takes longer than drawing the page.
  const textOf = (row) => row.text ??= row.element.textContent.toLowerCase();
  const propertiesOf = (row) => row.properties ??= Array.from(row.element.querySelectorAll("tr[data-category]"));

  function matches(row, wanted) {
    const data = row.element.dataset;
    if (wanted.kind && data.kind !== wanted.kind) return false;
    if (wanted.type && data.type !== wanted.type) return false;
    if (wanted.region && data.region !== wanted.region) return false;
    if (wanted.category && !propertiesOf(row).some((each) => each.dataset.category === wanted.category)) return false;
    return wanted.words.every((word) => textOf(row).includes(word));
  }

  let category = "";
  function apply() {
    const wanted = { words: fields.text.value.toLowerCase().split(/\s+/).filter(Boolean) };
    for (const name of ["kind", "type", "region", "category"]) wanted[name] = fields[name].value;
    const seen = new Set();
    for (const section of sections) {
      let shown = 0;
      for (const row of section.rows) {
        const match = matches(row, wanted);
        hide(row.element, !match);
        if (!match) continue;
        shown += 1;
        seen.add(row.element.dataset.n);
        // Of a change with several properties, only those of the wanted category.
        if (wanted.category || category)
          for (const each of propertiesOf(row)) hide(each, wanted.category !== "" && each.dataset.category !== wanted.category);
      }
      hide(section.element, shown === 0);
      const all = section.rows.length;
      section.count.textContent = shown === all ? number.format(all) : number.format(shown) + " of " + number.format(all);
    }
    // Rows that were hidden keep what the last category hid in them until they are shown again.
    category = wanted.category || category;
    document.getElementById("shown").textContent = seen.size === total ? noun(total) : number.format(seen.size) + " of " + noun(total);
    hide(document.getElementById("nothing"), seen.size > 0);
  }

  let frame = 0;
  const later = () => { cancelAnimationFrame(frame); frame = requestAnimationFrame(apply); };
  form.addEventListener("input", later);
  form.addEventListener("reset", later);
  form.addEventListener("submit", (event) => event.preventDefault());
  // A link to a list that the filter hides must not lead nowhere.
  for (const link of document.querySelectorAll("header a"))
    link.addEventListener("click", () => {
      const target = document.querySelector(link.getAttribute("href"));
      if (target && target.hidden) { form.reset(); apply(); }
    });
  form.hidden = false;
  // Browsers keep what was typed over a reload.
  apply();
})();
`;
