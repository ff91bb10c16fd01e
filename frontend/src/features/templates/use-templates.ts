import type { TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyTemplate, createTemplate, deleteTemplate, fetchTemplate, fetchTemplates } from '../../api/templates';
import type { TemplateValues } from '../../api/templates';

export function useTemplates(search: string, category: TemplateCategory | undefined) {
  return useInfiniteQuery({
    queryKey: ['templates', search, category],
    queryFn: ({ pageParam, signal }) => fetchTemplates(search, category, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
  });
}

export function useTemplate(id: string) {
  return useQuery({ queryKey: ['template', id], queryFn: ({ signal }) => fetchTemplate(id, signal), staleTime: 0 });
}

/** Pressed again after an answer was lost, it makes no second workflow; with other answers it is another request. */
export function useApplyTemplate(id: string, onMade: (workflowId: string) => void) {
  const queries = useQueryClient();
  const [keys] = useState(() => new Map<string, string>());
  return useMutation({
    mutationFn: ({ name, values }: { name: string; values: TemplateValues }) => {
      const request = JSON.stringify([name, values]);
      const key = keys.get(request) ?? crypto.randomUUID();
      keys.set(request, key);
      return applyTemplate(id, key, name, values);
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      onMade(made.id);
    },
  });
}

export function useCreateTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: createTemplate,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}

export function useDeleteTemplate(onDeleted: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteTemplate,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['templates'] });
      onDeleted();
    },
  });
}
