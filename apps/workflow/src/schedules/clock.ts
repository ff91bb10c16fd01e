/** What time it is: a port, so that specs can let years pass. */
export abstract class Clock {
  abstract now(): Date;
}

/** The time of this machine. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
