import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { LiveRun } from '../runs/details/use-live-run';
import { statementsOf } from '../runs/statements/statements';

/** What an answer rests on: a statement, and what it reads. */
export interface Citation {
  /** The step of the plan, by which the run's page opens it; absent for SQL that a node asked for. */
  step?: string;
  title: string;
  sql: string;
  sources: string[];
}

/** The statements that a run sent, with the tables that its plan reads in each, and the SQL that its nodes were given. */
export function citationsOf(run: LiveRun, definition: WorkflowDocument): Citation[] {
  const nodes = new Map(definition.nodes.map((node) => [node.id, node]));
  const planned = statementsOf(run).flatMap(({ step, number, sql, nodes: ids, queryId }): Citation[] => {
    if (sql === undefined || queryId === undefined) return [];
    const sources = ids.flatMap((id) => sourceOf(nodes.get(id)));
    return [{ step, title: `Statement ${number}`, sql, sources: [...new Set(sources)] }];
  });
  const asked = definition.nodes.flatMap(({ id, label }): Citation[] => {
    const sql = sqlIn(run.nodes[id]?.value);
    return sql === undefined ? [] : [{ title: `SQL of ${label || id}`, sql, sources: [] }];
  });
  return [...planned, ...asked];
}

function sourceOf(node: WorkflowNode | undefined): string[] {
  if (!node?.type.startsWith('source.')) return [];
  const { database, schema, table } = node.config;
  const parts = [database, schema, table].filter((part) => typeof part === 'string' && part !== '');
  return [parts.length === 3 ? parts.join('.') : node.label || node.id];
}

/** An analyst's value tells the SQL that it came to. */
function sqlIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('sql' in value)) return undefined;
  return typeof value.sql === 'string' && value.sql !== '' ? value.sql : undefined;
}
