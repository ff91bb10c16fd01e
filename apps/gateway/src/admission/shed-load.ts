import type { FastifyInstance, FastifyRequest } from 'fastify';
import { API_PREFIX } from '../openapi/api-document';
import type { Admission } from './admission';
import { guardDoor } from './door';
import { EventLoopDelay } from './event-loop-delay';
import { refusal, tellRefusals } from './refusal';

/**
 * Refuses what the gateway can't serve soon, before anybody looks who asks. Where all is taken that is said before the body is read; else a
 * place is taken once the body is there, so that a slow sender holds none, and given back with the first byte of the answer.
 */
export function shedLoad(instance: FastifyInstance, admission: Admission, delayLimitMs: number): void {
  const delay = new EventLoopDelay();
  const telling = tellRefusals();
  instance.addHook('onClose', async () => {
    delay.stop();
    telling.stop();
  });
  const whyNot = () => {
    if (admission.isFull()) return 'full';
    return delay.ms > delayLimitMs ? 'late' : undefined;
  };
  guardDoor(instance.server, isOfApi, whyNot);
  instance.addHook('preValidation', async (request, reply) => {
    if (!isOfApi(routeOf(request))) return;
    reply.raw.once('close', () => admission.leave(reply.raw));
    const reason = whyNot();
    if (reason || !(await admission.admit(reply.raw))) throw refusal(reason ?? 'waited');
    // Who has gone meanwhile is heard no more.
    if (reply.raw.destroyed) admission.leave(reply.raw);
  });
  instance.addHook('onSend', async (_request, reply) => admission.leave(reply.raw));
}

/** Health says how it is, and pages are cheap; what they then ask for is not. */
const isOfApi = (path: string) => path.startsWith(`/${API_PREFIX}/`);

/** An address may be written in many ways: those that the door does not know by sight are known here, once their body is there. */
const routeOf = ({ routeOptions, url }: FastifyRequest) => routeOptions.url ?? url;
