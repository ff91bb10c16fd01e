import { Inject } from '@nestjs/common';

/** Injection token of the client of a service. */
export const clientToken = (contract: { service: string }): string => `rpc-client:${contract.service}`;

/** Injects the typed client of a service that TransportModule was given. */
export const InjectClient = (contract: { service: string }): PropertyDecorator & ParameterDecorator =>
  Inject(clientToken(contract));
