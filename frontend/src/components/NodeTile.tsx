import { definitionOf } from '../store/node-definitions';
import { nodeIcon } from './node-icons';

/** The coloured icon of a node type. The colour comes from the nearest `data-group` around it. */
export function NodeTile({ type, size = 28 }: { type: string; size?: 20 | 28 | 36 }) {
  const Icon = nodeIcon(definitionOf(type)?.icon);
  return (
    <span className={`tile tile-${size}`}>
      <Icon size={size === 20 ? 12 : size === 28 ? 16 : 20} aria-hidden />
    </span>
  );
}
