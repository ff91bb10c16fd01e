import type { Problem } from '@snowflow/contracts/documents/problem';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import type { SqlParser } from '../sql/sql-parser';
import { buildGraph } from './build-graph';
import { checkColumns } from './check-columns';
import { checkConfig } from './check-config';
import { checkFanOut } from './check-fan-out';
import { checkPorts } from './check-ports';
import { checkReach } from './check-reach';
import { checkScratch } from './check-scratch';
import { checkShape } from './check-shape';
import { findOrder } from './find-order';
import type { WorkflowGraph } from './workflow-graph';

/** What catalog and describe said, by node id; a node without an entry was not asked about. */
export type KnowledgeByNode = ReadonlyMap<string, Knowledge>;

export interface Validation {
  /** No error among the problems; warnings don't count. */
  valid: boolean;
  problems: Problem[];
  /** Undefined where the document's shape doesn't parse. */
  graph?: WorkflowGraph;
}

/** All that is wrong with a document, without I/O and for any input. With a parser the SQL in it is read too. */
export function validate(
  input: unknown,
  knowledge: KnowledgeByNode = new Map(),
  options: { parser?: SqlParser } = {},
): Validation {
  const { document, problems: shape } = checkShape(input);
  if (!document) return { valid: false, problems: shape };
  const { nodes, problems: structure } = buildGraph(document, knowledge);
  const { order, problems: cycles } = findOrder(nodes);
  const graph: WorkflowGraph = { document, nodes, order };
  const problems = [
    ...shape,
    ...(nodes.size === 0 ? [EMPTY] : []),
    ...structure,
    ...cycles,
    ...[...nodes.values()].flatMap(checkConfig),
    ...checkPorts(graph),
    ...checkColumns(graph, options.parser),
    ...checkFanOut(graph),
    ...checkScratch(graph),
    ...checkReach(graph),
  ];
  return { valid: problems.every((problem) => problem.severity !== 'error'), problems, graph };
}

const EMPTY: Problem = {
  severity: 'error',
  code: 'EMPTY_WORKFLOW',
  path: 'nodes',
  message: 'The workflow has no nodes yet',
  suggestion: 'Drag a table from the catalog onto the canvas',
};
