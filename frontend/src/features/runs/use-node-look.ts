import type { StateLook } from '../../components/StateChip';
import { useBuilder } from '../../store/builder-store';
import { goesOnAfterFailure, nodeLook, wentOn } from './node-look';

/** How a node of the builder's run is shown; undefined while no run is. */
export function useNodeLook(
  id: string,
  { type, config }: { type: string; config: Readonly<Record<string, unknown>> },
): StateLook | undefined {
  const status = useBuilder((state) => state.run?.nodes[id]?.status);
  const continued = useBuilder(({ run }) => run !== undefined && wentOn(run, id, goesOnAfterFailure(config)));
  return status && nodeLook(status, type, continued);
}
