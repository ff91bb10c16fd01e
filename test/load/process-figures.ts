import { readFileSync } from 'node:fs';
import type { Stack } from '@snowflow/testing/stack';

/** What one process says of itself and the kernel of it. */
export interface ProcessFigures {
  process: string;
  pid: number;
  residentMb: number;
  heapMb: number;
  /** Since it was asked last. */
  loopLagP99Ms: number;
  cpuSeconds: number;
}

/** A process of the stack, by its name. */
export interface StackProcess {
  process: string;
  pid: number;
  /** Where it answers for its metrics. */
  url: string;
}

export function processesOf({ pids, healthUrls }: Stack): StackProcess[] {
  return Object.entries(pids).flatMap(([app, ofApp]) =>
    ofApp.map((pid, index) => ({
      process: ofApp.length > 1 ? `${app} ${index + 1}` : app,
      pid,
      url: healthUrls[app]?.[index] ?? '',
    })),
  );
}

export const figuresOf = (stack: Stack): Promise<ProcessFigures[]> =>
  Promise.all(processesOf(stack).map((one) => figuresOfProcess(one)));

/** Linux counts them in hundredths; the name of a process, in brackets, may hold anything. */
function processorSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Linux only. */
export async function figuresOfProcess({ process, pid, url }: StackProcess): Promise<ProcessFigures> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    process,
    pid,
    residentMb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024,
    heapMb: value('nodejs_heap_size_used_bytes') / 1_048_576,
    loopLagP99Ms: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    cpuSeconds: processorSecondsOf(pid),
  };
}
