import { noPhrases, type Phrases, type WrittenMeasure } from './phrases';
import { readCondition } from './read-condition';
import { readMeasure } from './read-measure';
import { tokensOf } from './request-tokens';
import { TokenReader } from './token-reader';
import { partsOf, type Vocabulary } from './vocabulary';

/** Words that say nothing about the graph. */
const FILLER = new Set(
  `a an the of and then with please show me give list get all every for in to it its i want need would like rows row records data table
  view result results workflow draw make create build add also as , ; . ( )`.split(/\s+/),
);

const REMOVABLE: Readonly<Record<string, string>> = {
  limit: 'shape.limit',
  filter: 'shape.filter',
  sort: 'shape.sort',
  order: 'shape.sort',
  distinct: 'shape.distinct',
  aggregate: 'shape.aggregate',
  aggregation: 'shape.aggregate',
};

/** Reads what fixed phrases say, in whatever order they stand; every word that no phrase takes is reported. */
export function readPhrases(request: string, names: Vocabulary): Phrases {
  const reader = new TokenReader(tokensOf(request));
  const found = noPhrases();
  let unread: string[] = [];
  const report = () => {
    if (unread.length > 0) found.notUnderstood.push(unread.join(' '));
    unread = [];
  };
  while (!reader.isAtEnd) {
    const isRead = RULES.some((rule) => reader.attempt(() => rule(reader, found, names) || undefined));
    if (isRead) {
      report();
      continue;
    }
    const token = reader.next();
    if (!token || token.text === '\n') report();
    else if (!FILLER.has(token.low)) unread.push(token.text);
  }
  report();
  return found;
}

/** The names that a request gives by "as". */
export const aliasesIn = (request: string): string[] =>
  tokensOf(request).flatMap(({ kind, value }, index, tokens) =>
    kind === 'name' && tokens[index - 1]?.low === 'as' ? partsOf(value) : [],
  );

/** Answers whether it took something. */
type Rule = (reader: TokenReader, found: Phrases, names: Vocabulary) => boolean;

const removal: Rule = (reader, found) => {
  if (!reader.word('remove', 'delete', 'drop')) return false;
  reader.word('the');
  const word = reader.word(...Object.keys(REMOVABLE));
  const type = word === undefined ? undefined : REMOVABLE[word];
  if (type) found.removed.push(type);
  return type !== undefined;
};

const target: Rule = (reader, found, names) => {
  const verb = reader.word('write', 'save', 'store', 'append', 'insert', 'replace');
  if (!verb) return false;
  for (
    let words = 0;
    words < 3 && reader.word('it', 'the', 'this', 'result', 'results', 'rows', 'them', 'all');
    words++
  );
  const source = named(reader, names);
  if (!reader.word('to', 'into', 'in', 'as') && verb !== 'replace') return false;
  reader.word('the');
  reader.word('table');
  const name = reader.name();
  if (name === undefined) return false;
  if (source) addSource(found, source);
  found.target = {
    name,
    mode: verb === 'replace' ? 'replace' : verb === 'append' || verb === 'insert' ? 'append' : undefined,
  };
  return true;
};

const join: Rule = (reader, found, names) => {
  const how = reader.word('left', 'right', 'full', 'inner') as 'left' | 'right' | 'full' | 'inner' | undefined;
  reader.word('outer');
  if (!reader.word('join', 'joined', 'joins', 'combine', 'combined')) return false;
  reader.word('with', 'to');
  const sources = reader
    .list(() => named(reader, names))
    .concat(reader.word('with', 'to') ? (named(reader, names) ?? []) : []);
  if (sources.length === 0) return false;
  for (const source of sources) addSource(found, source);
  const on = reader.attempt(() => {
    if (!reader.word('on', 'by', 'over', 'using')) return undefined;
    const left = reader.name((text) => names.isColumn(text));
    const right = reader.word('=', 'equals') ? reader.name((text) => names.isColumn(text)) : left;
    return left !== undefined && right !== undefined ? { left, right } : undefined;
  });
  found.joins.push({ how: how ?? 'inner', ...(on ? { on } : {}) });
  return true;
};

const filter: Rule = (reader, found, names) => {
  const isFilter =
    reader.word('where', 'whose', 'having', 'filter', 'filtered', 'keep', 'only', 'with', 'if') !== undefined;
  if (!isFilter) return false;
  reader.word('the');
  const source = named(reader, names);
  while (reader.word('it', 'the', 'rows', 'row', 'to', 'by', 'where', 'with', 'for', 'only', 'on', ','));
  const first = readCondition(reader, names);
  if (!first) return false;
  if (source) addSource(found, source);
  found.conditions.push(first);
  for (;;) {
    const word = reader.peek()?.low;
    const more = reader.attempt(() => (reader.word('and', 'or') ? readCondition(reader, names) : undefined));
    if (!more) return true;
    if (found.conditions.length > 1 && (word === 'or') !== (found.match === 'any')) {
      found.notUnderstood.push('“and” and “or” in one filter: all its conditions were joined by the first of them');
    } else found.match = word === 'or' ? 'any' : 'all';
    found.conditions.push(more);
  }
};

const sort: Rule = (reader, found, names) => {
  if (!reader.word('sort', 'sorted', 'order', 'ordered', 'rank', 'ranked')) return false;
  while (reader.word('it', 'the', 'rows', 'them', 'result', 'results'));
  const source = named(reader, names);
  if (!reader.word('by', 'on')) return false;
  const keys = reader.list(() => sortKey(reader, names));
  if (source && keys.length > 0) addSource(found, source);
  found.sort.push(...keys);
  return keys.length > 0;
};

/** "top 10 X by Y": X is a source, or what is grouped by. */
const top: Rule = (reader, found, names) => {
  const direction = reader.word('top', 'largest', 'highest')
    ? 'desc'
    : reader.word('bottom', 'lowest', 'smallest')
      ? 'asc'
      : undefined;
  const rows = direction && reader.number();
  if (!direction || rows === undefined) return false;
  found.rows = rows;
  reader.word('rows', 'of');
  const source = named(reader, names);
  if (source) addSource(found, source);
  else found.groupBy.push(...reader.list(() => reader.name((text) => names.isColumn(text))));
  const key = reader.attempt(() => (reader.word('by') ? measureOrColumn(reader, names) : undefined));
  if (key === undefined) found.ranked = direction;
  else found.sort.push({ column: key, direction });
  if (typeof key === 'object') found.measures.push(key);
  return true;
};

const limit: Rule = (reader, found) => {
  const isLimit =
    reader.word('limit', 'limited', 'first') || reader.phrase('at most') || reader.phrase('only the first');
  if (!isLimit) return false;
  reader.word('of', 'to', 'the', 'it', 'result');
  reader.word('of', 'to');
  const rows = reader.number();
  if (rows === undefined) return false;
  found.rows = rows;
  reader.word('rows', 'row');
  return true;
};

const measures: Rule = (reader, found, names) => {
  const read = reader.list(() => readMeasure(reader, names));
  found.measures.push(...read);
  return read.length > 0;
};

const groups: Rule = (reader, found, names) => {
  const isGroup =
    reader.phrase('for each') || reader.word('by', 'per') || (reader.word('group', 'grouped') && reader.word('by'));
  if (!isGroup) return false;
  const columns = reader.list(() => reader.name((text) => names.isColumn(text)));
  found.groupBy.push(...columns);
  return columns.length > 0;
};

const distinct: Rule = (reader, found, names) => {
  if (reader.phrase('without duplicates') || reader.phrase('remove duplicates')) return (found.distinct = true);
  if (!reader.word('distinct', 'unique', 'different')) return false;
  reader.word('rows', 'values');
  reader.word('of');
  found.columns.push(...reader.list(() => reader.name((text) => names.isColumn(text))));
  return (found.distinct = true);
};

const columns: Rule = (reader, found, names) => {
  if (!reader.word('column', 'columns', 'select', 'keep', 'show', 'only')) return false;
  while (reader.word('the', 'only', 'columns', 'column'));
  const chosen = reader.list(() => reader.name((text) => names.isColumn(text) && !names.source(text)));
  found.columns.push(...chosen);
  return chosen.length > 0;
};

const source: Rule = (reader, found, names) => {
  reader.word('from', 'read', 'of', 'in');
  reader.word('the');
  reader.word('table', 'view');
  const one = named(reader, names);
  if (one) addSource(found, one);
  return one !== undefined;
};

const RULES: readonly Rule[] = [
  removal,
  target,
  join,
  sort,
  top,
  distinct,
  limit,
  filter,
  columns,
  measures,
  groups,
  source,
];

const named = (reader: TokenReader, names: Vocabulary) =>
  reader.attempt(() => {
    const name = reader.name((text) => names.source(text) !== undefined);
    return name === undefined ? undefined : names.source(name);
  });

function addSource({ sources }: Phrases, one: Phrases['sources'][number]): void {
  if (!sources.includes(one)) sources.push(one);
}

function measureOrColumn(reader: TokenReader, names: Vocabulary): string | WrittenMeasure | undefined {
  return readMeasure(reader, names) ?? reader.name((text) => names.isColumn(text));
}

function sortKey(reader: TokenReader, names: Vocabulary): Phrases['sort'][number] | undefined {
  const column = measureOrColumn(reader, names);
  if (column === undefined) return undefined;
  const isFalling =
    reader.word('desc', 'descending', 'falling') || reader.phrase('largest first') || reader.phrase('highest first');
  if (!isFalling && !reader.word('asc', 'ascending', 'rising')) reader.phrase('smallest first');
  return { column, direction: isFalling ? 'desc' : 'asc' };
}
