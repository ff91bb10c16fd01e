import { z } from 'zod';
import type { Plan } from '../plan/plan';

const table = z.object({
  database: z.string(),
  schema: z.string(),
  table: z.string(),
  mode: z.enum(['create', 'replace', 'append', 'merge']).optional(),
  recreate: z.boolean().optional(),
});

/** A table as a source or an output names it. */
export type NamedTable = z.infer<typeof table>;

/** Something that a workflow reads or writes. Of a person's own SELECT only the node is known, not what it names. */
export interface TouchedObject {
  nodeId: string;
  /** `DATABASE.SCHEMA.TABLE`, as the names are; absent for a person's own SELECT. */
  object?: string;
}

/** What the statements over these nodes read and write. */
export function accessOf(plan: Plan, nodes: readonly string[]): { reads: TouchedObject[]; writes: TouchedObject[] } {
  const of = (type: string) => nodes.filter((id) => plan.nodes[id]?.type === type && !plan.nodes[id].disabled);
  const named = (nodeId: string) => ({ nodeId, object: fullName(tableOf(plan, nodeId)) });
  return {
    reads: [...of('source.table').map(named), ...of('source.sql').map((nodeId) => ({ nodeId }))],
    writes: of('output.table').map(named),
  };
}

/** The table that a node's config names; the plan holds what the node's own schema has accepted. */
export function tableOf(plan: Plan, nodeId: string): NamedTable {
  return table.parse(plan.nodes[nodeId]?.config);
}

const fullName = ({ database, schema, table: name }: NamedTable) => `${database}.${schema}.${name}`;
