import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { Caller } from '../members/caller';

/** The person who asks, by their living session. */
@Injectable()
export class CurrentMember {
  constructor(private readonly caller: Caller) {}

  /** A session that a stored credential opened is nobody's hand: what people decide it may not. */
  async get(): Promise<SessionRecord> {
    const record = await this.caller.session();
    if (record.authenticator === 'credential') {
      throw new AppError('FORBIDDEN', 'A run under a stored credential can not do this; a person must, signed in.');
    }
    return record;
  }

  /** The person who asks, where they may build. */
  async builder(): Promise<SessionRecord> {
    const record = await this.get();
    if (record.appRole === 'viewer') {
      throw new AppError(
        'FORBIDDEN',
        'Viewers can not do this. Ask an owner or admin of your tenant for the role builder.',
      );
    }
    return record;
  }
}

/** Whether they look after the whole tenant. */
export function isAdministrator({ appRole }: SessionRecord): boolean {
  return appRole === 'owner' || appRole === 'admin';
}
