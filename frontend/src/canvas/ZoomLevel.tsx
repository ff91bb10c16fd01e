import { useStore } from '@xyflow/react';
import { useEffect } from 'react';

type Level = 'full' | 'middle' | 'far' | 'dots';

const levelOf = (zoom: number): Level => (zoom < 0.2 ? 'dots' : zoom < 0.45 ? 'far' : zoom < 0.8 ? 'middle' : 'full');

/** Tells the style sheet how much detail fits. Nodes are not rendered again for it, and never change their size. */
export function ZoomLevel() {
  const level = useStore(({ transform }) => levelOf(transform[2]));
  const canvas = useStore(({ domNode }) => domNode);
  useEffect(() => {
    canvas?.setAttribute('data-level', level);
  }, [canvas, level]);
  return null;
}
