import { MemberDepartures } from './member-departures';

/** Where nothing of a person stays behind. */
export class NoDepartures extends MemberDepartures {
  left(): Promise<void> {
    return Promise.resolve();
  }
}
