import { useBuilder } from '../../store/builder-store';

/** What a node is called on the canvas; of one that is gone, its id. */
export function nodeLabel(id: string): string {
  return useBuilder.getState().nodes.find((node) => node.id === id)?.data.label || id;
}
