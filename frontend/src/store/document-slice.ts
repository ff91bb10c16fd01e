import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { canvasEdge, canvasNode, type CanvasEdge, type CanvasNode, type DocumentRest } from './canvas-elements';
import { copied, pasted } from './clipboard';
import type { WantedConnection } from './connect-rules';
import { drafted } from './drafted';
import type { EditBurst } from './edit-burst';
import {
  firstConnection,
  insertedOnEdge,
  newNode,
  joined,
  placeBeside,
  unselected,
  withEdge,
  without,
  type Graph,
} from './graph-edits';
import type { GetState, SetState } from './store-types';

interface Point {
  x: number;
  y: number;
}

/** Where a new node goes, and what it is joined to. */
export interface Placement {
  /** Joined to this node and placed beside it. */
  after?: string;
  /** Put into this edge. */
  edge?: string;
  /** Joined to the dragged end of an unfinished edge. */
  from?: { node: string; port: string; side: 'source' | 'target' };
  at?: Point;
}

export interface DocumentSlice {
  workflowId: string;
  /** The workflow and revision that was opened last; what is drawn may be newer. */
  openedAs: string;
  name: string;
  nodes: CanvasNode[];
  edges: CanvasEdge[];
  rest: DocumentRest;
  selectedIds: readonly string[];
  /** The one node that the Tab key reaches; arrows go on from there. */
  tabStop: string | undefined;
  setTabStop(id: string): void;
  open(workflow: { id: string; revision: number; definition: WorkflowDocument }): void;
  changeNodes(changes: NodeChange<CanvasNode>[]): void;
  changeEdges(changes: EdgeChange<CanvasEdge>[]): void;
  connect(wanted: WantedConnection): void;
  /** Answers the new node's id. */
  addNode(type: string, placement: Placement, start?: { label?: string; config?: Record<string, unknown> }): string;
  setConfig(id: string, config: Record<string, unknown>, field: string): void;
  setLabel(id: string, label: string): void;
  setDisabled(id: string, disabled: boolean): void;
  rename(name: string): void;
  setParameters(parameters: DocumentRest['parameters']): void;
  /** Takes over a whole document as one edit; what it changed on the canvas is selected, unless what was is to stay. */
  applyDraft(definition: WorkflowDocument, selection?: 'changed' | 'stays'): void;
  removeSelection(): number;
  removeEdge(id: string): void;
  copySelection(): string | undefined;
  paste(text: string, at?: Point): boolean;
  duplicate(): void;
  select(ids: readonly string[]): void;
  selectAll(): void;
  nudge(by: Point): void;
  tidy(): Promise<void>;
  /** Ends a burst of edits, so that the next one is an undo step of its own. */
  endBurst(): void;
}

const PASTE_SHIFT = 30;

/** What follows from the nodes and is kept beside them, so that no component has to walk the list. */
export function derivedFrom(nodes: readonly CanvasNode[], tabStop: string | undefined) {
  const stays = tabStop !== undefined && nodes.some(({ id }) => id === tabStop);
  return { selectedIds: selectionOf(nodes), tabStop: stays ? tabStop : nodes[0]?.id };
}

const selectionOf = (nodes: readonly CanvasNode[]) => nodes.filter(({ selected }) => selected).map(({ id }) => id);

export function documentSlice(set: SetState, get: GetState, burst: EditBurst): DocumentSlice {
  const edit = (key: string | undefined, change: Partial<DocumentSlice>) => {
    burst.announce(key);
    set(change.nodes ? { ...change, ...derivedFrom(change.nodes, get().tabStop) } : change);
  };
  const graph = (): Graph => ({ nodes: get().nodes, edges: get().edges });
  const editData = (id: string, key: string | undefined, change: Partial<CanvasNode['data']>) =>
    edit(key, {
      nodes: get().nodes.map((node) => (node.id === id ? { ...node, data: { ...node.data, ...change } } : node)),
    });

  return {
    workflowId: '',
    openedAs: '',
    name: '',
    nodes: [],
    edges: [],
    rest: { description: '', parameters: [], notes: [], groups: [] },
    selectedIds: [],
    tabStop: undefined,
    setTabStop: (tabStop) => set({ tabStop }),

    open: ({ id, revision, definition }) => {
      const { name, nodes, edges, description, parameters, notes, groups } = definition;
      burst.announce();
      set({
        workflowId: id,
        openedAs: `${id} ${revision}`,
        name,
        nodes: nodes.map(canvasNode),
        edges: edges.map(canvasEdge),
        rest: { description, parameters, notes, groups },
        selectedIds: [],
        tabStop: nodes[0]?.id,
      });
    },

    changeNodes: (changes) => {
      const nodes = applyNodeChanges(changes, get().nodes);
      const dragging = changes.some((change) => change.type === 'position' && change.dragging);
      const selecting = changes.some(({ type }) => type === 'select' || type === 'remove' || type === 'replace');
      burst.announce('drag');
      set(selecting ? { nodes, selectedIds: selectionOf(nodes) } : { nodes });
      if (!dragging && changes.some(({ type }) => type === 'position')) burst.end();
    },
    changeEdges: (changes) => set({ edges: applyEdgeChanges(changes, get().edges) }),

    connect: (wanted) => edit(undefined, { edges: withEdge(graph(), wanted).edges }),

    addNode: (type, placement, start) => {
      const before = graph();
      const { after: anchor, edge, from, at } = placement;
      const beside = anchor ?? from?.node;
      const place = at ?? (beside === undefined ? { x: 0, y: 0 } : placeBeside(before, beside, 'right'));
      const node = newNode(before, type, place, start);
      const added: Graph = { ...before, nodes: [...unselected(before.nodes), node] };
      let drawn = edge === undefined ? added : insertedOnEdge(before, edge, node);
      if (anchor !== undefined) drawn = joined(drawn, anchor, node.id, at === undefined);
      if (from) {
        const wanted =
          from.side === 'source'
            ? firstConnection(drawn, from.node, node.id)
            : firstConnection(drawn, node.id, from.node);
        const end = from.side === 'source' ? { sourceHandle: from.port } : { targetHandle: from.port };
        if (wanted) drawn = withEdge(drawn, { ...wanted, ...end });
      }
      edit(undefined, drawn);
      set({ tabStop: node.id });
      return node.id;
    },

    setConfig: (id, config, field) => editData(id, `config:${id}:${field}`, { config }),
    setLabel: (id, label) => editData(id, `label:${id}`, { label }),
    setDisabled: (id, disabled) => editData(id, undefined, { disabled }),
    rename: (name) => edit('name', { name }),
    setParameters: (parameters) => edit(undefined, { rest: { ...get().rest, parameters } }),
    applyDraft: (definition, selection) => edit(undefined, drafted(get(), definition, selection)),

    removeSelection: () => {
      const { nodes, edges } = get();
      const ids = new Set(selectionOf(nodes));
      const edgeIds = new Set(edges.filter(({ selected }) => selected).map(({ id }) => id));
      if (ids.size + edgeIds.size > 0) edit(undefined, without({ nodes, edges }, ids, edgeIds));
      return ids.size;
    },
    removeEdge: (id) => edit(undefined, { edges: get().edges.filter((edge) => edge.id !== id) }),

    copySelection: () => copied(graph()),
    paste: (text, at) => {
      const after = pasted(graph(), text, at ? { at } : { by: PASTE_SHIFT });
      if (after) edit(undefined, after);
      return after !== undefined;
    },
    duplicate: () => {
      const text = copied(graph());
      if (text) get().paste(text);
    },

    select: (ids) => {
      const wanted = new Set(ids);
      const nodes = get().nodes.map((node) =>
        (node.selected ?? false) === wanted.has(node.id) ? node : { ...node, selected: wanted.has(node.id) },
      );
      set({ nodes, edges: unselected(get().edges), selectedIds: selectionOf(nodes) });
    },
    selectAll: () => get().select(get().nodes.map(({ id }) => id)),
    nudge: ({ x, y }) =>
      edit('nudge', {
        nodes: get().nodes.map((node) =>
          node.selected ? { ...node, position: { x: node.position.x + x, y: node.position.y + y } } : node,
        ),
      }),
    tidy: async () => {
      // The layout library is large and seldom needed.
      const { tidied } = await import('./tidy-layout');
      edit(undefined, tidied(graph()));
    },
    endBurst: () => burst.end(),
  };
}
