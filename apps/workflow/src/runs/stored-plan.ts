import type { Column } from '@snowflow/contracts/documents/column';
import type { Plan, PlannedNode } from '@snowflow/engine/plan/plan';

/** A plan as it rests: its nodes name their columns by place in one list, for most nodes of a long chain give what those before them give. */
export interface StoredPlan extends Omit<Plan, 'nodes'> {
  nodes: Record<string, Omit<PlannedNode, 'columns'> & { columns: (number | Column)[] }>;
  /** Absent where the plan was stored with the columns in its nodes. */
  columns?: Column[];
}

/** Writes each column of a plan once. */
export function storedPlan(plan: Plan): StoredPlan {
  const places = new Map<string, number>();
  const columns: Column[] = [];
  const placeOf = (column: Column) => {
    const key = JSON.stringify(column);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, columns.length);
    return columns.push(column) - 1;
  };
  return { ...plan, nodes: withColumns(plan.nodes, placeOf), columns };
}

/** The plan that was stored. */
export function planOfStored({ columns: listed = [], ...plan }: StoredPlan): Plan {
  const columnAt = (place: number | Column) => (typeof place === 'number' ? (listed[place] as Column) : place);
  return { ...plan, nodes: withColumns(plan.nodes, columnAt) };
}

function withColumns<From, To>(
  nodes: Record<string, Omit<PlannedNode, 'columns'> & { columns: From[] }>,
  write: (column: From) => To,
): Record<string, Omit<PlannedNode, 'columns'> & { columns: To[] }> {
  return Object.fromEntries(
    Object.entries(nodes).map(([id, node]) => [id, { ...node, columns: node.columns.map(write) }]),
  );
}
