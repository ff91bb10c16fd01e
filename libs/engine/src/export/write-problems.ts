import type { Problem } from '@snowflow/contracts/documents/problem';
import type { Plan } from '../plan/plan';
import { deploysDifferently, ExportTarget, notDeployable } from './exported';
import { NamedTable, tableOf } from './plan-access';

/**
 * What is wrong with writing tables from Snowflake itself. The statement is chosen now, by whether the table is there now; a
 * table that is there is never made anew, for that would drop its grants, policies, tags and streams.
 */
export function writeProblems(plan: Plan, target: ExportTarget): Problem[] {
  return plan.steps
    .filter(({ kind }) => kind === 'write')
    .flatMap(({ endsAt }) => ofTable(endsAt, tableOf(plan, endsAt), plan.nodes[endsAt]?.targetExists ?? false, target));
}

function ofTable(
  nodeId: string,
  { mode, recreate, table }: NamedTable,
  exists: boolean,
  target: ExportTarget,
): Problem[] {
  if (exists && recreate === true) {
    const message = `“${table}” is there and would be made anew, which drops its grants and policies`;
    return [notDeployable(nodeId, message, 'Turn “Make the table anew” off')];
  }
  if (exists || (mode !== 'create' && mode !== 'replace')) return [];
  const once = `It makes “${table}”, which works the first time only`;
  if (target === 'sql' || (target === 'procedure' && mode === 'create')) return [deploysDifferently(nodeId, once)];
  return [notDeployable(nodeId, once, 'Run the workflow once, so that the table is there, and choose “Replace rows”')];
}
