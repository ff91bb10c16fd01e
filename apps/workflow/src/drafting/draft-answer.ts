import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { z } from 'zod';
import { refuseExcess } from '../workflows/parse-document';

const answer = z.strictObject({
  explanation: z.string().max(8_000).default(''),
  definition: z.looseObject({ nodes: z.array(z.looseObject({})).max(2_000) }),
});

const MOST_FAULTS = 20;
const NOWHERE = { x: 0, y: 0 };

/** What a model answered: a document, or why it is none. */
export type DraftAnswer =
  { document: WorkflowDocument; explanation: string; held: (nodeId: string) => unknown } | { faults: string[] };

/** The document as it is, as it was shown to the model, and the way from the one to the other. */
interface Shown {
  current: WorkflowDocument;
  shown: WorkflowDocument;
  putBack: (value: unknown) => unknown;
}

/** Reads an answer strictly; `putBack` fills in what was hidden. Notes, groups and places are the current document's: no model is asked for them. */
export function readAnswer(text: string, { current, shown, putBack }: Shown): DraftAnswer {
  const json = jsonOf(text);
  if (json === undefined) return { faults: ['The answer is no JSON object, or too large a one.'] };
  const outer = answer.safeParse(json);
  if (!outer.success) return { faults: faultsOf(outer.error) };
  const { definition, explanation } = outer.data;
  const places = new Map(current.nodes.map((node) => [node.id, node]));
  const nodes = definition.nodes.map((node) => {
    const kept = places.get(String(node['id']));
    const label = node['label'] || kept?.label || undefined;
    return { ...node, ...(label === undefined ? {} : { label }), position: kept?.position ?? NOWHERE };
  });
  const { description, notes, groups } = current;
  const { name = shown.name } = definition;
  const filled = putBack({ schemaVersion: 1, ...definition, name: name === shown.name ? current.name : name, nodes });
  const parsed = workflowDocument.safeParse({ ...(filled as object), description, notes, groups });
  if (!parsed.success) return { faults: faultsOf(parsed.error) };
  const said = new Map(current.parameters.map((parameter) => [parameter.name, parameter.description]));
  const parameters = parsed.data.parameters.map((parameter) => {
    const own = parameter.description ?? said.get(parameter.name);
    return own === undefined ? parameter : { ...parameter, description: own };
  });
  const ids = new Set(parsed.data.nodes.map(({ id }) => id));
  const kept = groups.map((group) => ({ ...group, nodes: group.nodes.filter((id) => ids.has(id)) }));
  const held = (nodeId: string) => definition.nodes.find((node) => node['id'] === nodeId);
  return { document: { ...parsed.data, parameters, groups: kept }, explanation, held };
}

/** JSON alone, or in one fence; undefined where it is none, or more than anything should walk. */
function jsonOf(text: string): unknown {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1];
  try {
    const json = JSON.parse(fenced ?? text) as unknown;
    refuseExcess('answer', json);
    return json;
  } catch {
    return undefined;
  }
}

/** Where and why; zod's sentences quote no value. */
const faultsOf = ({ issues }: z.ZodError) =>
  issues.slice(0, MOST_FAULTS).map(({ path, message }) => `${path.join('.') || 'The answer'}: ${message}`);
