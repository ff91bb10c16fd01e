import { Logger } from '@nestjs/common';
import { ClientProxyFactory, Transport } from '@nestjs/microservices';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { createClient } from '@snowflow/transport/create-client';
import { runInScope } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { firstValueFrom } from 'rxjs';
import { BENCH_KEYS, redisOptionsOf, report } from './bench-process';
import { BUILT_IN_PATTERN, echoContract } from './echo.contract';

type Answer = (body: { text: string }) => Promise<unknown>;

const answers: Record<string, (url: string) => Answer> = {
  bare: () => async (body) => body,
  streams: (redisUrl) => overStreams(redisUrl, 'echo'),
  waiting: (redisUrl) => overStreams(redisUrl, 'wait'),
  'built-in': (url) => {
    const client = ClientProxyFactory.create({ transport: Transport.REDIS, options: redisOptionsOf(url) });
    return (body) => firstValueFrom(client.send(BUILT_IN_PATTERN, body));
  },
};

function overStreams(redisUrl: string, verb: 'echo' | 'wait'): Answer {
  const client = createClient(echoContract, new RpcCaller({ redisUrl, sealer: new KeyRing(BENCH_KEYS) }));
  return (body) => runInScope({ context: { correlationId: randomUUID() } }, () => client[verb](body));
}

/** Arguments: how to answer, and the address of Redis. */
async function main([kind = 'bare', url = '']: string[]): Promise<void> {
  const answer = answers[kind]?.(url);
  if (!answer) throw new Error(`There is no gateway of the kind ${kind}`);
  Logger.overrideLogger(false);
  const app = Fastify();
  app.post<{ Body: { text: string } }>('/echo', (request) => answer(request.body));
  report({ ready: true, address: await app.listen({ host: '127.0.0.1', port: 0 }) });
  process.on('SIGTERM', () => process.exit(0));
}

void main(process.argv.slice(2));
