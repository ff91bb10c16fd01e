import { literal } from '@snowflow/nodes/kit/sql/literal';
import { ParameterValues, renderLiterals } from '@snowflow/nodes/kit/sql/render';
import { identifier, SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { Plan } from '../plan/plan';
import { stepFragment } from '../sql/compose-step';
import { liveRelations } from '../sql/live-relations';
import { allLive } from '../sql/liveness';
import { deploysDifferently, Exported, ExportedStatement, ObjectName, refused } from './exported';
import { viewedStep } from './viewed-step';

export interface ViewOptions {
  name: ObjectName;
  values: ParameterValues;
  comment: string;
  /** The node that the view shows; without it the workflow's only result. */
  node?: string | undefined;
  /** Takes the place of a view that is there, keeping its grants. Without it CREATE VIEW fails there. */
  replace: boolean;
  secure: boolean;
}

/** A view of one result. Parameters are values in its text. */
export function asView(plan: Plan, { name, values, comment, node, replace, secure }: ViewOptions): Exported {
  const step = viewedStep(plan, node);
  if (Array.isArray(step)) return refused(step);
  const view = quoted(identifier(name.database, name.schema, name.name));
  const query = renderLiterals(stepFragment(plan, step, allLive), values);
  const isOrdered = (liveRelations(plan, step, allLive).ofEnd?.order.length ?? 0) > 0;
  const verb = `CREATE ${replace ? 'OR REPLACE ' : ''}${secure ? 'SECURE ' : ''}VIEW`;
  const options = `${replace ? ' COPY GRANTS' : ''} COMMENT = ${literal(comment)}`;
  const statements: ExportedStatement[] = [
    { sql: `${verb} ${view}${options} AS\n${query}`, purpose: 'create', object: view, nodeId: step.endsAt },
  ];
  if (!replace) statements.push({ sql: `DROP VIEW ${view}`, purpose: 'undo', object: view });
  return { statements, nodes: step.nodes, problems: warnings(step.endsAt, isOrdered, replace) };
}

function warnings(nodeId: string, isOrdered: boolean, replace: boolean) {
  return [
    ...(isOrdered ? [deploysDifferently(nodeId, 'A view keeps no order', 'Let its readers sort')] : []),
    ...(replace
      ? [deploysDifferently(undefined, 'A view of this name is replaced; what it showed before is not kept')]
      : []),
  ];
}

const quoted = (fragment: SqlFragment) => renderLiterals(fragment);
