import { NODE_GROUPS, type NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import { NodeTile } from '../../components/NodeTile';
import { GROUP_NAMES } from '../../store/node-definitions';
import './NodeGallery.css';

interface NodeGalleryProps {
  definitions: readonly NodeDefinition[];
  onOpen: (type: string) => void;
}

/** Node types by group, each with what it does. */
export function NodeGallery({ definitions, onOpen }: NodeGalleryProps) {
  return NODE_GROUPS.map((group) => {
    const members = definitions.filter((definition) => definition.group === group);
    if (members.length === 0) return null;
    return (
      <section key={group} className="node-gallery" aria-label={GROUP_NAMES[group]}>
        <h2>{GROUP_NAMES[group]}</h2>
        <ul>
          {members.map(({ type, title, description }) => (
            <li key={type} data-group={group}>
              <button type="button" data-group={group} onClick={() => onOpen(type)}>
                <NodeTile type={type} size={36} />
                <span>
                  <strong>{title}</strong>
                  <small>{description}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
