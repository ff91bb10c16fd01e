import { literal } from '@snowflow/nodes/kit/sql/literal';
import { ParameterValues, renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { identifier, SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan } from '../plan/plan';
import { deploysDifferently, Exported, ExportedStatement, holdsError, ObjectName, refused } from './exported';
import { argumentProblems, argumentsOf, withArguments } from './procedure-arguments';
import { scriptBody, ScriptBody } from './script-body';
import { bodyText } from './scripting';

export interface ProcedureOptions {
  name: ObjectName;
  /** What an argument is where the caller gives none. */
  defaults: ParameterValues;
  comment: string;
  replace: boolean;
}

/** A procedure that runs with the rights of whoever calls it. Parameters are its arguments, and reach SQL as binds. */
export function asProcedure(plan: Plan, { name, defaults, comment, replace }: ProcedureOptions): Exported {
  const problems = argumentProblems(plan.parameters);
  if (holdsError(problems)) return refused(problems);
  const render = (fragment: SqlFragment) => renderLiterals(withArguments(fragment));
  const procedure = renderLiterals(identifier(name.database, name.schema, name.name));
  const { declared, types } = argumentsOf(plan.parameters, defaults);
  const object = `${procedure}(${types})`;
  const { text, returns } = scriptBody(plan, render);
  const sql = [
    `CREATE ${replace ? 'OR REPLACE ' : ''}PROCEDURE ${procedure}(${declared})`,
    ...(replace ? ['COPY GRANTS'] : []),
    `RETURNS ${returns}`,
    'LANGUAGE SQL',
    `COMMENT = ${literal(comment)}`,
    'EXECUTE AS CALLER',
    `AS ${bodyText(text)}`,
  ].join('\n');
  const statements: ExportedStatement[] = [{ sql, purpose: 'create', object }];
  if (!replace) statements.push({ sql: `DROP PROCEDURE ${object}`, purpose: 'undo', object });
  const nodes = [...new Set(plan.steps.flatMap((step) => step.nodes))];
  return { statements, nodes, problems: warnings(returns, replace) };
}

function warnings(returns: ScriptBody['returns'], replace: boolean) {
  return [
    ...(returns === 'VARIANT'
      ? [deploysDifferently(undefined, 'It answers one object with an array of rows for each result, in no order')]
      : []),
    ...(replace
      ? [deploysDifferently(undefined, 'A procedure of this name is replaced; what it did before is not kept')]
      : []),
  ];
}
