import type { Row } from '../../../bench/report';
import type { OutageVerdict } from './outage-verdict';

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** A line of the table: what happened, and what was seen of it. */
export function outageRow(name: string, awayMs: number, verdict: OutageVerdict): Row {
  const { faults, toldMs, readyMs, servedMs, refusedMs, heard } = verdict;
  const told =
    toldMs === undefined ? 'no service unready' : `unready after ${seconds(toldMs)}, ready ${seconds(readyMs)} after`;
  const refusals = [...heard].map(([what, times]) => `${what} ${times} times`).join(', ');
  const refused = refusals ? `; ${refusals}, the slowest after ${seconds(refusedMs)}` : '';
  const wrong = faults.length > 0 ? `; WRONG: ${faults.join('; ')}` : '';
  return {
    what: `${name}, ${seconds(awayMs)}`,
    value: faults.length === 0 ? 'good' : 'WRONG',
    compared: `${told}; all served ${seconds(servedMs)} after${refused}${wrong}`,
  };
}
