import type { TableColumn } from '@snowflow/nodes/kit/lineage';
import { keyOf, type LineageEdge, type LineageGraph, type LineagePoint } from './lineage-graph';

/** A point that was reached, and how: made of all the way, or decided by at some step. */
export interface Reached {
  point: LineagePoint;
  kind: 'value' | 'influence';
}

/** Where a column comes from. */
export interface Origins {
  /** Columns of tables it is made of; without a column, it counts or lists their rows. */
  values: TableColumn[];
  /** Columns of tables that decide what it comes to. */
  influences: TableColumn[];
  /** What can't be told, with reasons; then the lists may not be all. */
  unknown: string[];
  /** All points on the way. */
  path: Reached[];
}

/** Edges by the point at one end. */
type EdgesAt = ReadonlyMap<string, readonly LineageEdge[]>;

/** Answers questions about one lineage graph. */
export class LineageReader {
  private readonly into: EdgesAt;
  private readonly outOf: EdgesAt;

  constructor(readonly graph: LineageGraph) {
    const edges = [...graph.edges, ...edgesOfRows(graph)];
    this.into = edgesBy(edges, ({ to }) => to);
    this.outOf = edgesBy(edges, ({ from }) => from);
  }

  /** Where a column that a node gives comes from. */
  originsOf(nodeId: string, column: string): Origins {
    const path = this.follow([{ kind: 'column', nodeId, name: column }], 'back');
    const tables = (kind: Reached['kind']) =>
      path.flatMap(({ point, kind: reached }) =>
        point.kind === 'table' && reached === kind && (kind === 'value' || point.column !== null)
          ? [tableColumn(point)]
          : [],
      );
    const values = distinct(tables('value'));
    const made = new Set(values.map(named));
    return {
      values,
      influences: distinct(tables('influence')).filter((one) => !made.has(named(one))),
      unknown: [...new Set(path.flatMap(({ point }) => (point.kind === 'unknown' ? [point.why] : [])))],
      path,
    };
  }

  /** What one thing is made of, by value all the way. That rows are counted or listed makes it of none of their columns. */
  madeOf(start: LineagePoint): { tables: TableColumn[]; unknown: string[] } {
    const reached = new Map<string, LineagePoint>();
    const queue = [start];
    for (let at = queue.shift(); at; at = queue.shift()) {
      const key = keyOf(at);
      if (reached.has(key)) continue;
      reached.set(key, at);
      const edges = this.into.get(key) ?? [];
      queue.push(...edges.filter(({ kind, from }) => kind === 'value' && from.kind !== 'rows').map(({ from }) => from));
    }
    const points = [...reached.values()];
    return {
      tables: distinct(points.flatMap((point) => (point.kind === 'table' ? [tableColumn(point)] : []))),
      unknown: points.flatMap((point) => (point.kind === 'unknown' ? [point.why] : [])),
    };
  }

  /** What a column of a table goes into, wherever it is read; without a column, any of the table's. */
  impactOf(of: Omit<TableColumn, 'column'> & { column?: string }): Reached[] {
    const starts = new Map<string, LineagePoint>();
    for (const { from } of this.graph.edges) {
      if (from.kind !== 'table' || !isSameTable(from, of)) continue;
      if (of.column === undefined || from.column === of.column) starts.set(keyOf(from), from);
    }
    return this.follow([...starts.values()], 'on');
  }

  /** What a column that a node gives goes into. */
  usesOf(nodeId: string, column: string): Reached[] {
    return this.follow([{ kind: 'column', nodeId, name: column }], 'on');
  }

  /**
   * Each point once, by value where any way is. An order counts only where rows are taken by it, and for what is asked about
   * itself: what is made of ordered rows later does not depend on their order.
   */
  private follow(starts: readonly LineagePoint[], direction: 'back' | 'on'): Reached[] {
    const reached = new Map<string, Reached>();
    const ends = new Map<string, Reached>();
    const asked = new Set(starts.map(keyOf));
    const edges = direction === 'back' ? this.into : this.outOf;
    const queue = starts.map((point): Reached => ({ point, kind: 'value' }));
    for (let at = queue.shift(); at; at = queue.shift()) {
      const key = keyOf(at.point);
      const before = reached.get(key);
      if (before && (before.kind === 'value' || before.kind === at.kind)) continue;
      reached.set(key, at);
      for (const edge of edges.get(key) ?? []) {
        const point = direction === 'back' ? edge.from : edge.to;
        const kind = edge.kind === 'value' ? at.kind : 'influence';
        if (!isOrderOfColumn(edge) || asked.has(keyOf(edge.to))) queue.push({ point, kind });
        else if (direction === 'on') ends.set(keyOf(point), { point, kind });
      }
    }
    return [...new Map([...ends, ...reached])].filter(([key]) => !asked.has(key)).map(([, one]) => one);
  }
}

const isOrderOfColumn = ({ from, to }: LineageEdge) => from.kind === 'order' && to.kind === 'column';

/** Every column depends on which rows its node gives, and in what order. */
function* edgesOfRows({ columns }: LineageGraph): Generator<LineageEdge> {
  for (const [nodeId, names] of columns) {
    for (const name of names) {
      const to = { kind: 'column', nodeId, name } as const;
      yield { from: { kind: 'rows', nodeId, name: '' }, to, kind: 'influence' };
      yield { from: { kind: 'order', nodeId, name: '' }, to, kind: 'influence' };
    }
  }
}

function edgesBy(edges: readonly LineageEdge[], end: (edge: LineageEdge) => LineagePoint): EdgesAt {
  const all = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    const key = keyOf(end(edge));
    const before = all.get(key);
    if (before) before.push(edge);
    else all.set(key, [edge]);
  }
  return all;
}

function tableColumn({ database, schema, table, column }: TableColumn): TableColumn {
  return { database, schema, table, column };
}

const named = ({ database, schema, table, column }: TableColumn) => JSON.stringify([database, schema, table, column]);

function distinct(columns: readonly TableColumn[]): TableColumn[] {
  return [...new Map(columns.map((column) => [named(column), column])).values()];
}

const isSameTable = (one: Omit<TableColumn, 'column'>, other: Omit<TableColumn, 'column'>) =>
  one.database === other.database && one.schema === other.schema && one.table === other.table;
