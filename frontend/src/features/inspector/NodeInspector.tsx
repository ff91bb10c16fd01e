import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { NodeTile } from '../../components/NodeTile';
import { showToast } from '../../components/toast-store';
import { useBuilder } from '../../store/builder-store';
import { definitionOf } from '../../store/node-definitions';
import { selectNode } from '../../store/selectors/node-selectors';
import { NodeHelp } from '../node-help/NodeHelp';
import { ColumnsTab } from './ColumnsTab';
import { NodeRunTab } from './NodeRunTab';
import { NodeSettings } from './NodeSettings';
import '../../components/Tabs.css';

const LABEL_FIELD = '$label';

/** One node: its name, its settings, the columns it gives, and its part of the last run. */
export function NodeInspector({ id }: { id: string }) {
  const node = useBuilder(selectNode(id));
  const readOnly = useBuilder((state) => state.readOnly);
  const wanted = useBuilder((state) => (state.wantedField?.nodeId === id ? state.wantedField : undefined));
  const [chosen, setChosen] = useState({ tab: 'settings', request: 0 });
  const title = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!wanted) return;
    if (wanted.path === LABEL_FIELD) {
      title.current?.focus();
      title.current?.select();
    }
  }, [wanted]);
  // A field that is asked for is under Settings, whatever tab was chosen before.
  const tab = wanted && wanted.request > chosen.request ? 'settings' : chosen.tab;

  if (!node) return null;
  const definition = definitionOf(node.data.type);
  const takeExample = (config: Record<string, unknown>) => {
    useBuilder.getState().setConfig(id, config, '');
    useBuilder.getState().endBurst();
    showToast('Settings of the example taken. Ctrl Z brings yours back.');
  };
  return (
    <>
      <header className="inspector-head" data-group={definition?.group}>
        <NodeTile type={node.data.type} />
        <div>
          <input
            ref={title}
            className="inspector-title"
            aria-label="Node name"
            value={node.data.label}
            maxLength={200}
            readOnly={readOnly}
            onChange={(event) => useBuilder.getState().setLabel(id, event.target.value)}
            onBlur={() => useBuilder.getState().endBurst()}
          />
          <p>{definition?.title ?? node.data.type}</p>
        </div>
      </header>
      <Tabs.Root
        value={tab}
        onValueChange={(next) => setChosen({ tab: next, request: wanted?.request ?? 0 })}
        className="inspector-tabs"
      >
        <Tabs.List className="tabs" aria-label="Node">
          <Tabs.Trigger value="settings">Settings</Tabs.Trigger>
          <Tabs.Trigger value="columns">Columns</Tabs.Trigger>
          <Tabs.Trigger value="run">Run</Tabs.Trigger>
          {definition && <Tabs.Trigger value="help">Help</Tabs.Trigger>}
        </Tabs.List>
        <Tabs.Content value="settings" tabIndex={-1}>
          <NodeSettings id={id} data={node.data} definition={definition} wanted={wanted} />
        </Tabs.Content>
        <Tabs.Content value="columns" tabIndex={-1}>
          <ColumnsTab id={id} />
        </Tabs.Content>
        <Tabs.Content value="run" tabIndex={-1}>
          <NodeRunTab id={id} />
        </Tabs.Content>
        {definition && (
          <Tabs.Content value="help" tabIndex={-1}>
            <NodeHelp definition={definition} onUse={readOnly ? undefined : takeExample} />
          </Tabs.Content>
        )}
      </Tabs.Root>
    </>
  );
}
