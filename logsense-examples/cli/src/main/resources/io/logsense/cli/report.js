"use strict";
(() => {
  const table = document.getElementById("groups");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const groups = Array.from(table.tBodies);
  const texts = new Map(groups.map((g) => [g, g.textContent.toLowerCase()]));
  const chips = Array.from(document.querySelectorAll("[data-filter]"));
  let filter = "problem";
  let current = null;

  const visible = () => Array.from(table.tBodies).filter((g) => !g.hidden);
  const matches = (g) =>
    filter === "all" || g.dataset.tags.split(" ").includes(filter);

  function refresh() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const g of groups) {
      const text = texts.get(g);
      g.hidden = !(matches(g) && words.every((w) => text.includes(w)));
      if (!g.hidden) count++;
    }
    shown.textContent = count + " of " + groups.length + " shown";
    nothing.hidden = count > 0;
    if (current && current.hidden) select(null);
  }

  function choose(name) {
    filter = name;
    for (const chip of chips) {
      chip.setAttribute("aria-pressed", String(chip.dataset.filter === name));
    }
    refresh();
  }

  function select(g) {
    if (current) current.classList.remove("current");
    current = g;
    if (g) {
      g.classList.add("current");
      const link = g.querySelector(".title");
      link.focus({ preventScroll: true });
      g.rows[0].scrollIntoView({ block: "nearest" });
    }
  }

  function toggle(g, open) {
    g.classList.toggle("open", open);
    const isOpen = g.classList.contains("open");
    g.querySelector(".title").setAttribute("aria-expanded", String(isOpen));
    const here = location.pathname + location.search;
    history.replaceState(null, "", isOpen ? "#" + g.id : here);
  }

  function move(step) {
    const list = visible();
    if (list.length === 0) return;
    const at = list.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : at + step;
    select(list[Math.max(0, Math.min(list.length - 1, next))]);
  }

  function sort(header) {
    const key = header.dataset.sort;
    const up = header.getAttribute("aria-sort") === "descending";
    for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    const sign = up ? 1 : -1;
    const value = (g) => Number(g.dataset[key]);
    const order = groups.slice().sort((a, b) => sign * (value(a) - value(b)) || a.dataset.rank - b.dataset.rank);
    table.append(...order);
  }

  table.addEventListener("click", (event) => {
    const copy = event.target.closest(".copy");
    if (copy) {
      navigator.clipboard.writeText(copy.dataset.copy).then(() => { copy.textContent = "Copied"; });
      return;
    }
    const header = event.target.closest("th[data-sort]");
    if (header) {
      sort(header);
      return;
    }
    const row = event.target.closest(".summary");
    if (row && !String(getSelection())) {
      event.preventDefault();
      select(row.parentElement);
      toggle(row.parentElement);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.key === "Escape") {
      if (typing && search.value) {
        search.value = "";
        refresh();
      } else if (typing) {
        search.blur();
      } else if (current) {
        toggle(current, false);
      }
    } else if (typing) {
      if (event.key === "Enter") move(1);
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (event.key === "g" || event.key === "G") {
      const list = visible();
      select(list[event.key === "g" ? 0 : list.length - 1] || null);
    } else if (event.key === "Enter" && current && event.target === document.body) {
      toggle(current);
    }
  });

  function follow() {
    const g = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (g && groups.includes(g)) {
      if (!matches(g)) choose("all");
      g.classList.add("open");
      g.querySelector(".title").setAttribute("aria-expanded", "true");
      select(g);
    }
  }

  search.addEventListener("input", refresh);
  for (const chip of chips) chip.addEventListener("click", () => choose(chip.dataset.filter));
  addEventListener("hashchange", follow);
  document.getElementById("tools").hidden = false;
  choose(groups.some(matches) ? "problem" : "all");
  follow();
})();
