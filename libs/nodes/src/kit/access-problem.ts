import { problem } from './column-checks';
import type { Knowledge, NodeProblem } from './node-definition';

/** That something is denied: by the rule of the tenant that says so, else by Snowflake, of which `noAccess` is the sentence. */
export function accessProblem(
  { by }: Extract<Knowledge, { state: 'denied' }>,
  path: string,
  noAccess: string,
): NodeProblem {
  return by ? problem('POLICY_DENIED', path, by.message) : problem('NO_ACCESS', path, noAccess);
}
