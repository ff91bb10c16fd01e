import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import { ApiProblems } from './responses.decorator';

/** Says in OpenAPI what holds for every route behind a session. */
export const ApiGuarded = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiBearerAuth(),
    ApiCookieAuth(),
    ApiProblems('UNAUTHENTICATED', 'SESSION_ENDED', 'VALIDATION', 'THROTTLED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'),
  );
