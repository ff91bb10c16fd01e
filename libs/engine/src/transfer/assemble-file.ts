import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { canonical } from './canonical';
import { hideSecrets } from './hide-secrets';
import { placeholder } from './placeholders';
import { localName, toTransfer, type TransferFile, type TransferWorkflow } from './transfer-file';
import { renameCalls } from './workflow-references';

/** A workflow that goes into a file, and the calls that mean it: `id@` as it is published, `id@3` at a revision. */
export interface Outgoing {
  document: WorkflowDocument;
  tags: readonly string[];
  calledAs: readonly string[];
}

/** How calls of a workflow are told apart. */
export const callKey = (workflowId: string, revision: unknown): string =>
  `${workflowId}@${typeof revision === 'number' ? revision : ''}`;

/**
 * The file of some workflows. Without secrets, ids and pinned results; a call names what it calls by its name in the file, or, where
 * that does not travel, by a placeholder that import asks for. `values: false` leaves out the rows that people typed.
 */
export function assembleFile(outgoing: readonly Outgoing[], { values }: { values: boolean }): TransferFile {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const named = outgoing.map((one) => {
    const key = localName(one.document.name, taken);
    taken.add(key);
    for (const call of one.calledAs) if (!keys.has(call)) keys.set(call, key);
    return { key, ...one };
  });
  const stayed = namesOf(taken, 'workflow');
  const credentials = namesOf(new Set(), 'credential');
  const workflows = named.map(({ key, document, tags }): TransferWorkflow => {
    const open = canonical(toTransfer(key, document, tags));
    const nodes = open.nodes.map((node) => ({
      ...node,
      config: renameCalls(values ? node.config : withoutRows(node.type, node.config), (call) =>
        renamed(call, keys, stayed),
      ),
    }));
    return hideSecrets({ ...open, nodes }, credentials);
  });
  return { snowflow: 1, workflows };
}

/** What travels begins again with revision 1 where it arrives, so a call of a fixed revision means that one. */
function renamed(
  call: Record<string, unknown>,
  keys: ReadonlyMap<string, string>,
  stayed: (id: string) => string,
): Record<string, unknown> {
  const { workflowId, revision } = call;
  const key = keys.get(callKey(String(workflowId), revision));
  if (key === undefined) return { ...call, workflowId: placeholder('workflow', stayed(String(workflowId))) };
  return {
    ...call,
    workflowId: placeholder('workflow', key),
    ...(typeof revision === 'number' ? { revision: 1 } : {}),
  };
}

const withoutRows = (type: string, config: Record<string, unknown>) =>
  type === 'source.values' ? { ...config, rows: [] } : config;

/** Names for ids, in the order in which they are asked for: an id itself never leaves. */
function namesOf(taken: ReadonlySet<string>, kind: string): (id: string) => string {
  const names = new Map<string, string>();
  let count = 0;
  return (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    do count += 1;
    while (taken.has(`${kind}-${count}`));
    names.set(id, `${kind}-${count}`);
    return `${kind}-${count}`;
  };
}
