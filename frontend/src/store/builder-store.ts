import { temporal } from 'zundo';
import { create } from 'zustand';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { documentEdge, documentNode } from './canvas-elements';
import { derivedFrom, documentSlice } from './document-slice';
import { EditBurst } from './edit-burst';
import { problemsSlice } from './problems-slice';
import { runSlice } from './run-slice';
import type { BuilderState } from './store-types';
import { viewSlice } from './view-slice';

const UNDO_STEPS = 100;

export type DrawnPart = Pick<BuilderState, 'name' | 'nodes' | 'edges' | 'rest'>;

/** Whether two states hold the same document; selection, sizes and panels do not count. */
export function sameDocument(a: DrawnPart, b: DrawnPart): boolean {
  if (a.name !== b.name || a.rest !== b.rest) return false;
  if (a.nodes !== b.nodes) {
    if (a.nodes.length !== b.nodes.length) return false;
    const moved = a.nodes.some((node, index) => {
      const other = b.nodes[index];
      return (
        node.id !== other?.id ||
        node.data !== other.data ||
        node.position.x !== other.position.x ||
        node.position.y !== other.position.y
      );
    });
    if (moved) return false;
  }
  if (a.edges === b.edges) return true;
  if (a.edges.length !== b.edges.length) return false;
  return a.edges.every((edge, index) => {
    const other = b.edges[index];
    return (
      edge.id === other?.id &&
      edge.source === other.source &&
      edge.target === other.target &&
      edge.sourceHandle === other.sourceHandle &&
      edge.targetHandle === other.targetHandle
    );
  });
}

/** A builder's whole state. The page has one; tests make their own. */
export function createBuilderStore() {
  const burst = new EditBurst();
  return create<BuilderState>()(
    temporal(
      (set, get) => ({
        ...documentSlice(set, get, burst),
        ...runSlice(set, get),
        ...problemsSlice(set),
        ...viewSlice(set, get),
      }),
      {
        limit: UNDO_STEPS,
        partialize: ({ name, nodes, edges, rest }): DrawnPart => ({ name, nodes, edges, rest }),
        equality: sameDocument,
        handleSet: (record) => (past, replace, current, delta) => {
          // zundo's type leaves out the arguments that it passes to the function it hands over.
          if (burst.startsStep()) (record as (...all: unknown[]) => void)(past, replace, current, delta);
        },
      },
    ),
  );
}

export type BuilderStore = ReturnType<typeof createBuilderStore>;

/** The one store of the builder. */
export const useBuilder = createBuilderStore();

/** The drawn workflow as a document. */
export function documentOf({ name, nodes, edges, rest }: DrawnPart): WorkflowDocument {
  return { schemaVersion: 1, name, ...rest, nodes: nodes.map(documentNode), edges: edges.map(documentEdge) };
}

function travel(store: BuilderStore, direction: 'undo' | 'redo'): void {
  store.getState().endBurst();
  store.temporal.getState()[direction]();
  const { nodes, tabStop } = store.getState();
  store.setState(derivedFrom(nodes, tabStop));
}

export const undo = (store: BuilderStore = useBuilder): void => travel(store, 'undo');
export const redo = (store: BuilderStore = useBuilder): void => travel(store, 'redo');

/** Opens a workflow without leaving the one before in the undo history. */
export function openWorkflow(
  workflow: { id: string; revision: number; definition: WorkflowDocument },
  store: BuilderStore = useBuilder,
) {
  store.getState().open(workflow);
  store.temporal.getState().clear();
  store.setState({ problems: [], serverProblems: [], plan: [], inputColumns: {}, outputColumns: {} });
}
