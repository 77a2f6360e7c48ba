"use strict";
// Sorts and filters the sheet. Everything it shows is in the page already: without it the page is whole, only still.
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const body = sheet.tBodies[0], heads = [...sheet.tHead.rows[0].cells], rows = [...body.rows];
  const name = document.getElementById("name"), only = document.getElementById("only");
  const count = document.getElementById("count");
  const order = new Intl.Collator(undefined, { numeric: true });
  const first = new Map(rows.map((row, place) => [row, place]));

  const key = (row, column) => row.cells[column].dataset.v;
  const compare = {
    text: (a, b) => order.compare(a, b),
    number: (a, b) => Number(a) - Number(b),
  };

  function sort(column) {
    const head = heads[column], was = head.getAttribute("aria-sort");
    // names from A to Z, numbers from the top: a second press turns it around
    const usual = column === 0 ? "ascending" : "descending", other = column === 0 ? "descending" : "ascending";
    const way = was === usual ? other : usual, sign = way === "ascending" ? 1 : -1;
    const by = compare[column === 0 ? "text" : "number"];
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", way);
    rows.sort((a, b) => sign * by(key(a, column), key(b, column)) || first.get(a) - first.get(b));
    body.append(...rows);
  }

  function filter() {
    const words = name.value.trim().toLowerCase(), tag = only ? only.value : "";
    let shown = 0;
    for (const row of rows) {
      const fits = key(row, 0).includes(words) && (!tag || row.dataset.tags.split(" ").includes(tag));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${rows.length}`;
  }

  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => sort(column)));
  name.addEventListener("input", filter);
  if (only) only.addEventListener("change", filter);
  filter(); // a browser that goes back keeps what was typed
})();
