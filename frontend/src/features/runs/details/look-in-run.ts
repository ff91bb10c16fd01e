import type { NodeStatus } from '@snowflow/contracts/runs/run-state';
import type { StateLook } from '../../../components/StateChip';
import { nodeLook, wentOn } from '../node-look';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';

/** How a node of a run is shown, as it stands or as it stood at an event. */
export function lookInRun(run: LiveRun, names: NodeNames, nodeId: string, status: NodeStatus): StateLook {
  const { type, goesOn } = names.of(nodeId);
  return nodeLook(status, type, wentOn(run, nodeId, goesOn));
}
