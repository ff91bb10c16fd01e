import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { messageOf } from '../../api/api-error';
import { cancelRun } from '../../api/runs';
import { showToast } from '../../components/toast-store';
import { refusalOf } from '../runs/refusal-of';
import { meQuery } from '../session/me-query';
import { useChats } from './chat-store';
import { HISTORY, QUESTION, takesHistory } from './talkable';
import { toldHistory } from './told-history';
import { isOpen, type Turn } from './turn';

export interface Talk {
  workflowId: string;
  parameters: readonly WorkflowParameter[];
  /** Starts a run with these parameters and answers its id. */
  start(parameters: Record<string, string>): Promise<string>;
}

const NOTHING: readonly Turn[] = [];

/** What the signed-in person says to a workflow: each question is a run of its own. */
export function useChat({ workflowId, parameters, start }: Talk) {
  const { data: me } = useQuery(meQuery);
  const chat = me && `${me.tenantId}:${me.username}:${workflowId}`;
  const turns = useChats((state) => (chat === undefined ? undefined : state.chats[chat])) ?? NOTHING;
  const open = turns.findLast(isOpen);

  useEffect(() => {
    if (chat !== undefined) useChats.getState().open(chat);
  }, [chat]);

  const cancel = useMutation({ mutationFn: cancelRun, onError: (error) => showToast(messageOf(error)) });
  const { mutate: cancelNow } = cancel;

  return useMemo(() => {
    const { add, change, clear } = useChats.getState();
    return {
      turns,
      /** The question whose answer is awaited. */
      open,
      /** One at a time: the answer belongs to what was said before it. */
      ask: (question: string) => {
        if (chat === undefined || open) return;
        const id = crypto.randomUUID();
        const given = {
          [QUESTION]: question,
          ...(takesHistory(parameters) ? { [HISTORY]: toldHistory(turns) } : {}),
        };
        add(chat, { id, question, state: 'sending' });
        start(given).then(
          (runId) => change(chat, id, { runId, state: 'sent' }),
          (error: unknown) => change(chat, id, { state: 'refused', refusal: refusalOf(error) }),
        );
      },
      stop: () => {
        if (open?.runId !== undefined) cancelNow(open.runId);
      },
      /** The run of a question is over; `answer` is what later questions are told. */
      end: (id: string, answer: string | undefined) => {
        if (chat !== undefined) change(chat, id, { state: 'ended', ...(answer === undefined ? {} : { answer }) });
      },
      clear: () => {
        if (chat !== undefined) clear(chat);
      },
    };
  }, [chat, turns, open, parameters, start, cancelNow]);
}
