import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { API_PREFIX } from '../openapi/api-document';
import { Admission } from './admission';
import { refusedRequests } from './admission-metrics';
import { EventLoopDelay } from './event-loop-delay';

/** Who is turned away comes back at different times. */
const AGAIN_AFTER_SECONDS = [1, 2, 3];

/**
 * Refuses what the gateway can't serve soon, before anybody looks who asks. Where all is taken that is said before the body is read; else a
 * place is taken once the body is there, so that a slow sender holds none, and given back with the first byte of the answer.
 */
export function shedLoad(instance: FastifyInstance, admission: Admission, delayLimitMs: number): void {
  const delay = new EventLoopDelay();
  instance.addHook('onClose', async () => delay.stop());
  instance.addHook('onRequest', async (request) => {
    if (!isOfApi(request)) return;
    if (admission.isFull) throw refusal('full');
    if (delay.ms > delayLimitMs) throw refusal('late');
  });
  instance.addHook('preValidation', async (request, reply) => {
    if (!isOfApi(request)) return;
    reply.raw.once('close', () => admission.leave(reply.raw));
    if (!(await admission.admit(reply.raw))) throw refusal('waited');
    // Who has gone meanwhile is heard no more.
    if (reply.raw.destroyed) admission.leave(reply.raw);
  });
  instance.addHook('onSend', async (_request, reply) => admission.leave(reply.raw));
}

/** Health says how it is, and pages are cheap; what they then ask for is not. By the route: an address may be written in many ways. */
const isOfApi = ({ routeOptions, url }: FastifyRequest) => (routeOptions.url ?? url).startsWith(`/${API_PREFIX}/`);

function refusal(reason: 'full' | 'late' | 'waited'): AppError {
  refusedRequests.inc({ reason });
  return new AppError('OVERLOADED', 'Too much is going on here. Nothing was done; try again in a moment.', {
    retryAfterSeconds: AGAIN_AFTER_SECONDS[Math.floor(Math.random() * AGAIN_AFTER_SECONDS.length)],
  });
}
