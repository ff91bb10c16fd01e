import type { Port } from '@snowflow/nodes/kit/node-definition';
import { useShallow } from 'zustand/react/shallow';
import { useBuilder } from '../../store/builder-store';
import { selectLostPorts, withLostPorts } from '../../store/selectors/lost-ports';

/** What reaches each input, and the way to the node it comes from. */
export function InputList({ id, inputs }: { id: string; inputs: readonly Port[] }) {
  const sources = useBuilder(
    useShallow((state) =>
      state.edges.filter(({ target }) => target === id).map(({ targetHandle, source }) => `${targetHandle} ${source}`),
    ),
  );
  const labels = useBuilder(
    useShallow((state) =>
      sources.map((entry) => state.nodes.find((node) => node.id === entry.split(' ')[1])?.data.label ?? ''),
    ),
  );
  const lost = useBuilder(useShallow(selectLostPorts(id, 'target', inputs)));
  const shown = withLostPorts(inputs, lost);
  if (shown.length === 0) return null;
  return (
    <div className="field">
      <span className="field-label">{shown.length > 1 ? 'Inputs' : 'Input'}</span>
      {shown.map((port) => {
        const here = sources.flatMap((entry, index) => {
          const [targetPort, source = ''] = entry.split(' ');
          return targetPort === port.id ? [{ source, label: labels[index] ?? source }] : [];
        });
        return (
          <div key={port.id} className="input-row">
            <span className="input-mark" data-kind={port.kind} />
            {shown.length > 1 && <span className="quiet">{port.label ?? port.id}</span>}
            {here.length === 0 && <span className="quiet">Not connected</span>}
            {here.map(({ source, label }) => (
              <button key={source} type="button" onClick={() => useBuilder.getState().select([source])}>
                {label}
              </button>
            ))}
          </div>
        );
      })}
    </div>
  );
}
