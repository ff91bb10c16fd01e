import { ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { FastifyRequest } from 'fastify';
import { RefusedRequests } from '../throttling/refused-requests';
import { IS_PUBLIC } from './public.decorator';

/** Lets through who holds a living access token, and everybody on public routes. */
@Injectable()
export class AccessGuard extends AuthGuard('access-token') {
  constructor(
    private readonly reflector: Reflector,
    private readonly refused: RefusedRequests,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const isPublic = this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    if (isPublic) return true;
    try {
      return (await super.canActivate(context)) as boolean;
    } catch (error) {
      // Where the sessions can't be read nothing can be counted there either: who asks would wait for that a second time.
      if (error instanceof AppError) await this.refused.count(context.switchToHttp().getRequest<FastifyRequest>().ip);
      throw error;
    }
  }

  override handleRequest<Person>(error: unknown, person: Person | false): Person {
    if (error) throw error;
    if (!person) throw new AppError('UNAUTHENTICATED', 'Sign in first: the access token is missing, wrong or expired.');
    return person;
  }
}
