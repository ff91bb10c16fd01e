import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { type Stack, startStack } from '@snowflow/testing/stack';
import { ApiClient } from '../../support/api-client';
import type { PartOutcome } from '../part';
import { type ApiDocument, operationsIn } from './api-operations';
import { Census } from './census';
import { complaintsAbout } from './complaints';
import { fuzzFigures } from './fuzz-figures';
import { type FuzzRequest, requestOf } from './fuzz-request';
import { FuzzSender } from './fuzz-sender';
import { FuzzWorld } from './fuzz-world';
import { ResponseSchemas } from './response-schemas';

const REQUESTS = 200_000;
const CHUNK = 2_000;
const AT_ONCE = 48;
/** Nothing of these may stand in the way of what is looked at. */
const GENEROUS = {
  THROTTLE_REQUESTS_PER_MINUTE: '100000000',
  THROTTLE_CALLS_PER_MINUTE: '100000000',
  THROTTLE_CONNECTS_PER_MINUTE: '1000000',
  THROTTLE_SIGN_INS_PER_MINUTE: '1000000',
  SESSIONS_PER_PERSON: '2000',
  BODY_LIMIT_BYTES: '262144',
};

/** Requests of a seed, by all kinds of callers to all routes of a live stack; every answer is held against what the API promises. */
export async function fuzz([requests = String(REQUESTS), seed = '1']: readonly string[]): Promise<PartOutcome> {
  const stack = await startStack({ env: GENEROUS });
  let sender: FuzzSender | undefined;
  try {
    sender = new FuzzSender(stack.gatewayUrl);
    return await fuzzed(stack, sender, Number(requests), Number(seed));
  } finally {
    await sender?.stop();
    await stack.stop();
  }
}

async function fuzzed(stack: Stack, sender: FuzzSender, requests: number, seed: number): Promise<PartOutcome> {
  const { body: document } = await new ApiClient(stack.gatewayUrl).call<ApiDocument>('GET', '/openapi.json');
  const [operations, schemas, census] = [operationsIn(document), new ResponseSchemas(document), new Census()];
  const world = await FuzzWorld.make(stack);
  const pids = JSON.stringify(stack.pids);
  const memory = [memoryOf(stack)];
  const startedAt = Date.now();
  let interrupted = false;
  // A long one may be ended early, and tells what it has seen.
  process.once('SIGINT', () => (interrupted = true));
  for (let first = 0; first < requests && !interrupted; first += CHUNK) {
    // What it can't make anew ends it, with what it has seen.
    if (first > 0) await world.renew().catch((error: unknown) => (console.error(error), (interrupted = true)));
    const draws = fc.sample(fc.gen(), { seed: seed * 1_000_003 + first, numRuns: Math.min(CHUNK, requests - first) });
    const send = async (request: FuzzRequest, index: number) => {
      const answer = await sender.send(request);
      census.take(
        request,
        answer,
        complaintsAbout(request, answer, schemas),
        `seed ${seed}, request ${first + index}:`,
      );
    };
    let next = 0;
    const loop = async () => {
      while (next < draws.length && !interrupted) {
        const index = next++;
        const draw = draws[index];
        if (draw) await send(requestOf(draw, operations, document, world), index);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, loop));
    memory.push(memoryOf(stack));
    const perSecond = Math.round((census.sent / (Date.now() - startedAt)) * 1000);
    console.error(
      `${census.sent} of ${requests}, ${perSecond}/s, ${census.complaints.size} complaints, ${memory.at(-1)} MB`,
    );
  }
  const isAlive = JSON.stringify(stack.pids) === pids && (await areReady(stack));
  return fuzzFigures({
    census,
    operations,
    memory,
    isAlive,
    lost: world.lost,
    asked: requests,
    tookMs: Date.now() - startedAt,
    logs: stack.logs(),
  });
}

/** What all processes have in memory, in MB. */
function memoryOf(stack: Stack): number {
  const pids = new Set(Object.values(stack.pids).flat());
  const kilobytes = [...pids].map((pid) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  );
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024);
}

async function areReady(stack: Stack): Promise<boolean> {
  const urls = Object.values(stack.healthUrls).flat();
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}
