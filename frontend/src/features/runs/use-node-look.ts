import type { StateLook } from '../../components/StateChip';
import { useBuilder } from '../../store/builder-store';
import { goesOnAfterFailure, nodeLook, ranEarlier, wentOn } from './node-look';

/** How a node of the builder's run is shown; undefined while no run is. */
export function useNodeLook(
  id: string,
  { type, config }: { type: string; config: Readonly<Record<string, unknown>> },
): StateLook | undefined {
  const node = useBuilder((state) => state.run?.nodes[id]);
  const continued = useBuilder(({ run }) => run !== undefined && wentOn(run, id, goesOnAfterFailure(config)));
  const earlier = useBuilder(({ run }) => run !== undefined && node !== undefined && ranEarlier(run, node));
  return node && nodeLook(node, type, { continued, earlier });
}
