// Asks Pagefind, and does what Pagefind does not: mends slips of the pen, leaves out small words, and finds
// what fits in part when little fits as a whole. Loaded when a reader comes to search, and not before.
"use strict";

const FEW = 5; // full matches below which those in part are found too
const SHORTEST = 4; // letters of a word that is mended: shorter ones are too like each other
const ENDING = 4; // letters at most that are taken away from a word to find its beginning
const HEAD = 10; // full matches that are put in order by the very words that were asked for
const EXCERPT = 28; // words
const LEAD = 4; // words of an excerpt before the first that fits
const END = "¶"; // what stands after the text that a card may show (outputs/search.py)

// Long pages are less at a disadvantage than Pagefind has it: terms and places are short, stories are not.
const RANKING = { pageLength: 0.55 };

// Words of questions, which say nothing of what is looked for.
const SMALL = {
  id: "yang di ke dari dan atau untuk pada dengan adalah itu ini apa siapa kapan bagaimana mengapa kenapa berapa",
  en: "the a an of in on at to for and or is are was were what who when how why which with by from",
};

export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];
const seenWords = (content) => content.slice(0, content.lastIndexOf(END)).split(/\s+/).filter(Boolean);

// Whether one letter more, less, other, or two swapped make one word of the other (Damerau, Levenshtein).
export function isOneSlip(one, other) {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  let end = 0;
  while (start < shorter && one[start] === other[start]) start++;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length < 2 && right.length < 2) return left !== right;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

// The word that was meant: of those one slip away the commonest, rather with the same first letter; else the
// longest beginning that is a word.
export function mend(word, vocabulary) {
  let best = { rank: 0 };
  for (const [known, count] of vocabulary) {
    if (Math.abs(known.length - word.length) > 1 || !isOneSlip(word, known)) continue;
    const rank = count + (known[0] === word[0] ? 0.5 : 0);
    if (rank > best.rank) best = { known, rank };
  }
  for (let length = word.length - 1; !best.known && length > SHORTEST && length >= word.length - ENDING; length--) {
    if (vocabulary.has(word.slice(0, length))) best = { known: word.slice(0, length) };
  }
  return best.known;
}

// Pagefind's worker is a second copy of its script, and where that is not there within five seconds, all is loaded
// again: a phone on a slow link is better off without. `time` is what the entry is asked for with.
export async function open(base, language, time) {
  const { createInstance } = await import(`${base}pagefind.js`);
  const pagefind = createInstance({ basePath: base, ranking: RANKING, noWorker: true, metaCacheTag: time });
  const small = new Set(SMALL[language].split(" "));
  let vocabulary;

  async function loadVocabulary() {
    const answer = await fetch(`${base}words.${language}.txt`);
    if (!answer.ok) throw new Error(answer.status);
    const lines = (await answer.text()).split("\n").filter(Boolean);
    return new Map(lines.map((line) => [line.slice(0, -1), Number(line.at(-1))]));
  }

  const search = (words, filters) => pagefind.search(words.length ? words.join(" ") : null, { filters });

  // Pagefind stems a quoted word too, but does not lengthen or shorten it: then it stands in the index or not.
  const isKnown = async (word) => (await pagefind.search(`"${word}"`)).unfilteredResultCount > 0;

  // Whether the best result holds the word, or (while a reader types) one that goes on from it.
  async function isSaid(word, result) {
    if (!result) return false;
    const { content, locations } = await result.data();
    const said = content.split(/\s+/);
    return locations.some((place) => wordsOf(fold(said[place] || "")).some((each) => each.startsWith(word)));
  }

  // What a word is searched as: itself, an abbreviation that is not stemmed, what was meant, or nothing.
  async function understood(word, result) {
    if (await isSaid(word, result)) return { word, sought: word };
    if (await isKnown(`${word}_`)) return { word, sought: `${word}_` };
    if (await isKnown(word)) return { word, sought: word };
    vocabulary ??= loadVocabulary();
    const known = await vocabulary;
    for (const each of known.keys()) if (each.startsWith(word)) return { word, sought: word };
    const meant = word.length < SHORTEST ? undefined : mend(word, known);
    return { word, sought: meant, meant };
  }

  // Those that say a word just as it was asked come before those that say a relative of it.
  async function inOrder(results, words) {
    const head = results.slice(0, HEAD).map(async (result) => {
      const said = new Set(wordsOf(fold((await result.data()).content)));
      const exact = words.filter((word) => said.has(word)).length / words.length;
      return { result, score: result.score * (2 + exact) };
    });
    const sorted = (await Promise.all(head)).sort((a, b) => b.score - a.score);
    return [...sorted.map((each) => each.result), ...results.slice(HEAD)];
  }

  // Records that hold some of the words and are not among the full matches, the best first.
  async function inPart(words, filters, full) {
    const [seen, points] = [new Set(full.map((result) => result.id)), new Map()];
    for (const word of words) {
      for (const result of (await search([word], filters)).results) {
        const { score } = points.get(result.id) || { score: 0 };
        if (!seen.has(result.id)) points.set(result.id, { result, score: score + result.score });
      }
    }
    return [...points.values()].sort((a, b) => b.score - a.score).map((each) => each.result);
  }

  // How many of the full matches have each facet's values. One that is chosen is counted as if it were not, so
  // that a reader can choose another.
  async function counted(found, sought, filters) {
    const counts = { ...found.filters };
    for (const name of Object.keys(filters)) {
      const others = Object.fromEntries(Object.entries(filters).filter(([each]) => each !== name));
      counts[name] = (await search(sought, others)).filters[name];
    }
    return counts;
  }

  // Finds records. `full` hold every word, `part` some; `mended` are pairs of what was asked and what was
  // meant, `unknown` words that stand nowhere; `counts` say how many full ones have each facet's values, and
  // `unfiltered` how many there would be without filters.
  async function find(query, filters = {}) {
    const asked = wordsOf(fold(query));
    const large = asked.filter((word) => !small.has(word));
    const words = large.length ? large : asked;
    let found = await search(words, filters);
    for (const result of found.results.slice(0, HEAD)) result.data().catch(() => {}); // all at once, and asked for below
    let taken = [];
    for (const word of words) taken.push(await understood(word, found.results[0]));
    const again = async () => {
      const sought = taken.filter((each) => each.sought).map((each) => each.sought);
      return sought.length || !words.length ? search(sought, filters) : { results: [], filters: {} };
    };
    if (taken.some((each) => each.sought !== each.word)) found = await again();
    if (!found.results.length && taken.some((each) => each.meant) && taken.some((each) => each.sought && !each.meant)) {
      // What was meant goes with nothing else that was asked: then it was not meant.
      taken = taken.map((each) => (each.meant ? { word: each.word } : each));
      found = await again();
    }
    const sought = taken.filter((each) => each.sought).map((each) => each.sought);
    const full = await inOrder(found.results, sought);
    return {
      full,
      part: full.length < FEW && sought.length > 1 ? await inPart(sought, filters, full) : [],
      counts: sought.length || !words.length ? await counted(found, sought, filters) : {},
      unfiltered: sought.length ? found.unfilteredResultCount : 0,
      mended: taken.filter((each) => each.meant).map((each) => [each.word, each.meant]),
      unknown: taken.filter((each) => !each.sought).map((each) => each.word),
    };
  }

  // Until this was called, `counts` are empty: facets are for those who narrow, and weigh as much as a result.
  const loadFacets = () => pagefind.filters();

  return { find, loadFacets };
}

// A result as a card shows it: its title, and the part of its text that fits best, as pairs of a word and
// whether it fits.
export async function show(result) {
  const { content, locations, meta, url } = await result.data();
  const said = content.split(/\s+/);
  const end = seenWords(content).length;
  const fitting = fittingPlaces(said, end, locations);
  const start = meta.title.trim().split(/\s+/).length;
  const from = bestPlace(said, fitting, start, end);
  const pair = (first) => (word, place) => [word, fitting.has(first + place)];
  return {
    url,
    meta,
    title: meta.title.trim().split(/\s+/).map(pair(0)),
    excerpt: said.slice(from, Math.min(from + EXCERPT, end)).map(pair(from)),
    isCut: [from > start, from + EXCERPT < end],
  };
}

// Where words fit: where Pagefind found them; and where it found a relative that is not shown ("kunjung"),
// each word that holds what both have in common ("mengunjungi").
function fittingPlaces(said, end, locations) {
  const cores = [...new Set(locations.filter((place) => place > end))]
    .map((place) => fold(said[place]).replace(/[^\p{L}]/gu, ""))
    .map((word) => word.replace(/^(?:[mp]e(?:ng|ny|n|m)?|di|[bt]er)(?=.{4})/, "").replace(/^[ptks](?=.{3})/, ""))
    .filter((core) => core.length > 2);
  const fitting = new Set(locations.filter((place) => place < end));
  said.slice(0, end).forEach((word, place) => {
    if (cores.some((core) => fold(word).includes(core))) fitting.add(place);
  });
  return fitting;
}

// Where an excerpt begins: where the text does, unless more words fit further on; there rather with a sentence.
function bestPlace(said, fitting, start, end) {
  const places = [...fitting].filter((place) => place >= start).sort((a, b) => a - b);
  const within = (from) => places.filter((place) => place >= from && place < from + EXCERPT).length;
  const before = (place) => Math.max(start, Math.min(place - LEAD, end - EXCERPT));
  const best = places.map(before).reduce((best, from) => (within(from) > within(best) ? from : best), start);
  const first = places.find((place) => place >= best);
  for (let from = Math.min(first, best + LEAD); best > start && from > best; from--) {
    if (/[.?!]$/.test(said[from - 1])) return from;
  }
  return best;
}
