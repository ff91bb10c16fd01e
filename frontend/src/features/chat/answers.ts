import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { rowsText } from '../format/numbers';
import { nodesWithRows } from '../runs/details/nodes-with-rows';
import type { LiveRun } from '../runs/details/use-live-run';

const ANSWERING = new Set(['output.response', 'output.result']);

/** What a run answers by one of its outputs. */
export type Answer = { nodeId: string; label: string } & (
  | { kind: 'value'; value: unknown; valueBytes: number }
  | { kind: 'rows'; config: Record<string, unknown>; rowCount: number | undefined }
);

/** What the outputs of a run gave, in the order of the document. */
export function answersOf(run: Pick<LiveRun, 'nodes' | 'plan'>, definition: WorkflowDocument): Answer[] {
  const typeOf = (id: string) => definition.nodes.find((node) => node.id === id)?.type ?? '';
  const withRows = new Set(nodesWithRows(run, typeOf));
  return definition.nodes.flatMap(({ id, type, label, config }): Answer[] => {
    const node = run.nodes[id];
    if (!ANSWERING.has(type) || node?.status !== 'succeeded') return [];
    const named = { nodeId: id, label: label || id };
    if (node.valueBytes !== undefined) {
      return [{ ...named, kind: 'value', value: node.value, valueBytes: node.valueBytes }];
    }
    return withRows.has(id) ? [{ ...named, kind: 'rows', config, rowCount: node.rowCount }] : [];
  });
}

/** Whether an output has given a value that was not read yet: the events of a run leave values out. */
export function awaitsValues({ nodes, plan }: Pick<LiveRun, 'nodes' | 'plan'>, definition: WorkflowDocument): boolean {
  const acting = new Set(plan.filter(({ kind }) => kind === 'action').map((step) => step.nodes.at(-1)));
  return definition.nodes.some(
    ({ id, type }) =>
      ANSWERING.has(type) && acting.has(id) && nodes[id]?.status === 'succeeded' && nodes[id].valueBytes === undefined,
  );
}

/** A value as an answer in words: what it says, where it says something, else the value as JSON. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return String(value as number | boolean | null);
  for (const part of ['answer', 'text'] as const) {
    const said: unknown = (value as Record<string, unknown>)[part];
    if (typeof said === 'string' && said !== '') return said;
  }
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** What later questions are told of the answers: words as they are, of rows only that there were some. */
export function toldOf(answers: readonly Answer[]): string {
  return answers
    .map((answer) => {
      if (answer.kind === 'value') return answer.value === undefined ? '(a long value)' : wordsOf(answer.value);
      return `(${answer.label}: ${answer.rowCount === undefined ? 'a table' : rowsText(answer.rowCount)})`;
    })
    .join('\n\n');
}
