import { ChevronDown, ChevronUp, Pin, PinOff } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect } from 'react';
import { Button } from '../../components/Button';
import { NodeTile } from '../../components/NodeTile';
import { useBuilder } from '../../store/builder-store';
import { definitionOf } from '../../store/node-definitions';
import { selectNode, selectSingleId } from '../../store/selectors/node-selectors';
import { selectProblems } from '../../store/selectors/problem-selectors';
import { selectResultNode } from '../../store/selectors/run-selectors';
import type { DrawerTab } from '../../store/view-slice';
import { BuilderChat } from '../chat/BuilderChat';
import { LazyNodeInspector } from '../inspector/LazyNodeInspector';
import { WorkflowSettings } from '../inspector/WorkflowSettings';
import { ProblemList } from '../problems/ProblemList';
import type { RunControl } from '../runs/use-run';
import { hasTrace } from '../runs/trace/has-trace';
import { DataTab } from './DataTab';
import { EventsTab } from './EventsTab';
import { SqlTab } from './SqlTab';
import { TraceTab } from './TraceTab';
import { useDrawerHeight } from './use-drawer-height';
import '../../components/Tabs.css';
import '../inspector/Inspector.css';
import './ResultsDrawer.css';

const TABS: readonly { id: DrawerTab; label: string }[] = [
  { id: 'data', label: 'Data' },
  { id: 'sql', label: 'SQL' },
  { id: 'chat', label: 'Chat' },
  { id: 'trace', label: 'Trace' },
  { id: 'events', label: 'Events' },
  { id: 'problems', label: 'Problems' },
];

/** Below the canvas: rows, SQL, chat, events and problems. On tablets the settings join as its first tab. */
export function ResultsDrawer({ withSettings, run }: { withSettings: boolean; run: RunControl }) {
  const open = useBuilder((state) => state.drawerOpen);
  const chosen = useBuilder((state) => state.drawerTab);
  const problems = useBuilder(selectProblems).length;
  const resultNode = useBuilder(selectResultNode);
  const node = useBuilder(selectNode(resultNode));
  const pinned = useBuilder((state) => state.pinnedNode);
  const selected = useBuilder(selectSingleId);
  const { height, handle } = useDrawerHeight();
  const traced = node && resultNode !== undefined && hasTrace(node.data.type) ? resultNode : undefined;
  const isThere = {
    settings: withSettings,
    trace: traced !== undefined,
    chat: true,
    data: true,
    sql: true,
    events: true,
    problems: true,
  };
  const tab = isThere[chosen] ? chosen : 'data';
  const wantedField = useBuilder((state) => state.wantedField);
  const { toggle, showDrawer, pin } = useBuilder.getState();

  useEffect(() => {
    // Where the settings stand in this drawer, a field that is asked for has to be brought to sight here.
    if (withSettings && wantedField) useBuilder.getState().showDrawer('settings');
  }, [withSettings, wantedField]);

  return (
    <Tabs.Root
      className="drawer"
      id="results"
      value={tab}
      onValueChange={(value) => {
        const next = [...TABS.map(({ id }) => id), 'settings' as const].find((id) => id === value);
        if (next) showDrawer(next);
      }}
      tabIndex={-1}
      aria-label="Results"
      role="region"
      data-open={open}
      style={{ height: open ? height : undefined }}
    >
      <div {...handle} className="drawer-handle" />
      <div className="drawer-head">
        <Tabs.List className="tabs" aria-label="Results">
          {withSettings && <Tabs.Trigger value="settings">Settings</Tabs.Trigger>}
          {TABS.filter(({ id }) => isThere[id]).map(({ id, label }) => (
            <Tabs.Trigger key={id} value={id} onClick={() => showDrawer(id)}>
              {label}
              {id === 'problems' && problems > 0 && <span className="count">{problems}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {node && (
          <span className="drawer-node" data-group={definitionOf(node.data.type)?.group}>
            <NodeTile type={node.data.type} size={20} />
            <strong>{node.data.label}</strong>
          </span>
        )}
        {node && (
          <Button
            look="ghost"
            size="sm"
            iconOnly={pinned === undefined ? 'Keep this node here' : 'Follow the selection'}
            onClick={() => pin(pinned === undefined ? resultNode : undefined)}
          >
            {pinned === undefined ? <Pin size={14} aria-hidden /> : <PinOff size={14} aria-hidden />}
          </Button>
        )}
        <Button
          look="ghost"
          size="sm"
          iconOnly={open ? 'Close results (Ctrl J)' : 'Open results (Ctrl J)'}
          aria-expanded={open}
          onClick={() => toggle('drawerOpen')}
        >
          {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
        </Button>
      </div>
      {withSettings && (
        <Tabs.Content value="settings" className="drawer-body" tabIndex={-1}>
          {open && (selected === undefined ? <WorkflowSettings /> : <LazyNodeInspector key={selected} id={selected} />)}
        </Tabs.Content>
      )}
      <Tabs.Content value="data" className="drawer-body" tabIndex={-1}>
        {open && <DataTab nodeId={resultNode} />}
      </Tabs.Content>
      <Tabs.Content value="sql" className="drawer-body" tabIndex={-1}>
        {open && <SqlTab nodeId={resultNode} />}
      </Tabs.Content>
      <Tabs.Content value="chat" className="drawer-body" tabIndex={-1}>
        {open && <BuilderChat start={run.startWith} />}
      </Tabs.Content>
      {traced !== undefined && (
        <Tabs.Content value="trace" className="drawer-body" tabIndex={-1}>
          {open && <TraceTab key={traced} nodeId={traced} />}
        </Tabs.Content>
      )}
      <Tabs.Content value="events" className="drawer-body">
        {open && <EventsTab />}
      </Tabs.Content>
      <Tabs.Content value="problems" className="drawer-body" tabIndex={-1}>
        {open && <ProblemList />}
      </Tabs.Content>
    </Tabs.Root>
  );
}
