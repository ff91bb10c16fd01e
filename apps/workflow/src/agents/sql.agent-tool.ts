import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { agentQuery } from '@snowflow/engine/agents/agent-query';
import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { PlanScope } from '../execution/plan-scope';
import type { RunSteps } from '../execution/run-step';
import { StatementFailed } from '../execution/sealed-failure';
import { executeStatement } from '../execution/statement-step';

const USUAL_ROWS = 50;

/** What the statements of an agent are run with. */
export interface StatementScene {
  shared: RunSteps;
  scope: PlanScope;
  step: PlanStep;
  parser: SqlParser;
  connections: Pick<ConnectionsClient, 'describe'>;
  readRows(queryId: string, maxRows: number): Promise<ReadRows>;
}

/** One SELECT of the model, run as who runs the workflow, through the run's own journal: what was sent is not sent again. */
export function sqlTool(
  { name, description, schemas = [], maxRows = USUAL_ROWS, needsApproval = false }: AgentToolSetup,
  scene: StatementScene,
): AgentTool {
  const reads = schemas.map(({ database, schema }) => `${database}.${schema}`).join(', ');
  const rules = `One Snowflake SELECT, or WITH … SELECT; it can't change anything, and shows at most ${maxRows} rows.`;
  return {
    name,
    description: [description, rules, reads && `It reads from: ${reads}.`].filter(Boolean).join(' '),
    parameters: {
      type: 'object',
      properties: { statement: { type: 'string', minLength: 1, maxLength: 20_000 } },
      required: ['statement'],
      additionalProperties: false,
    },
    kind: 'tool',
    leaves: false,
    reads: true,
    needsApproval,
    repeatable: true,
    async call(input, { place, signal }) {
      const bound = agentQuery(String(input['statement']), schemas, scene.parser);
      const { shared, scope, step } = scene;
      const { context } = shared.run;
      // A name without a schema is one of the first schema that it may read from.
      const [first] = schemas;
      const own = { ...shared, run: { ...shared.run, context: { ...context, ...first } } };
      const { readOnly } = await scene.connections.describe({ ...bound, context: own.run.context });
      if (!readOnly)
        throw new AppError('VALIDATION', 'The statement was not run: Snowflake does not take it for a query.');
      // The page shows the agent; its statements stand below it, as those of called workflows do.
      const within = { ...scope, prefix: `${scope.prefix}${step.id}/` };
      const planned: PlanStep = { ...readStep(step), id: place, endsAt: place };
      const send = () => executeStatement(planned, bound, own, within, signal);
      const { queryId, rowCount } = await shared.places.run(send).catch(toldFailure);
      const { columns, rows } = await scene.readRows(queryId, maxRows);
      return shown(
        columns.map(({ name: column }) => column),
        rows,
        rowCount,
      );
    },
  };
}

function readStep({ scratch: _scratch, ...step }: PlanStep): PlanStep {
  return { ...step, kind: 'query' };
}

function shown(columns: string[], rows: StepValue[][], rowCount: number): StepValue {
  return { columns, rows, rowCount, ...(rowCount > rows.length ? { note: `The first ${rows.length} rows` } : {}) };
}

/** What Snowflake says against a statement is for the model to mend. */
function toldFailure(error: unknown): never {
  if (error instanceof StatementFailed) throw new AppError('SQL_FAILED', error.failure.message, {}, { cause: error });
  throw error;
}
