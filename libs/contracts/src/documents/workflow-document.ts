import { z } from 'zod';

/** Ids of nodes, edges, notes and groups. */
export const ELEMENT_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A step of a run: a node's id, or, of a step in a workflow that a node calls, with what leads to it before it: `map/3/approve`. A
 * call of an agent has its place there behind the agent: `ask/m2/t1`.
 */
export const STEP_ID = /^[A-Za-z0-9_-]{1,64}(\/[A-Za-z0-9_-]{1,64}){0,16}$/;

const elementId = z.string().regex(ELEMENT_ID, 'Use 1 to 64 letters, digits, _ or -');
const finite = z.number().finite();
const point = z.strictObject({ x: finite, y: finite });
const scalar = z.union([z.string().max(100_000), finite, z.boolean(), z.null()]);

const parameter = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Start with a letter; use letters, digits and _'),
  type: z.enum(['string', 'number', 'boolean', 'date', 'timestamp']),
  default: scalar.optional(),
  description: z.string().max(1000).optional(),
});

const node = z.strictObject({
  id: elementId,
  type: z.string().min(1).max(64),
  label: z.string().max(200).default(''),
  position: point,
  config: z.record(z.string(), z.unknown()).default({}),
  disabled: z.boolean().optional(),
});

const edge = z.strictObject({
  id: elementId,
  source: elementId,
  sourcePort: z.string().min(1).max(64),
  target: elementId,
  targetPort: z.string().min(1).max(64),
});

const note = z.strictObject({
  id: elementId,
  text: z.string().max(10_000),
  position: point,
  size: z.strictObject({ width: finite, height: finite }).optional(),
});
const group = z.strictObject({ id: elementId, name: z.string().max(200), nodes: z.array(elementId).max(2000) });

/**
 * The workflow document, schema version 1: the durable public format that is saved, exported, imported and diffed.
 * It parses the shape only; what the nodes mean is the engine's validation. Half-drawn drafts parse.
 */
export const workflowDocument = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().trim().min(1, 'Give the workflow a name').max(200),
  description: z.string().max(10_000).default(''),
  parameters: z.array(parameter).max(100).default([]),
  nodes: z.array(node).max(2000).default([]),
  edges: z.array(edge).max(10_000).default([]),
  notes: z.array(note).max(500).default([]),
  groups: z.array(group).max(200).default([]),
});

export type WorkflowDocument = z.infer<typeof workflowDocument>;
export type WorkflowNode = WorkflowDocument['nodes'][number];
export type WorkflowEdge = WorkflowDocument['edges'][number];
export type WorkflowParameter = WorkflowDocument['parameters'][number];
