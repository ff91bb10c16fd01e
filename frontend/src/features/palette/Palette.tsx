import { NODE_GROUPS } from '@snowflow/nodes/kit/node-definition';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { NodeTile } from '../../components/NodeTile';
import { allDefinitions, GROUP_NAMES } from '../../store/node-definitions';
import { policiesQuery } from '../policies/policies-query';
import { addAfterSelection } from './add-after-selection';
import { startDrag } from './drag-node';
import './Palette.css';

export function Palette() {
  const [search, setSearch] = useState('');
  const { data: policies } = useQuery(policiesQuery);
  const isDenied = (type: string) => policies?.nodeTypes?.includes(type) === false;
  const wanted = search.trim().toLowerCase();
  const found = allDefinitions.filter(({ title, description, type }) =>
    `${title} ${description} ${type}`.toLowerCase().includes(wanted),
  );
  return (
    <section className="palette" aria-label="Nodes">
      <search className="palette-search">
        <Search size={16} aria-hidden />
        <input
          id="palette-search"
          className="control"
          type="search"
          aria-label="Search nodes"
          placeholder="Search nodes"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            const first = found[0];
            if (event.key === 'Enter' && wanted && first && !isDenied(first.type)) addAfterSelection(first.type);
          }}
        />
      </search>
      {NODE_GROUPS.map((group) => {
        const members = found.filter((definition) => definition.group === group);
        if (members.length === 0) return null;
        return (
          <div key={group} className="palette-group">
            <h2>{GROUP_NAMES[group]}</h2>
            <ul>
              {members.map(({ type, title, description }) => (
                <li key={type} data-group={group}>
                  <button
                    type="button"
                    data-group={group}
                    title={isDenied(type) ? 'Denied by the policy “Node types” of this account' : description}
                    aria-disabled={isDenied(type) || undefined}
                    draggable={!isDenied(type)}
                    onDragStart={(event) => startDrag(event, { type })}
                    onClick={() => !isDenied(type) && addAfterSelection(type)}
                  >
                    <NodeTile type={type} size={20} />
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {found.length === 0 && <p className="palette-none">No node matches.</p>}
    </section>
  );
}
