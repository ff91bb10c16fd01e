import type { TableColumn } from '@snowflow/nodes/kit/lineage';

/** Something that a node gives: a column, a field of its value, or, without a name, which rows there are and their order. */
export interface NodePoint {
  kind: 'column' | 'field' | 'rows' | 'order';
  nodeId: string;
  name: string;
}

/** An end of an edge: something of a node, a column of a table that is read or written, or what can't be told. */
export type LineagePoint =
  | NodePoint
  | ({ kind: 'table' | 'target'; nodeId: string } & TableColumn)
  | { kind: 'unknown'; nodeId: string; why: string };

/** `value`: `to` is made of `from`; `influence`: `from` decides what `to` comes to. */
export interface LineageEdge {
  from: LineagePoint;
  to: LineagePoint;
  kind: 'value' | 'influence';
}

/** A workflow's columns and what they come from. A table's column stands once for each node that reads or writes it. */
export interface LineageGraph {
  /** By node: the columns it gives, or, of an output, shows or writes. */
  columns: ReadonlyMap<string, readonly string[]>;
  fields: ReadonlyMap<string, readonly string[]>;
  /** Without those from a node's rows and order to each of its columns, which go without saying. */
  edges: readonly LineageEdge[];
}

/** One text for each point, the same for equal ones. */
export function keyOf(point: LineagePoint): string {
  switch (point.kind) {
    case 'table':
    case 'target':
      return JSON.stringify([point.kind, point.nodeId, point.database, point.schema, point.table, point.column]);
    case 'unknown':
      return JSON.stringify([point.kind, point.nodeId, point.why]);
    default:
      return JSON.stringify([point.kind, point.nodeId, point.name]);
  }
}
