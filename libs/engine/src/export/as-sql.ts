import { ParameterValues, renderLiterals } from '@snowflow/nodes/kit/sql/render';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan } from '../plan/plan';
import { Exported, ExportedStatement } from './exported';
import { scriptBody } from './script-body';
import { bodyText } from './scripting';
import { variantsOf } from './step-variants';

/** A script: each step's statement in order, or, where conditions decide, one block of Snowflake Scripting. */
export function asSql(plan: Plan, values: ParameterValues): Exported {
  const render = (fragment: SqlFragment) => renderLiterals(fragment, values);
  const nodes = [...new Set(plan.steps.flatMap((step) => step.nodes))];
  if (plan.steps.some(({ kind }) => kind === 'condition')) {
    const sql = `EXECUTE IMMEDIATE ${bodyText(scriptBody(plan, render).text)}`;
    return { statements: [{ sql, purpose: 'run' }], nodes, problems: [] };
  }
  const statements = plan.steps.flatMap((step) =>
    variantsOf(plan, step, render).map(({ sql }): ExportedStatement => ({ sql, purpose: 'run', nodeId: step.endsAt })),
  );
  return { statements, nodes, problems: [] };
}
