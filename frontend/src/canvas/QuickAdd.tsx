import { useReactFlow } from '@xyflow/react';
import { Command } from 'cmdk';
import { useBuilder } from '../store/builder-store';
import { allDefinitions, GROUP_NAMES } from '../store/node-definitions';
import { NODE_GROUPS } from '@snowflow/nodes/kit/node-definition';
import { NodeTile } from '../components/NodeTile';
import { whyNot } from './compatible-types';
import { focusNode } from './focus-node';
import { PickerDialog } from './PickerDialog';

/** Search and add a node, joined to where it was asked for. */
export function QuickAdd() {
  const placement = useBuilder((state) => state.quickAdd);
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const close = () => useBuilder.getState().openQuickAdd(undefined);

  function add(type: string) {
    const { addNode } = useBuilder.getState();
    const canvas = document.querySelector('#canvas .react-flow')?.getBoundingClientRect();
    const middle = canvas && {
      x: canvas.left + canvas.width / 2 - 98 * getZoom(),
      y: canvas.top + canvas.height / 2 - 60 * getZoom(),
    };
    const free = !placement?.after && !placement?.at && middle ? { at: screenToFlowPosition(middle) } : {};
    const id = addNode(type, { ...placement, ...free });
    close();
    focusNode(id);
  }

  if (!placement) return null;
  const graph = useBuilder.getState();
  return (
    <PickerDialog title="Add node" placeholder="Search nodes" empty="No node matches." onClose={close}>
      {NODE_GROUPS.map((group) => {
        const members = allDefinitions.filter((definition) => definition.group === group);
        if (members.length === 0) return null;
        return (
          <Command.Group key={group} heading={GROUP_NAMES[group]}>
            {members.map((definition) => {
              const reason = whyNot(graph, definition, placement);
              return (
                <Command.Item
                  key={definition.type}
                  value={definition.type}
                  keywords={[definition.title, definition.description]}
                  disabled={reason !== undefined}
                  onSelect={() => add(definition.type)}
                  data-group={definition.group}
                >
                  <NodeTile type={definition.type} size={20} />
                  <span>{definition.title}</span>
                  <small>{reason ?? definition.description}</small>
                </Command.Item>
              );
            })}
          </Command.Group>
        );
      })}
    </PickerDialog>
  );
}
