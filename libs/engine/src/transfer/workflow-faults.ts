import { isStorable } from '@snowflow/contracts/dto/storable-text';
import type { FaultAt } from './transfer-fault';
import type { TransferWorkflow } from './transfer-file';

/** Letters that turn the text around them, so that a name reads as another. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/;

/** What a file is refused for although its shape is right: ids that stand for two things, edges that lead nowhere, hostile names. */
export function workflowFaults(workflow: TransferWorkflow, prefix: string): FaultAt[] {
  return [...idFaults(workflow, prefix), ...edgeFaults(workflow, prefix), ...textFaults(workflow, prefix)];
}

function idFaults(workflow: TransferWorkflow, prefix: string): FaultAt[] {
  return (['nodes', 'edges', 'notes', 'groups'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return workflow[list].flatMap(({ id }, at) => {
      const isTwice = seen.has(id);
      seen.add(id);
      return isTwice ? [{ path: `${prefix}${list}.${at}.id`, message: `The id “${id}” stands there twice` }] : [];
    });
  });
}

function edgeFaults({ nodes, edges }: TransferWorkflow, prefix: string): FaultAt[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return edges.flatMap((edge, at) =>
    (['source', 'target'] as const)
      .filter((end) => !ids.has(edge[end]))
      .map((end) => ({
        path: `${prefix}edges.${at}.${end}`,
        message: `There is no node “${edge[end]}” that this edge could ${end === 'source' ? 'begin' : 'end'} at`,
      })),
  );
}

function textFaults(workflow: TransferWorkflow, prefix: string): FaultAt[] {
  const names = [
    { path: 'name', text: workflow.name },
    ...workflow.nodes.map(({ label }, at) => ({ path: `nodes.${at}.label`, text: label })),
    ...workflow.groups.map(({ name }, at) => ({ path: `groups.${at}.name`, text: name })),
  ];
  const turned = names
    .filter(({ text }) => TURNING.test(text))
    .map(({ path }) => ({ path: `${prefix}${path}`, message: 'A name may hold no letters that turn its direction' }));
  const broken = pathOfBroken(workflow);
  return broken === undefined
    ? turned
    : [
        { path: `${prefix}${broken}`.slice(0, 255), message: 'A text may hold no NUL and no half of a surrogate pair' },
        ...turned,
      ];
}

function pathOfBroken(value: unknown): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return 'key';
    const below = pathOfBroken(inner);
    if (below !== undefined) return below === '' ? key : `${key}.${below}`;
  }
  return undefined;
}
