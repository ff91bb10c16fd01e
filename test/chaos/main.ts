import { outageDrill } from './outages/outage-drill';
import { cutOutages, storeOutages } from './outages/outages';
import { rollingDrill } from './rolling/rolling-drill';
import { runsDrill } from './runs-drill';

const [first, ...rest] = process.argv.slice(2);
const number = (index: number, fallback: number) => Number(rest[index] ?? fallback);

const awayMs = number(0, 30) * 1_000;
const only = new RegExp(rest[1] ?? '');

/** Each prints a table and says whether its bars held. Without a name: runs while everything fails, by number of runs and seed. */
const PARTS: Readonly<Record<string, () => Promise<boolean>>> = {
  rolling: () =>
    rollingDrill({ perSecond: number(0, 200), runsAtOnce: number(1, 20), only: new RegExp(rest[2] ?? '') }),
  stores: () => outageDrill({ title: 'Stores away', outages: (lined) => storeOutages(lined, awayMs), only }),
  clocks: async () => {
    const apartMs = number(0, 2) * 500;
    const asked = number(1, 60);
    return (await runsDrill({ asked, seed: 1, apartMs })) && runsDrill({ asked, seed: 2, apartMs: -apartMs });
  },
  cuts: () => outageDrill({ title: 'Lines cut', outages: (lined) => cutOutages(lined, awayMs), only }),
};

if (first !== undefined && !Object.hasOwn(PARTS, first) && !(Number(first) > 0))
  throw new Error(`${first} is neither a number of runs nor a part; there are ${Object.keys(PARTS).join(', ')}`);
if (!(number(0, 1) >= 0)) throw new Error(`${rest[0]} is no number`);

const part = PARTS[first ?? ''] ?? (() => runsDrill({ asked: Number(first ?? 1_000), seed: number(0, 1) }));

part().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
