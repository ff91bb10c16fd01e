import { readFileSync } from 'node:fs';
import { startStack } from '@snowflow/testing/stack';
import type { Row } from './report';

const memoryOf = (pid: number) => {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`^${field}: +(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
  return { rss: megabytes('Rss'), pss: megabytes('Pss') };
};

/** Resident and proportional memory of every process of a stack with a process per service, before its first request. Linux only. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({ replicas: 1 });
  try {
    const rows = Object.entries(stack.pids).map(([app, pids]) => {
      const all = pids.map(memoryOf);
      const sum = (field: 'rss' | 'pss') => all.reduce((total, one) => total + one[field], 0);
      return {
        what: `${app}, idle`,
        value: `RSS ${sum('rss').toFixed(0)} MB`,
        compared: `PSS ${sum('pss').toFixed(0)} MB`,
      };
    });
    const total = Object.values(stack.pids)
      .flat()
      .reduce((sum, pid) => sum + memoryOf(pid).pss, 0);
    return [...rows, { what: 'all of them', value: '', compared: `PSS ${total.toFixed(0)} MB` }];
  } finally {
    await stack.stop();
  }
}
