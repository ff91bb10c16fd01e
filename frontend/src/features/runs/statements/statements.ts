import type { NodeStatus } from '@snowflow/contracts/runs/run-state';
import type { NodeRun, PlanStep, Run } from '../../../api/types';
import { profileOf, type StatementProfile } from '../profile/statement-profile';

interface PlannedRun {
  plan: readonly PlanStep[];
  nodes: Readonly<Record<string, NodeRun>>;
  statements?: readonly StatementProfile[];
}

/** A step of the plan as it went. */
export interface Statement {
  step: string;
  /** Counted from 1, as the builder counts them. */
  number: number;
  nodes: readonly string[];
  /** The node that has the statement's time, rows and error. */
  endsAt: string;
  sql: string | undefined;
  status: NodeStatus;
  run: NodeRun | undefined;
  queryId: string | undefined;
  profile: StatementProfile | undefined;
}

/** The statements of a run, in the order of its plan. */
export function statementsOf({ plan, nodes, statements }: PlannedRun): Statement[] {
  return plan.map(({ step, nodes: ids, sql }, index) => {
    const endsAt = ids.at(-1) ?? '';
    const run = nodes[endsAt];
    const first = ids.find((id) => nodes[id]?.step === step && nodes[id].queryId !== undefined) ?? endsAt;
    return {
      step,
      number: index + 1,
      nodes: ids,
      endsAt,
      sql,
      status: run?.status ?? 'pending',
      run,
      queryId: run?.queryId ?? nodes[first]?.queryId,
      profile: profileOf(statements, step),
    };
  });
}

/** The statement that a node ran in: the one it names, else the first that it is planned for. */
export function statementOf(run: PlannedRun, nodeId: string): Statement | undefined {
  const statements = statementsOf(run);
  return (
    statements.find(({ step }) => step === run.nodes[nodeId]?.step) ??
    statements.find(({ nodes }) => nodes.includes(nodeId))
  );
}

/** How many statements the workflows sent that the run called: those have no line in its plan. */
export function sentByCalls({ statements, statementsLeftOut }: Pick<Run, 'statements' | 'statementsLeftOut'>): number {
  return statementsLeftOut + statements.filter(({ step }) => step.includes('/')).length;
}

/** The text of a line of SQL, counted from 1 as Snowflake counts them. */
export function lineOf(sql: string, line: number): string | undefined {
  return sql.split('\n')[line - 1]?.trim() || undefined;
}
