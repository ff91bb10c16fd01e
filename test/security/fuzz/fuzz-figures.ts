import type { Row } from '../../../bench/report';
import { barred, type PartOutcome } from '../part';
import type { Operation } from './api-operations';
import type { Census } from './census';
import { NEVER_SERVED } from './never-served';

interface Outcome {
  census: Census;
  operations: readonly Operation[];
  /** Of all processes, in MB, from the beginning on. */
  memory: readonly number[];
  isAlive: boolean;
  /** Sign-ins that ended without having been asked to. */
  lost: number;
  asked: number;
  tookMs: number;
  logs: string;
}

/** Of requests of who is signed in, so many in a hundred may be turned away; more, and the fuzz looks at a closed door. */
const TURNED_AWAY_PERCENT = 5;
const SERVED_PERCENT = 20;
/** By so much may memory grow after the first tenth: caches fill, and a process takes what it may. */
const GROWTH = 2;

/** Whether every promise was kept, and the lines that say so. */
export function fuzzFigures({ census, operations, memory, isAlive, lost, asked, tookMs, logs }: Outcome): PartOutcome {
  const times = census.times.toSorted((a, b) => a - b);
  const at = (share: number) => `${(times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0)} ms`;
  const percent = (part: number, whole: number) => (100 * part) / Math.max(1, whole);
  const unserved = operations
    .filter(({ name }) => !census.routes.get(name)?.served && !(name in NEVER_SERVED))
    .map(({ name }) => name);
  const namedInVain = Object.keys(NEVER_SERVED).filter((name) => census.routes.get(name)?.served);
  const early = memory[Math.ceil(memory.length / 10)] ?? 0;
  const uncaught = logs.split('\n').filter((line) => /uncaught|unhandled/i.test(line)).length;
  const turnedAway = percent(census.turnedAway, census.signedIn);
  const served = percent(census.served, census.sent);
  for (const [what, { times: count, samples }] of census.complaints)
    console.error(`${count} times ${what}\n    ${samples.join('\n    ')}`);
  tellFailures(logs);
  const rows: Row[] = [
    {
      what: 'requests',
      value: String(census.sent),
      compared: `in ${(tookMs / 1000).toFixed(0)} s, ${Math.round((census.sent / tookMs) * 1000)} a second`,
    },
    barred(
      'complaints',
      [...census.complaints.values()].reduce((sum, { times: count }) => sum + count, 0),
      `${census.complaints.size} kinds`,
    ),
    {
      what: 'answered with what was asked for',
      value: `${served.toFixed(1)} %`,
      compared: `bar: at least ${SERVED_PERCENT} %`,
    },
    {
      what: 'signed in and turned away',
      value: `${turnedAway.toFixed(1)} %`,
      compared: `bar: at most ${TURNED_AWAY_PERCENT} %, 401 and 429; ${lost} sign-ins were lost`,
    },
    {
      what: 'routes',
      value: String(operations.length),
      compared: `never served: ${unserved.length}, bar: 0; named with a reason: ${Object.keys(NEVER_SERVED).length}, served all the same: ${namedInVain.length}`,
    },
    ...unserved.map((name) => ({ what: `  ${name}`, value: 'never', compared: statusesOf(census, name) })),
    ...namedInVain.map((name) => ({ what: `  ${name}`, value: 'served', compared: NEVER_SERVED[name] ?? '' })),
    { what: 'half answered within', value: at(0.5), compared: `95 % ${at(0.95)}, 99 % ${at(0.99)}, all ${at(1)}` },
    {
      what: 'memory of all processes',
      value: `${memory.at(-1)} MB`,
      compared: `${memory[0]} MB before, ${early} MB after a tenth; bar: ${GROWTH} times that`,
    },
    { what: 'all processes alive and ready', value: isAlive ? 'yes' : 'no', compared: 'bar: yes' },
    barred('uncaught errors in logs', uncaught),
    ...[...census.statuses].toSorted().map(([status, count]) => ({
      what: `  ${status}`,
      value: String(count),
      compared: `${percent(count, census.sent).toFixed(2)} %`,
    })),
  ];
  const isGood =
    census.sent >= asked &&
    census.complaints.size === 0 &&
    unserved.length === 0 &&
    isAlive &&
    uncaught === 0 &&
    turnedAway <= TURNED_AWAY_PERCENT &&
    served >= SERVED_PERCENT &&
    (memory.at(-1) ?? 0) <= early * GROWTH;
  return { isGood, rows };
}

/** Where what nobody meant was thrown, which only the log knows. */
function tellFailures(logs: string): void {
  const places = logs
    .split('\n')
    .filter((line) => line.includes('Request failed'))
    .map((line) => /"at":(\[[^\]]*\])/.exec(line)?.[1] ?? line.slice(0, 400));
  for (const place of new Set(places)) console.error(`thrown: ${place}`);
}

const statusesOf = (census: Census, name: string) =>
  [...(census.routes.get(name)?.statuses ?? [])].map(([status, count]) => `${count} × ${status}`).join(', ');
