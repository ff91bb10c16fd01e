import type { WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { Placement } from './document-slice';
import type { GetState, SetState } from './store-types';

export type DrawerTab = 'settings' | 'data' | 'sql' | 'chat' | 'trace' | 'events' | 'problems';

/** What became of a node between two compared revisions. */
export type ChangeMark = 'added' | 'changed' | 'removed';

/** An edge that is being drawn: where it comes from. */
interface DrawnEdge {
  node: string;
  port: string;
  side: 'source' | 'target';
}

/** What the page shows; local to this browser and not part of the document. */
export interface ViewSlice {
  readOnly: boolean;
  leftPanel: boolean;
  inspector: boolean;
  drawerOpen: boolean;
  drawerTab: DrawerTab;
  /** The node whose result stays in the drawer. */
  pinnedNode: string | undefined;
  quickAdd: Placement | undefined;
  /** The dialog that drafts from words is open. */
  describing: boolean;
  drawing: DrawnEdge | undefined;
  /** The node that is being connected by keyboard. */
  connecting: string | undefined;
  /** A field that the inspector should focus; `request` makes asking for the same field twice two requests. */
  wantedField: { nodeId: string; path: string; request: number } | undefined;
  /** Nodes that a column whose lineage is shown comes through or goes into. */
  traced: ReadonlySet<string> | undefined;
  /** How nodes differ between two compared revisions. */
  marked: ReadonlyMap<string, ChangeMark> | undefined;
  /** Nodes that were removed between them, drawn where they stood. */
  ghosts: readonly WorkflowNode[];
  setReadOnly(readOnly: boolean): void;
  toggle(panel: 'leftPanel' | 'inspector' | 'drawerOpen', open?: boolean): void;
  showDrawer(tab: DrawerTab): void;
  pin(node: string | undefined): void;
  openQuickAdd(placement: Placement | undefined): void;
  setDescribing(describing: boolean): void;
  setDrawing(edge: DrawnEdge | undefined): void;
  setConnecting(node: string | undefined): void;
  setTraced(nodes: ReadonlySet<string> | undefined): void;
  setMarked(nodes: ReadonlyMap<string, ChangeMark> | undefined, ghosts?: readonly WorkflowNode[]): void;
  showField(nodeId: string, path: string): void;
}

export function viewSlice(set: SetState, get: GetState): ViewSlice {
  return {
    readOnly: false,
    leftPanel: true,
    inspector: true,
    drawerOpen: false,
    drawerTab: 'data',
    pinnedNode: undefined,
    quickAdd: undefined,
    describing: false,
    drawing: undefined,
    connecting: undefined,
    wantedField: undefined,
    traced: undefined,
    marked: undefined,
    ghosts: [],
    setMarked: (marked, ghosts = []) => set({ marked, ghosts }),
    setReadOnly: (readOnly) => set({ readOnly }),
    toggle: (panel, open) => set((state) => ({ [panel]: open ?? !state[panel] })),
    showDrawer: (drawerTab) => set({ drawerTab, drawerOpen: true }),
    pin: (pinnedNode) => set({ pinnedNode }),
    openQuickAdd: (quickAdd) => set({ quickAdd }),
    setDescribing: (describing) => set({ describing }),
    setDrawing: (drawing) => set({ drawing }),
    setConnecting: (connecting) => set({ connecting }),
    setTraced: (traced) => set({ traced }),
    showField: (nodeId, path) => {
      get().select([nodeId]);
      set({ inspector: true, wantedField: { nodeId, path, request: (get().wantedField?.request ?? 0) + 1 } });
    },
  };
}
