import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { agentQuery, type AllowedSchema } from '@snowflow/engine/agents/agent-query';
import type { CallSite } from '@snowflow/engine/agents/agent-tool';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { PlanScope } from '../execution/plan-scope';
import type { RunSteps } from '../execution/run-step';
import { StatementFailed } from '../execution/sealed-failure';
import { executeStatement } from '../execution/statement-step';
import { whatEnded } from '../execution/what-ended';

/** So many rows a model gets to see where its tool does not say. */
export const USUAL_ROWS = 50;

/** What the statements of an agent are run with. */
export interface StatementScene {
  shared: RunSteps;
  scope: PlanScope;
  step: PlanStep;
  parser: SqlParser;
  connections: Pick<ConnectionsClient, 'describe'>;
  readRows(queryId: string, maxRows: number): Promise<ReadRows>;
}

/**
 * The first rows of one SELECT, run as who runs the workflow through the run's own journal: what was sent for this call is not sent again.
 * Throws VALIDATION for what is no SELECT, or reads from other schemas; SQL_FAILED for Snowflake's own no,
 * POLICY_DENIED for the tenant's.
 */
export async function agentRows(
  sql: string,
  { schemas, maxRows }: { schemas: readonly AllowedSchema[]; maxRows: number },
  { place, signal }: CallSite,
  { shared, scope, step, parser, connections, readRows }: StatementScene,
): Promise<{ [name: string]: StepValue }> {
  const bound = agentQuery(sql, schemas, parser);
  const { context } = shared.run;
  // A name without a schema is one of the first schema that it may read from.
  const own = { ...shared, run: { ...shared.run, context: { ...context, ...schemas[0] } } };
  const ended = (error: unknown) => whatEnded(error, shared.mayRest);
  await shared.policies.checkQuery(own.run, sql, signal).catch(ended);
  const { readOnly } = await connections.describe({ ...bound, context: own.run.context }).catch(ended);
  if (!readOnly) throw new AppError('VALIDATION', 'The statement was not run: Snowflake does not take it for a query.');
  // The page shows the agent; its statements stand below it, as those of called workflows do.
  const within = { ...scope, prefix: `${scope.prefix}${step.id}/` };
  const planned: PlanStep = { ...readStep(step), id: place, endsAt: place };
  const send = () => executeStatement(planned, bound, own, within, signal);
  const { queryId, rowCount } = await shared.places.run(send).catch(toldFailure);
  const { columns, rows } = await readRows(queryId, maxRows);
  const shown = { columns: columns.map(({ name }) => name), rows, rowCount };
  return rowCount > rows.length ? { ...shown, note: `The first ${rows.length} rows` } : shown;
}

function readStep({ scratch: _scratch, ...step }: PlanStep): PlanStep {
  return { ...step, kind: 'query' };
}

/** What Snowflake says against a statement is for the model to mend. */
function toldFailure(error: unknown): never {
  if (error instanceof StatementFailed) throw new AppError('SQL_FAILED', error.failure.message, {}, { cause: error });
  throw error;
}
