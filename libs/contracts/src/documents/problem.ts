/**
 * Stable codes of validation problems; UNREACHABLE_NODE and NO_OUTPUT are warnings, all others errors. The last two are of a
 * deployment: what has no plain form in Snowflake, and what is plain but differs from a run (a warning).
 */
export const PROBLEM_CODES = [
  'EMPTY_WORKFLOW',
  'DUPLICATE_ID',
  'UNKNOWN_NODE_TYPE',
  'INVALID_CONFIG',
  'UNKNOWN_NODE',
  'UNKNOWN_PORT',
  'PORT_KIND_MISMATCH',
  'MISSING_INPUT',
  'CYCLE',
  'UNREACHABLE_NODE',
  'NO_OUTPUT',
  'SOURCE_NOT_FOUND',
  'NO_ACCESS',
  'UNKNOWN_COLUMN',
  'AMBIGUOUS_COLUMN',
  'TYPE_MISMATCH',
  'UNKNOWN_PARAMETER',
  'INVALID_IDENTIFIER',
  'INVALID_SQL',
  'NEEDS_MATERIALISE',
  'TABLE_EXISTS',
  'LOOP_UNBOUNDED',
  'POLICY_DENIED',
  'NOT_DEPLOYABLE',
  'DEPLOYS_DIFFERENTLY',
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One thing that is wrong with a workflow. `path` is relative to the node's config when `nodeId` is set, else to the document. */
export interface Problem {
  severity: 'error' | 'warning';
  code: ProblemCode;
  nodeId?: string;
  path?: string;
  message: string;
  suggestion?: string;
}
