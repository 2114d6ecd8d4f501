// The search page: reads the index once, and shows what fits while the reader types.
// A word fits where it stands inside another, so "belajar" finds "pembelajaran".
(() => {
  "use strict";
  const form = document.getElementById("pencarian");
  const field = document.getElementById("kata");
  const list = document.getElementById("hasil");
  const count = document.getElementById("jumlah");
  const MOST = 30;
  let index;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  async function load() {
    const answer = await fetch(form.dataset.index);
    if (!answer.ok) throw new Error(answer.status);
    const data = await answer.json();
    return {
      synonyms: new Map(data.synonyms.map((group) => [group[0], group])),
      records: data.records.map(([title, label, path, summary, more]) => ({
        title, label, path, summary, head: fold(title), body: fold(`${summary} ${more}`),
      })),
    };
  }

  function score(record, word) {
    if (record.head.startsWith(word)) return 6;
    if (record.head.includes(word)) return 4;
    return record.body.includes(word) ? 1 : 0;
  }

  // Every word must fit, itself or through another name for it; the better it fits, the higher.
  function find(query) {
    const asked = words(query).map((word) => index.synonyms.get(word) || [word]);
    if (!asked.length) return [];
    return index.records
      .map((record) => {
        const points = asked.map((names) => Math.max(...names.map((name) => score(record, name))));
        return { record, points: points.includes(0) ? 0 : points.reduce((sum, each) => sum + each) };
      })
      .filter((found) => found.points)
      .sort((a, b) => b.points - a.points || (a.record.title < b.record.title ? -1 : 1));
  }

  function card({ title, label, path, summary }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("span");
    const name = document.createElement("strong");
    const text = document.createElement("p");
    item.className = "kbp-card";
    kind.className = "kbp-card__label";
    name.className = "kbp-card__title";
    kind.textContent = label;
    name.textContent = title;
    text.textContent = summary;
    link.href = form.dataset.root + path;
    link.append(kind, name);
    item.append(link, text);
    return item;
  }

  async function show() {
    try {
      index = index || (await load());
    } catch {
      count.textContent = form.dataset.failed;
      return;
    }
    const query = field.value.trim();
    const found = find(query);
    list.replaceChildren(...found.slice(0, MOST).map((each) => card(each.record)));
    if (!query) count.textContent = "";
    else count.textContent = found.length ? `${form.dataset.count} ${found.length}` : form.dataset.none;
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", show);
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) show();
})();
