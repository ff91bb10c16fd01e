import type { Plan, PlannedNode } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';

/** Nodes that give no more rows than reach them. */
const NO_MORE =
  /^(shape\.(filter|select|sort|distinct|window)|logic\.(condition|wait|approval)|ai\.(generate|sentiment|summarize|translate|classify|extract|embed))$/;

/** How many rows a node gives at most, where the workflow itself says so; undefined where only its data could. */
export function rowsAtMost(plan: Plan, id: string): number | undefined {
  const node = plannedNode(plan, id);
  const { rows, limit } = node.config as { rows?: unknown; limit?: unknown };
  if (node.disabled || NO_MORE.test(node.type)) return reaching(plan, node);
  if (node.type === 'source.values') return Array.isArray(rows) ? rows.length : undefined;
  if (node.type === 'source.table') return typeof limit === 'number' ? limit : undefined;
  if (node.type === 'shape.union') return reaching(plan, node);
  if (node.type !== 'shape.limit' || typeof rows !== 'number') return undefined;
  return Math.min(rows, reaching(plan, node) ?? rows);
}

/** Those of all its inputs together. */
export function reaching(plan: Plan, { inputs }: PlannedNode): number | undefined {
  const known = inputs.map(({ source }) => rowsAtMost(plan, source));
  return known.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
}
