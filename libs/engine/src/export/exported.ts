import type { Problem } from '@snowflow/contracts/documents/problem';
import type { DeployBody } from '@snowflow/contracts/workflow/deploy.dto';

/** What a workflow can become in Snowflake. */
export type ExportTarget = DeployBody['target'];

/** The three parts of the name of what is made. */
export interface ObjectName {
  database: string;
  schema: string;
  name: string;
}

/**
 * One statement of an export. `run` stands in a script, `create` makes an object, `start` lets it go; `undo` takes it away
 * again and is only shown.
 */
export interface ExportedStatement {
  sql: string;
  purpose: 'run' | 'create' | 'start' | 'undo';
  /** The quoted name of what it makes or takes away. */
  object?: string;
  /** The node whose step it is, where it is of one. */
  nodeId?: string;
}

/** An export; where there is an error among its problems it has no statement. */
export interface Exported {
  statements: ExportedStatement[];
  /** The nodes whose SQL the statements hold. */
  nodes: string[];
  problems: Problem[];
}

/** An export that can't be made. */
export function refused(problems: Problem[]): Exported {
  return { statements: [], nodes: [], problems };
}

/** Something that has no plain form in Snowflake, and what to do about it. */
export function notDeployable(nodeId: string | undefined, message: string, suggestion?: string): Problem {
  return {
    severity: 'error',
    code: 'NOT_DEPLOYABLE',
    ...(nodeId === undefined ? {} : { nodeId }),
    message,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** Something that will not be quite as it is in a run. */
export function deploysDifferently(nodeId: string | undefined, message: string, suggestion?: string): Problem {
  return { ...notDeployable(nodeId, message, suggestion), severity: 'warning', code: 'DEPLOYS_DIFFERENTLY' };
}

/** Whether an error is among them. */
export const holdsError = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
