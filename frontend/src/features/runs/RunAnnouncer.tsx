import { useEffect, useState } from 'react';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { STATE_LOOKS } from '../../components/StateChip';
import { useBuilder } from '../../store/builder-store';

const QUIET_MS = 2_000;

/** Reads a run's progress aloud: what ended, at most once in two seconds; failures at once. */
export function RunAnnouncer() {
  const [polite, setPolite] = useState('');
  const [urgent, setUrgent] = useState('');

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: string[] = [];
    const stop = useBuilder.subscribe(({ run, nodes }, before) => {
      if (!run || run === before.run) return;
      for (const event of run.events.slice(before.run?.id === run.id ? before.run.events.length : 0)) {
        const { nodeId, node } = event.data;
        const label = nodes.find(({ id }) => id === nodeId)?.data.label;
        if (label && node?.status === 'failed') setUrgent(`${label} failed`);
        else if (label && node?.status === 'succeeded') waiting.push(`${label} done`);
      }
      if (isTerminal(run.status) && before.run?.status !== run.status) {
        waiting.push(`Run ${STATE_LOOKS[run.status].word.toLowerCase()}`);
      }
      if (waiting.length > 0 && timer === undefined) {
        timer = setTimeout(() => {
          setPolite(waiting.slice(-3).join(', '));
          waiting = [];
          timer = undefined;
        }, QUIET_MS);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);

  return (
    <div className="visually-hidden">
      <p role="status" aria-live="polite">
        {polite}
      </p>
      <p role="alert">{urgent}</p>
    </div>
  );
}
