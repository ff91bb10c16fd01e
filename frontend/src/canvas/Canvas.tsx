import {
  Background,
  BackgroundVariant,
  ReactFlow,
  useReactFlow,
  type FinalConnectionState,
  type IsValidConnection,
  type OnConnectStart,
  type OnNodesChange,
  type OnEdgesChange,
} from '@xyflow/react';
import { useCallback, useState, type DragEvent, type KeyboardEvent } from 'react';
import '@xyflow/react/dist/style.css';
import { addDropped, acceptsDrop } from '../features/palette/drag-node';
import { useBuilder } from '../store/builder-store';
import type { CanvasEdge, CanvasNode } from '../store/canvas-elements';
import { refusal } from '../store/connect-rules';
import { CanvasToolbar } from './CanvasToolbar';
import { ConnectionLine } from './ConnectionLine';
import { EmptyCanvas } from './EmptyCanvas';
import { GhostNodes } from './GhostNodes';
import { LinkEdge } from './LinkEdge';
import { ConnectPicker } from './ConnectPicker';
import { OpeningFit } from './OpeningFit';
import { QuickAdd } from './QuickAdd';
import { StepNode } from './StepNode';
import { ZoomLevel } from './ZoomLevel';
import { useCanvasShortcuts } from './use-canvas-shortcuts';
import './Canvas.css';

const nodeTypes = { step: StepNode };
const edgeTypes = { link: LinkEdge };
const ONLY_VISIBLE_ABOVE = 100;
const SNAP: [number, number] = [10, 10];
const PRO = { hideAttribution: true };

const isValidConnection: IsValidConnection<CanvasEdge> = (wanted) =>
  refusal(useBuilder.getState(), {
    source: wanted.source,
    sourceHandle: wanted.sourceHandle ?? null,
    target: wanted.target,
    targetHandle: wanted.targetHandle ?? null,
  }) === undefined;

const startDrawing: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (nodeId && handleId && handleType) {
    useBuilder.getState().setDrawing({ node: nodeId, port: handleId, side: handleType });
  }
};

const changeNodes: OnNodesChange<CanvasNode> = (changes) => useBuilder.getState().changeNodes(changes);
const changeEdges: OnEdgesChange<CanvasEdge> = (changes) => useBuilder.getState().changeEdges(changes);

/** Arrow keys in a row are one undo step, until they are let go. */
const endNudge = (event: KeyboardEvent) => {
  if (event.key.startsWith('Arrow')) useBuilder.getState().endBurst();
};

/** The drawing surface. It alone takes the whole node list; everything inside reads its own part of the store. */
export function Canvas() {
  const nodes = useBuilder((state) => state.nodes);
  const edges = useBuilder((state) => state.edges);
  const readOnly = useBuilder((state) => state.readOnly);
  // Fitting waits for nodes to be measured: on an empty canvas it would move what was just dropped.
  const [opensFitted] = useState(() => useBuilder.getState().nodes.length > 0);
  const { screenToFlowPosition } = useReactFlow();
  const { onKeyDown, onPointerMove } = useCanvasShortcuts();

  const endDrawing = useCallback(
    (event: MouseEvent | TouchEvent, { isValid, toNode }: FinalConnectionState) => {
      const { drawing, setDrawing, openQuickAdd } = useBuilder.getState();
      setDrawing(undefined);
      if (!drawing || isValid || toNode) return;
      const { clientX, clientY } =
        'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      openQuickAdd({ from: drawing, at: screenToFlowPosition({ x: clientX, y: clientY }) });
    },
    [screenToFlowPosition],
  );

  const drop = useCallback(
    (event: DragEvent) => {
      event.preventDefault();
      addDropped(event.dataTransfer, screenToFlowPosition({ x: event.clientX - 98, y: event.clientY - 26 }));
    },
    [screenToFlowPosition],
  );

  return (
    <section
      className="canvas"
      id="canvas"
      aria-label="Canvas"
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onKeyUp={endNudge}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onConnect={useBuilder.getState().connect}
        onConnectStart={startDrawing}
        onConnectEnd={endDrawing}
        isValidConnection={isValidConnection}
        connectionLineComponent={ConnectionLine}
        onDrop={drop}
        onDragOver={(event) => acceptsDrop(event)}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesFocusable={!readOnly}
        onlyRenderVisibleElements={nodes.length > ONLY_VISIBLE_ABOVE}
        minZoom={0.1}
        maxZoom={2}
        snapToGrid
        snapGrid={SNAP}
        connectionRadius={24}
        panOnScroll
        deleteKeyCode={null}
        multiSelectionKeyCode="Shift"
        selectionKeyCode="Shift"
        nodesFocusable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        proOptions={PRO}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.4} />
        <GhostNodes />
        <ZoomLevel />
        {opensFitted && <OpeningFit />}
      </ReactFlow>
      {nodes.length === 0 && <EmptyCanvas />}
      <CanvasToolbar />
      <QuickAdd />
      <ConnectPicker />
    </section>
  );
}
