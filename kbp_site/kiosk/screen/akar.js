// What an Indonesian word may be a form of: the same patterns as the website's index is made with
// (outputs/families.py), which stand in indeks.js. Sets KBP_SEARCH.
"use strict";

var KBP_SEARCH = (function () {
  var fold = function (text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  };
  var wordsOf = function (text) {
    return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  };

  function uncovered(base, rules, depth, found) {
    if (base.length < rules.least) return;
    found.add(base);
    if (!depth) return;
    for (const [pattern, swallowed] of rules.beginnings) {
      const rest = base.replace(pattern, swallowed);
      if (rest !== base) uncovered(rest, rules, depth - 1, found);
    }
  }

  function roots(word, rules) {
    const found = new Set([word]);
    for (const whole of new Set([word, word.replace(rules.particle, "")])) {
      for (const ending of rules.endings) {
        if (whole.endsWith(ending)) uncovered(whole.slice(0, whole.length - ending.length), rules, 2, found);
      }
    }
    return found;
  }

  // An English word and, if it is a plural, the one that it is of: "-ies", "-es" and "-s" are most of them.
  const singular = (word) => [word, word.replace(/ies$/, "y"), word.replace(/es$/, ""), word.replace(/s$/, "")];

  // The words that somebody may have meant whose fingers were too quick: two letters in each other's place.
  const swapped = (word) =>
    Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));

  const ready = {};

  // The index of a language is made when it is first asked for, and kept.
  function indexOf(language) {
    if (!ready[language]) {
      const index = new MiniSearch({
        idField: "page",
        fields: ["title", "summary", "words", "others"],
        storeFields: ["page", "title", "kind"],
        tokenize: wordsOf,
        processTerm: (term) => term,
        searchOptions: { boost: { title: 4, summary: 1.5, others: 0.5 }, prefix: (term) => term.length > 2 },
      });
      index.addAll(KBP.index[language]);
      const rules = {
        least: KBP.roots.least,
        endings: KBP.roots.endings,
        particle: new RegExp(KBP.roots.particle),
        beginnings: KBP.roots.beginnings.map(([pattern, swallowed]) => [new RegExp(pattern), swallowed]),
      };
      ready[language] = { index, rules };
    }
    return ready[language];
  }

  // Pages that hold every word, or a form of it; where none does, those that hold any, or one slip away from it.
  function search(language, typed) {
    const { index, rules } = indexOf(language);
    const words = wordsOf(typed);
    if (!words.length) return [];
    const forms = words.map((word) => {
      const queries = Array.from(language === "id" ? roots(word, rules) : new Set(singular(word)));
      return { combineWith: "OR", queries };
    });
    const whole = index.search({ combineWith: "AND", queries: forms });
    if (whole.length) return whole;
    const meant = words.concat(...words.filter((word) => word.length > 3).map(swapped));
    return index.search(meant.join(" "), { fuzzy: (term) => (term.length > 4 && words.includes(term) ? 0.2 : false) });
  }

  return { search, prepare: indexOf };
})();
