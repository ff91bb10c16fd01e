import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../apps/gateway/src/app.module';
import { setPrefix } from '../apps/gateway/src/configure-app';
import { gatewayEnv } from '../apps/gateway/src/env';
import { apiDocument } from '../apps/gateway/src/openapi/api-document';
import { parseEnv } from '../libs/platform/src/env/env-schema';

/** Writes the OpenAPI document to standard output. Nothing listens and nothing connects: the modules are read, not started. */
async function writeOpenApi(): Promise<void> {
  const env = parseEnv(gatewayEnv, {
    REDIS_URL: 'redis://unused',
    SEALING_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
    JWT_PUBLIC_KEYS: '{"keys":[]}',
    CONNECTIONS_ROWS_URLS: 'http://unused',
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(env), new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
  });
  setPrefix(app);
  process.stdout.write(`${JSON.stringify(apiDocument(app), null, 2)}\n`);
}

void writeOpenApi();
