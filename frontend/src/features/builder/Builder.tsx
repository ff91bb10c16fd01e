import { ReactFlowProvider } from '@xyflow/react';
import { useEffect } from 'react';
import type { Workflow } from '../../api/types';
import { Canvas } from '../../canvas/Canvas';
import { openWorkflow, useBuilder } from '../../store/builder-store';
import { CatalogTree } from '../catalog/CatalogTree';
import { useChecking } from '../problems/use-checking';
import { Inspector } from '../inspector/Inspector';
import { Palette } from '../palette/Palette';
import { DescribeLayer } from '../drafting/DescribeLayer';
import { ResultsDrawer } from '../results/ResultsDrawer';
import { RunAnnouncer } from '../runs/RunAnnouncer';
import { RunPill } from '../runs/RunPill';
import { useRun } from '../runs/use-run';
import { useSaving } from '../saving/use-saving';
import { NarrowNotice } from './NarrowNotice';
import { PanelBar } from './PanelBar';
import { Rail } from './Rail';
import { TopBar } from './TopBar';
import { useBuilderShortcuts } from './use-builder-shortcuts';
import { useWidth } from './use-width';
import './Builder.css';

/** One open workflow. Mounted anew for each, so nothing of the one before stays. */
export function Builder({ workflow, onReload }: { workflow: Workflow; onReload: () => void }) {
  const identity = `${workflow.id} ${workflow.revision}`;
  const opened = useBuilder((state) => state.openedAs);

  useEffect(() => {
    openWorkflow(workflow);
    useBuilder.getState().clearRun();
    // A reload after a conflict brings another revision of the same workflow: that opens it again.
  }, [workflow]);

  if (opened !== identity) return null;
  return (
    <ReactFlowProvider key={identity}>
      <OpenBuilder workflow={workflow} onReload={onReload} />
    </ReactFlowProvider>
  );
}

function OpenBuilder({ workflow, onReload }: { workflow: Workflow; onReload: () => void }) {
  const width = useWidth();
  const saving = useSaving(workflow);
  const run = useRun(workflow.id, saving);
  useChecking();
  useBuilderShortcuts(run);
  const leftPanel = useBuilder((state) => state.leftPanel);
  const inspector = useBuilder((state) => state.inspector);
  const readOnly = width === 'phone' || !['edit', 'own'].includes(workflow.access);

  useEffect(() => useBuilder.getState().setReadOnly(readOnly), [readOnly]);
  useEffect(() => useBuilder.getState().toggle('leftPanel', width === 'full'), [width]);

  return (
    <div className="builder" data-width={width}>
      <a className="skip-link" href="#canvas">
        Skip to canvas
      </a>
      {(width === 'full' || width === 'medium') && <Rail />}
      <TopBar workflow={workflow} saving={saving} run={run} onReload={onReload} />
      {width === 'tablet' && <PanelBar />}
      {width === 'phone' && <NarrowNotice />}
      {leftPanel && !readOnly && (
        <aside className="left-panel" id="left-panel" aria-label="Nodes and catalog" tabIndex={-1}>
          <Palette />
          <CatalogTree />
        </aside>
      )}
      <main className="workbench">
        <div className="canvas-top">
          <RunPill />
        </div>
        <Canvas />
        <ResultsDrawer withSettings={width === 'tablet'} run={run} />
      </main>
      {inspector && (width === 'full' || width === 'medium') && <Inspector />}
      <DescribeLayer />
      <RunAnnouncer />
    </div>
  );
}
