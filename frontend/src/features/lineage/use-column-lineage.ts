import { useQuery } from '@tanstack/react-query';
import { traceColumn } from '../../api/lineage';
import { documentOf, useBuilder } from '../../store/builder-store';

/** The lineage of a column in the workflow as it is drawn. Where nodes stand is not asked about again. */
export function useColumnLineage(nodeId: string, column: string) {
  const nodes = useBuilder((state) => state.nodes);
  const edges = useBuilder((state) => state.edges);
  const drawn = [
    nodes.map(({ id, data }) => [id, data]),
    edges.map(({ source, sourceHandle, target, targetHandle }) => [source, sourceHandle, target, targetHandle]),
  ];
  return useQuery({
    queryKey: ['lineage', drawn, nodeId, column],
    queryFn: ({ signal }) => traceColumn(documentOf(useBuilder.getState()), { nodeId, column }, signal),
    gcTime: 0,
    retry: false,
  });
}
