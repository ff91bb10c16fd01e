import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { nameOf } from '@snowflow/contracts/policies/qualified-name';
import type { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { type NamingPlace, tablesRead } from '@snowflow/engine/validate/policy-faults';
import { definitions } from '@snowflow/nodes/definitions';

/** A privilege on an object, by the parts of its name. */
export interface Need {
  privilege: string;
  object: string[];
}

/** What a node needs of Snowflake, as far as its config says. */
export interface NodeNeeds {
  nodeId: string;
  needs: Need[];
  /** The sources it reads. */
  reads: string[][];
  needsMore: boolean;
}

const WRITES: Readonly<Record<string, readonly string[]>> = {
  append: ['INSERT'],
  replace: ['INSERT', 'DELETE'],
  merge: ['INSERT', 'UPDATE'],
};

/** The nodes that need anything. One that only shapes what reaches it needs nothing of its own. */
export function needsOf(document: WorkflowDocument, place: NamingPlace, parser: SqlParser): NodeNeeds[] {
  return document.nodes
    .filter(({ disabled }) => !disabled)
    .map(({ id, type, config }): NodeNeeds => {
      const definition = definitions.get(type);
      const parsed = definition?.config.safeParse(config);
      const parameters = document.parameters;
      const context = { inputs: {}, kinds: {}, parameters, known: undefined };
      const fields = (parsed?.success && definition?.sqlFields?.(parsed.data, context)) || [];
      const reads = tablesRead({ type, definition, config, fields, parameters }, place, parser);
      const written = type === 'output.table' ? writtenBy(config) : [];
      const needs = [
        ...reads.flatMap((parts) => [...within(parts), { privilege: 'SELECT', object: parts }]),
        ...written,
      ];
      // Functions of Cortex are granted by a database role, tables of a text that can't be read are not known.
      const needsMore = definition?.group === 'ai' || (type === 'source.sql' && reads.length === 0);
      return { nodeId: id, needs, reads, needsMore };
    })
    .filter(({ needs, needsMore }) => needs.length > 0 || needsMore);
}

function writtenBy(config: Record<string, unknown>): Need[] {
  const { database, schema, table, mode, recreate } = config;
  if (typeof database !== 'string' || typeof schema !== 'string' || typeof table !== 'string') return [];
  const object = [database, schema, table];
  const make = { privilege: 'CREATE TABLE', object: [database, schema] };
  if (mode === 'create') return [...within(object), make];
  if (recreate === true) return [...within(object), make, { privilege: 'OWNERSHIP', object }];
  return [...within(object), ...(WRITES[String(mode)] ?? []).map((privilege) => ({ privilege, object }))];
}

const within = ([database = '', schema = '']: readonly string[]): Need[] => [
  { privilege: 'USAGE', object: [database] },
  { privilege: 'USAGE', object: [database, schema] },
];

/** A need as people read it. */
export const shownNeed = ({ privilege, object }: Need) => ({ privilege, object: nameOf(object) });
