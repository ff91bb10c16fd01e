import { useCallback, useState } from 'react';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { ApiError, messageOf } from '../../api/api-error';
import type { EmbedApi, EmbeddedRun } from './embed-api';
import type { HostPage } from './host-page';

/** Starts a run, follows it to its end and reads what it answers; the host is told each of these. */
export function useEmbedRun(api: EmbedApi, host: HostPage) {
  const [run, setRun] = useState<EmbeddedRun>();
  const [answer, setAnswer] = useState<{ value: unknown }>();
  const [failure, setFailure] = useState<string>();
  const [isUnderWay, setUnderWay] = useState(false);

  const start = useCallback(
    async (parameters: Record<string, unknown>) => {
      const show = (next: EmbeddedRun) => {
        setRun(next);
        host.tell({ type: 'snowflow:run', runId: next.runId, status: next.status });
      };
      setUnderWay(true);
      setRun(undefined);
      setAnswer(undefined);
      setFailure(undefined);
      try {
        let next = await api.start(parameters);
        show(next);
        while (!isTerminal(next.status)) {
          next = await api.run(next.runId);
          show(next);
        }
        const value = await api.response(next.runId);
        setAnswer({ value });
        host.tell({ type: 'snowflow:result', runId: next.runId, value });
      } catch (error) {
        const message = sentenceOf(error);
        setFailure(message);
        host.tell({ type: 'snowflow:error', code: error instanceof ApiError ? error.code : 'UNAVAILABLE', message });
      } finally {
        setUnderWay(false);
      }
    },
    [api, host],
  );
  return { run, answer, failure, isUnderWay, start };
}

/** With the fields that were not right. */
function sentenceOf(error: unknown): string {
  const fields =
    error instanceof ApiError ? (error.body.errors ?? []).map(({ path, message }) => `${path}: ${message}`) : [];
  return [messageOf(error), ...fields].join(' ');
}
