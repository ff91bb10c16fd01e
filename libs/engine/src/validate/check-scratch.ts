import type { Problem } from '@snowflow/contracts/documents/problem';
import { settingsOf } from '@snowflow/nodes/kit/node-settings';
import type { CheckedNode, WorkflowGraph } from './workflow-graph';

/** Only rows that a node makes itself can be kept in a table of its own: what it hands on is kept where it comes from. */
export function checkScratch({ nodes }: WorkflowGraph): Problem[] {
  return [...nodes.values()]
    .filter((checked) => !makesRows(checked) && isKept(checked))
    .map(({ node }) => ({
      severity: 'error',
      code: 'INVALID_CONFIG',
      nodeId: node.id,
      path: 'materialiseAs',
      message: 'This node makes no rows that a scratch table could keep',
      suggestion: 'Set it on the node before it, and take it away here',
    }));
}

const makesRows = ({ definition }: CheckedNode) => definition?.group === 'source' || definition?.group === 'shape';
const isKept = ({ config }: CheckedNode) =>
  config !== undefined && settingsOf(config.value).materialiseAs !== undefined;
