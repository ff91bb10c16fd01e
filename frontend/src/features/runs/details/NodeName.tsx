import { NodeTile } from '../../../components/NodeTile';
import { definitionOf } from '../../../store/node-definitions';
import type { NodeNames } from './node-names';
import './NodeName.css';

/** A node by its icon and name. */
export function NodeName({ id, names }: { id: string; names: NodeNames }) {
  const { label, type } = names.of(id);
  return (
    <span className="node-name" data-group={definitionOf(type)?.group} title={label}>
      <NodeTile type={type} size={20} />
      <span>{label}</span>
    </span>
  );
}
