import { createElement } from 'react';
import { definitionOf } from '../store/node-definitions';
import { nodeIcon } from './node-icons';

const ICON_SIZES = { 20: 12, 28: 16, 36: 20 };

/** The coloured icon of a node type. The colour comes from the nearest `data-group` around it. */
export function NodeTile({ type, size = 28 }: { type: string; size?: 20 | 28 | 36 }) {
  return (
    <span className={`tile tile-${size}`}>
      {createElement(nodeIcon(definitionOf(type)?.icon), { size: ICON_SIZES[size], 'aria-hidden': true })}
    </span>
  );
}
