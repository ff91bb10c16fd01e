import { Clock } from '../clock';

/** A clock that stands where it is set. */
export class SetClock extends Clock {
  constructor(public at: number) {
    super();
  }

  now(): Date {
    return new Date(this.at);
  }
}
