import type { Row } from '../../bench/report';
import type { Approver } from './approver';
import { endOf } from './chaos-kinds';
import type { ChaosRun } from './chaos-run';
import type { MoodyReceiver } from './moody-receiver';
import type { Strikes } from './strikes';
import { countEffects, type EffectCount, type Found, isRight } from './verdict';

/** What a drill came to. */
export interface Outcome {
  asked: number;
  runs: readonly ChaosRun[];
  tookMs: number;
  found: Found;
  approver: Approver;
  receiver: MoodyReceiver;
  strikes: readonly Strikes[];
  answersWhileAway: ReadonlyMap<string, number>;
}

/** Whether nothing was lost, doubled or wrong, and the lines that say so. */
export function figuresOf(outcome: Outcome): { isGood: boolean; rows: Row[] } {
  const { asked, runs, tookMs, found, approver, receiver, strikes, answersWhileAway } = outcome;
  const wrong = runs.filter((one) => !isRight(one)).length;
  const [writes, webhooks] = [countEffects(runs, 'table', found), countEffects(runs, 'receiver', found)];
  const times = runs.map((one) => one.tookMs).sort((a, b) => a - b);
  const seconds = (share: number) => ((times[Math.floor((times.length - 1) * share)] ?? 0) / 1000).toFixed(1);
  const rows: Row[] = [
    {
      what: 'accepted and ended',
      value: `${runs.length} of ${asked}`,
      compared: `in ${(tookMs / 1000).toFixed(0)} s; half within ${seconds(0.5)} s, 95 % ${seconds(0.95)} s, all ${seconds(1)} s`,
    },
    ...kindLines(runs),
    { what: 'ended wrong', value: String(wrong), compared: 'bar: 0' },
    ...effectLines('writes', writes),
    ...effectLines('webhooks', webhooks),
    {
      what: 'calls at the receiver',
      value: String(receiver.calls),
      compared: `under ${receiver.byKey.size} keys; ${receiver.unsigned} not signed, ${receiver.changed} repeated otherwise, bar: 0, 0`,
    },
    ...lines(receiver.counts, (mood) => `receiver ${mood}`),
    {
      what: 'approvals decided',
      value: String(approver.decided),
      compared: `${approver.refusedTwice} second decisions refused`,
    },
    ...lines(answersWhileAway, (answer) => `answered meanwhile: ${answer}`),
    {
      what: 'strikes',
      value: String(strikes.reduce((sum, { count }) => sum + count, 0)),
      compared: 'processes and servers, and lines between them',
    },
    ...strikes.flatMap(({ counts }) => lines(counts, (name) => name)),
  ];
  const isGood =
    runs.length === asked &&
    wrong === 0 &&
    [writes, webhooks].every(({ lost, doubled, unasked }) => lost + doubled + unasked === 0) &&
    receiver.unsigned + receiver.changed === 0 &&
    !Number.isNaN(approver.refusedTwice);
  return { isGood, rows };
}

function kindLines(runs: readonly ChaosRun[]): Row[] {
  const byKind = new Map<string, ChaosRun[]>();
  for (const one of runs) byKind.set(one.kind.name, [...(byKind.get(one.kind.name) ?? []), one]);
  return [...byKind].map(([name, all]) => ({
    what: `  ${name}`,
    value: `${all.filter(({ kind, run }) => run.status === endOf(kind)).length} of ${all.length}`,
    compared: all[0] ? endOf(all[0].kind) : '',
  }));
}

const effectLines = (
  what: string,
  { done, lost, doubled, unasked, inDoubt, inDoubtFound, untold }: EffectCount,
): Row[] => [
  {
    what: `${what} told as done`,
    value: String(done),
    compared: `${lost} lost, ${doubled} doubled, ${unasked} of others there; bar: 0, 0, 0`,
  },
  {
    what: `${what} told as in doubt`,
    value: String(inDoubt),
    compared: `OUTCOME_UNKNOWN or under way when cancelled; ${inDoubtFound} there, ${inDoubt - inDoubtFound} not; ${untold} of items beside them untold`,
  },
];

const lines = (counts: ReadonlyMap<string, number>, what: (name: string) => string): Row[] =>
  [...counts].map(([name, count]) => ({ what: what(name), value: `${count} times`, compared: '' }));
