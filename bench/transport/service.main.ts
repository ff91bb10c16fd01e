import { Controller, Module, UsePipes } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MessagePattern, MicroserviceOptions, Transport } from '@nestjs/microservices';
import type { ServiceHandlers } from '@snowflow/contracts/rpc/service-contract';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { Handle } from '@snowflow/transport/handle.decorator';
import { InputPipe } from '@snowflow/transport/input.pipe';
import { RedisStreamsServer } from '@snowflow/transport/redis-streams.server';
import { setTimeout } from 'node:timers/promises';
import { BENCH_KEYS, redisOptionsOf, report } from './bench-process';
import { BUILT_IN_PATTERN, echoContract, EchoRequest } from './echo.contract';

const WAIT_MS = 20;

@Controller()
class EchoController implements ServiceHandlers<typeof echoContract> {
  @Handle(echoContract.operations.echo)
  async echo({ text }: EchoRequest) {
    return { text };
  }

  @Handle(echoContract.operations.wait)
  async wait({ text }: EchoRequest) {
    await setTimeout(WAIT_MS);
    return { text };
  }

  /** The same work behind Nest's own transport: the input is checked there too. */
  @MessagePattern(BUILT_IN_PATTERN)
  @UsePipes(new InputPipe(EchoRequest))
  async builtIn({ text }: EchoRequest) {
    return { text };
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

/** Arguments: `streams` or `built-in`, the address of Redis, and how many requests it takes at once. */
async function main([kind, url = '', concurrency = '256']: string[]): Promise<void> {
  const options: MicroserviceOptions =
    kind === 'streams'
      ? {
          strategy: new RedisStreamsServer({
            url,
            contract: echoContract,
            sealer: new KeyRing(BENCH_KEYS),
            concurrency: Number(concurrency),
          }),
        }
      : { transport: Transport.REDIS, options: redisOptionsOf(url) };
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(EchoModule, { ...options, logger: false });
  await app.listen();
  process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
  report({ ready: true });
}

void main(process.argv.slice(2));
