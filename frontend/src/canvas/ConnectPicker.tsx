import { Command } from 'cmdk';
import { NodeTile } from '../components/NodeTile';
import { useBuilder } from '../store/builder-store';
import { possibleConnections } from './possible-connections';
import { definitionOf } from '../store/node-definitions';
import { focusNode } from './focus-node';
import { PickerDialog } from './PickerDialog';

/** Connecting without a pointer: what a node can be joined to, as a list. */
export function ConnectPicker() {
  const id = useBuilder((state) => state.connecting);
  if (id === undefined) return null;
  const state = useBuilder.getState();
  const label = (node: string) => state.nodes.find((candidate) => candidate.id === node)?.data.label ?? node;
  const close = () => {
    useBuilder.getState().setConnecting(undefined);
    focusNode(id);
  };
  return (
    <PickerDialog
      title={`Connect ${label(id)}`}
      placeholder={`Connect ${label(id)} to`}
      empty="No port fits."
      onClose={close}
    >
      {possibleConnections(state, id).map((wanted) => {
        const type = state.nodes.find((node) => node.id === wanted.target)?.data.type ?? '';
        return (
          <Command.Item
            key={`${wanted.sourceHandle} ${wanted.target} ${wanted.targetHandle}`}
            value={`${wanted.sourceHandle} ${wanted.target} ${wanted.targetHandle}`}
            keywords={[label(wanted.target)]}
            data-group={definitionOf(type)?.group}
            onSelect={() => {
              useBuilder.getState().connect(wanted);
              close();
            }}
          >
            <NodeTile type={type} size={20} />
            <span>{label(wanted.target)}</span>
            <small>
              {wanted.sourceHandle} to {wanted.targetHandle}
            </small>
          </Command.Item>
        );
      })}
    </PickerDialog>
  );
}
