import { readFileSync } from 'node:fs';
import type { Stack } from '@snowflow/testing/stack';

/** What one process says of itself and the kernel of it. */
export interface ProcessFigures {
  process: string;
  pid: number;
  residentMb: number;
  /** Since it was asked last. */
  loopLagP99Ms: number;
  cpuSeconds: number;
}

/** Every process of the stack, by name. Linux only. */
export async function figuresOf({ pids, healthUrls }: Stack): Promise<ProcessFigures[]> {
  const all = Object.entries(pids).flatMap(([app, ofApp]) =>
    ofApp.map((pid, index) => ({
      process: ofApp.length > 1 ? `${app} ${index + 1}` : app,
      pid,
      url: healthUrls[app]?.[index],
    })),
  );
  return Promise.all(all.map(async ({ process, pid, url }) => ({ process, pid, ...(await figures(pid, url ?? '')) })));
}

/** Linux counts them in hundredths; the name of a process, in brackets, may hold anything. */
function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function figures(pid: number, url: string) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    residentMb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
    loopLagP99Ms: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    cpuSeconds: processorSecondsOf(pid),
  };
}
