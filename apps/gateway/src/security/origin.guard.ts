import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyRequest } from 'fastify';
import { speaksByCookie } from './cookies';
import { OriginPolicy } from './origin-policy';

/** Refuses what another site's page sends in the name of a signed-in person. */
@Injectable()
export class OriginGuard implements CanActivate {
  constructor(private readonly policy: OriginPolicy) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.policy.permits(request, speaksByCookie(request))) return true;
    throw new AppError('ORIGIN_REFUSED', 'This request came from another origin. Open SnowFlow itself and try there.');
  }
}
