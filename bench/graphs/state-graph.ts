import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

/** What each node came to, by node. */
export type Results = Readonly<Record<string, string>>;

const State = Annotation.Root({
  results: Annotation<Results>({ reducer: (before, more) => ({ ...before, ...more }), default: () => ({}) }),
});

/** A document as people would write it by hand in LangGraph: a node per node, an edge per edge, results in the state. */
export function stateGraphOf(
  { nodes, edges }: WorkflowDocument,
  work: (nodeId: string, results: Results) => Promise<string>,
): () => Promise<Results> {
  const graph = new StateGraph(State).addNode(
    nodes.map(({ id }): [string, (state: typeof State.State) => Promise<typeof State.Update>] => [
      id,
      async ({ results }) => ({ results: { [id]: await work(id, results) } }),
    ]),
  );
  for (const { id } of nodes) {
    if (!edges.some(({ target }) => target === id)) graph.addEdge(START, id);
    if (!edges.some(({ source }) => source === id)) graph.addEdge(id, END);
  }
  for (const { source, target } of edges) graph.addEdge(source, target);
  const compiled = graph.compile();
  // LangGraph stops a graph after 25 supersteps unless it is told more.
  return async () => (await compiled.invoke({}, { recursionLimit: nodes.length + 5 })).results;
}
