import { join } from 'node:path';
import { startStack, type Stack } from '@snowflow/testing/stack';
import { print } from '../../bench/report';
import { type Capacity, capacityOf } from './capacity';
import { CROWD_ENV, gather } from './crowd';
import { LoadGenerator } from './load-generator';
import type { Crowd } from './orders';
import { overload, type Verdict } from './overload';
import { scale } from './scale';
import { soak } from './soak';

const SOAK_MINUTES = 30;
const PARTS = ['capacity', 'overload', 'soak', 'scale'];

/** `npm run load -- overload`, `-- soak 3`, `-- scale`: those named, or all but the capacity alone, which comes before the first two. */
async function main(args: readonly string[]): Promise<boolean> {
  const named = args.filter((arg) => Number.isNaN(Number(arg)));
  const minutes = Number(args.find((arg) => !Number.isNaN(Number(arg))) ?? SOAK_MINUTES);
  const unknown = named.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${PARTS.join(', ')}`);
  const parts = new Set(named.length > 0 ? named : PARTS);
  const verdicts: boolean[] = [];
  if (['capacity', 'overload', 'soak'].some((part) => parts.has(part))) {
    await withCrowd(async (stack, generator, crowd) => {
      const capacity = await capacityOf(generator);
      print('Capacity', capacity.rows);
      if (parts.has('overload')) verdicts.push(shown('Overload', await overload(stack, generator, capacity)));
      if (parts.has('soak')) {
        verdicts.push(shown('Soak', await soak(stack, generator, crowd, capacity, minutes)));
      }
      verdicts.push(hasDoneAll(capacity));
    });
  }
  if (parts.has('scale')) verdicts.push(shown('Scale', await scale()));
  return verdicts.every(Boolean);
}

/** A process of every service, and the people of many tenants. */
async function withCrowd(measure: (stack: Stack, generator: LoadGenerator, crowd: Crowd) => Promise<void>) {
  const hook = join(process.cwd(), 'dist/bench/load/collect-on-signal.js');
  const stack = await startStack({ replicas: 1, env: { ...CROWD_ENV, NODE_OPTIONS: `--require ${hook}` } });
  const generator = new LoadGenerator();
  try {
    const crowd = await gather(stack);
    await generator.meet(crowd);
    await measure(stack, generator, crowd);
  } finally {
    generator.stop();
    await stack.stop();
  }
}

function shown(title: string, { isGood, rows }: Verdict): boolean {
  print(title, rows);
  return isGood;
}

/** Whoever waits for their answers is not to meet a failure. */
function hasDoneAll({ best }: Capacity): boolean {
  const failed = Object.entries(best.failures);
  if (failed.length > 0) console.error('Failed while the capacity was measured:', Object.fromEntries(failed));
  return failed.length === 0;
}

main(process.argv.slice(2)).then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
