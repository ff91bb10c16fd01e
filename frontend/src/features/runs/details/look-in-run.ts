import type { StateLook } from '../../../components/StateChip';
import { type LookedAt, nodeLook, ranEarlier, wentOn } from '../node-look';
import type { NodeNames } from './node-names';
import type { LiveRun } from './use-live-run';

/** How a node of a run is shown, as it stands or as it stood at an event. */
export function lookInRun(run: LiveRun, names: NodeNames, nodeId: string, node: LookedAt): StateLook {
  const { type, goesOn } = names.of(nodeId);
  return nodeLook(node, type, {
    continued: wentOn(run, nodeId, goesOn),
    earlier: ranEarlier(run, node),
  });
}
