import { getViewportForBounds, useNodesInitialized, useReactFlow, useStore } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { FIT } from './fit';

/**
 * Shows the whole drawing once, when it has been opened and every node is measured. React Flow's own `fitView` is used up by
 * the first measuring, whichever node asks for it: with ports that measure themselves it would show that node alone.
 */
export function OpeningFit() {
  const measured = useNodesInitialized();
  const canvas = useStore(({ domNode }) => domNode);
  const { viewportInitialized, getNodes, getNodesBounds, setViewport } = useReactFlow();
  const fitted = useRef(false);
  const minZoom = useStore((state) => state.minZoom);

  // Before the first paint, so that the drawing is never seen to jump.
  useLayoutEffect(() => {
    if (fitted.current || !measured || !viewportInitialized || !canvas) return;
    fitted.current = true;
    // The panels beside it may have just come or gone, which React Flow hears of later.
    const { clientWidth, clientHeight } = canvas;
    const bounds = getNodesBounds(getNodes());
    void setViewport(getViewportForBounds(bounds, clientWidth, clientHeight, minZoom, FIT.maxZoom, FIT.padding));
  }, [measured, viewportInitialized, canvas, minZoom, getNodes, getNodesBounds, setViewport]);

  return null;
}
