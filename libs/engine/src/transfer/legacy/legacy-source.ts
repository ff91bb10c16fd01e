import { isFields } from '../hide-secrets';
import { readOrder, readsAsSql } from './legacy-expression';
import { listAt, numberIn, textIn, type LegacyNode } from './legacy-flow';
import { type Home, type Homed, withProblem } from './legacy-home';

const MOST_ROWS = 1_000_000_000;

/** A table or a query, and behind it nodes of their own for its filter, order, columns and limit. */
export function moveSource({ data }: LegacyNode): Home {
  const sql = textIn(data, 'sql', 'query').trim();
  const filter = textIn(data, 'filter', 'where').trim();
  const order = orderOf(data['orderBy']);
  const rows = numberIn(data, 'limit');
  const limit = rows === undefined || rows < 0 ? undefined : Math.min(MOST_ROWS, Math.floor(rows));
  const columns = columnsOf(data);
  const isPlain = sql === '' && filter === '' && order === undefined;
  const nodes: Homed[] = [sql === '' ? tableOf(data, isPlain ? columns : []) : { type: 'source.sql', config: { sql } }];
  const problems: { at: number; path: string; message: string }[] = [];
  if (sql === '' && nodes[0]?.config['table'] === '') {
    problems.push({ at: 0, path: 'table', message: 'The file names no table; choose one' });
  }
  if (filter !== '') {
    nodes.push({ type: 'shape.filter', config: { expression: filter } });
    if (!readsAsSql(filter)) problems.push({ at: nodes.length - 1, path: 'expression', message: NOT_SQL });
  }
  if (order !== undefined) {
    nodes.push({ type: 'shape.sort', config: { by: order.keys ?? [] } });
    if (!order.keys) {
      const message = `The order “${order.text.slice(0, 200)}” is no list of columns; choose them`;
      problems.push({ at: nodes.length - 1, path: 'by', message });
    }
  }
  if (!isPlain && columns.length > 0) {
    nodes.push({ type: 'shape.select', config: { columns: columns.map((column) => ({ column })) } });
  }
  if (limit !== undefined) nodes.push({ type: 'shape.limit', config: { rows: limit } });
  const reasons =
    nodes.length > 1 ? [`It became ${nodes.length} nodes: ${nodes.map(({ type }) => type).join(', ')}`] : [];
  return { nodes, reasons, problems };
}

/** The models lay in stages; here a semantic view of Snowflake is read. */
export function moveSemanticModel({ data }: LegacyNode): Home {
  const stage = textIn(data, 'stage');
  const path = textIn(data, 'semanticPath', 'yamlFile');
  const config = {
    database: textIn(data, 'database'),
    schema: textIn(data, 'schema'),
    view: '',
    dimensions: [],
    metrics: [],
  };
  const message = `The model ${[stage, path].filter(Boolean).join('/').slice(0, 300) || 'is not named'}: save it as a semantic view and choose that, its dimensions and metrics`;
  return withProblem({ nodes: [{ type: 'source.semantic', config }], reasons: [], problems: [] }, 'view', message);
}

/** No node reads files. */
export function moveFileInput({ data }: LegacyNode): Home {
  const file = textIn(data, 'fileName', 'file', 'path').slice(0, 200);
  const message = `Load the file${file && ` ${file}`} into a table and choose that: workflows read tables, not files`;
  const config = { database: '', schema: '', table: '' };
  return withProblem({ nodes: [{ type: 'source.table', config }], reasons: [], problems: [] }, 'table', message);
}

export const NOT_SQL = 'It is no expression in SQL and stands here as it was; write it anew';

function tableOf(data: LegacyNode['data'], columns: readonly string[]): Homed {
  const named = textIn(data, 'table', 'tableName', 'object', 'objectName', 'view', 'viewName', 'source').trim();
  const parts = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){1,2}$/.test(named) ? named.split('.') : [named];
  const [table = '', schema = textIn(data, 'schema'), database = textIn(data, 'database')] = [...parts].reverse();
  return {
    type: 'source.table',
    config: { database, schema, table, ...(columns.length > 0 ? { columns: [...columns] } : {}) },
  };
}

function columnsOf(data: LegacyNode['data']): string[] {
  const listed = listAt(data, 'columns').map((one) => (typeof one === 'string' ? one : textIn(one, 'name', 'column')));
  const written = textIn(data, 'columns').split(',');
  const names = (listed.length > 0 ? listed : written).map((name) => name.trim()).filter((name) => name !== '');
  return names.includes('*') ? [] : [...new Set(names)];
}

type Keys = { column: string; direction: 'asc' | 'desc' }[];

function orderOf(value: unknown): { text: string; keys: Keys | undefined } | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : { text: value, keys: readOrder(value) };
  const items: unknown[] = Array.isArray(value) ? (value as unknown[]) : isFields(value) ? [value] : [];
  if (items.length === 0) return undefined;
  const keys = items.map((item) => {
    const column = typeof item === 'string' ? item : textIn(item, 'column', 'field', 'name');
    const direction = /desc/i.test(textIn(item, 'direction', 'order')) ? ' DESC' : '';
    return readOrder(`${column}${direction}`)?.[0];
  });
  const known = keys.flatMap((key) => (key ? [key] : []));
  return { text: JSON.stringify(value), keys: known.length === keys.length ? known : undefined };
}
