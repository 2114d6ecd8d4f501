// Records as text. Every scalar is a text, as in `kbp check`: with the types of YAML, 62.10 would become 62.1. What was
// not changed is written back as it stood, so that a review shows what an editor did and nothing else.
import { Document, isMap, isScalar, parseDocument, visit } from 'yaml';

const AS_TEXT = { schema: 'failsafe', version: '1.2' };
const LAYOUT = { lineWidth: 0, indentSeq: true, singleQuote: false, flowCollectionPadding: false };
const KEPT = [];

/** Returns what a record's text says, and remembers how it says it. */
export function read(text) {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const document = parseDocument(plain, AS_TEXT);
  if (document.errors.length) {
    throw document.errors[0];
  }
  const values = document.toJS() ?? {};
  if (isMap(document.contents) && !document.contents.flow) {
    KEPT.push(pieces(plain, document.contents, values));
  }
  return values;
}

/** Returns the text of a record: fields that are as they were keep their text, and comments their place. */
export function write(values) {
  const known = new Map(KEPT.map((piece) => [piece, sameFields(piece, values)]));
  const [before] = [...known.keys()].sort((one, other) => known.get(other) - known.get(one));
  const kept = before && known.get(before) * 2 >= before.size ? before : new Map();
  const names = [...[...kept.keys()].filter((name) => name in values), ...Object.keys(values)];
  const text = [...new Set(names)].map((name) => fieldText(name, values[name], kept.get(name))).join('');
  KEPT.push(pieces(text, parseDocument(text, AS_TEXT).contents, values));
  return text;
}

/** Returns each field's comments, text and value: a field begins with the comments right above its name. */
function pieces(text, map, values) {
  const lines = text.split('\n');
  const starts = map.items.map(({ key }) => text.slice(0, key.range[0]).split('\n').length - 1);
  const tops = starts.map((start) => {
    let top = start;
    while (top > 0 && /^(#.*|---.*)?$/.test(lines[top - 1])) {
      top -= 1;
    }
    return top;
  });
  const joined = (from, to) => lines.slice(from, to).map((line) => `${line}\n`).join('');
  return new Map(
    map.items.map(({ key }, at) => {
      const comments = joined(tops[at], starts[at]);
      const body = joined(starts[at], tops[at + 1] ?? lines.length).replace(/\n+$/, '\n');
      return [key.value, { comments, body, value: canonical(values[key.value]) }];
    }),
  );
}

function sameFields(piece, values) {
  return [...piece].filter(([name, { value }]) => canonical(values[name]) === value).length;
}

function fieldText(name, value, kept) {
  if (kept && kept.value === canonical(value)) {
    return kept.comments + kept.body;
  }
  const said = tidy(value);
  if (said === undefined) {
    return '';
  }
  const document = new Document({ [name]: said }, AS_TEXT);
  visit(document, {
    Seq: (_, list) => {
      const short = list.items.every((item) => isScalar(item) && /^[a-z0-9/-]+$/.test(item.value));
      list.flow = short && list.items.length > 0;
    },
    Scalar: (key, scalar) => {
      if (key === 'value' && scalar.value.includes('\n')) {
        scalar.type = 'BLOCK_LITERAL';
        scalar.value = `${scalar.value.trimEnd()}\n`;
      }
    },
  });
  return (kept?.comments ?? '') + document.toString(LAYOUT);
}

/** Returns a value with every scalar as text and nothing that says nothing. */
function tidy(value) {
  if (Array.isArray(value)) {
    const items = value.map(tidy).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).map(([name, inner]) => [name, tidy(inner)]);
    const said = fields.filter(([, inner]) => inner !== undefined);
    return said.length ? Object.fromEntries(said) : undefined;
  }
  return value === null || value === undefined || value === '' ? undefined : String(value);
}

/** Returns a value in a form that can be compared: fields in order of their names. */
function canonical(value) {
  const inOrder = (_, inner) =>
    typeof inner === 'string'
      ? inner.trimEnd()
      : inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner;
  return JSON.stringify(tidy(value), inOrder);
}
