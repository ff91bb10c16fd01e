import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { draftWorkflow, fetchModels } from '../../api/drafts';
import { documentOf, sameDocument, useBuilder, type DrawnPart } from '../../store/builder-store';

/** The models of the account and of this installation. */
export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: ({ signal }) => fetchModels(signal), staleTime: 300_000 });

/** Asks for drafts of what is drawn; only one at a time, and none any more once the dialog is gone. */
export function useDraft() {
  const running = useRef<AbortController>(undefined);
  const stop = () => running.current?.abort();
  useEffect(() => stop, []);
  const draft = useMutation({
    mutationFn: async ({ request, model }: { request: string; model: string }) => {
      running.current = new AbortController();
      const before: DrawnPart = useBuilder.getState();
      const body = { request, definition: documentOf(useBuilder.getState()), ...(model === '' ? {} : { model }) };
      return { before, draft: await draftWorkflow(body, running.current.signal) };
    },
  });
  const cancel = () => {
    stop();
    draft.reset();
  };
  return { draft, cancel };
}

/** Whether what is drawn is still what the draft was made of. */
export const isStillDrawn = (before: DrawnPart): boolean => sameDocument(before, useBuilder.getState());
