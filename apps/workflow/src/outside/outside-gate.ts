import { Injectable } from '@nestjs/common';
import type { OutsideCalls } from '@snowflow/nodes/kit/outside-calls';
import { type CallOrigin, OutsideJournal } from './outside-journal';
import { OutsideRoad } from './outside-road';
import { RunOutsideCalls } from './run-outside-calls';

/** Lets the steps of runs call hosts outside. */
@Injectable()
export class OutsideGate {
  constructor(
    private readonly road: OutsideRoad,
    private readonly journal: OutsideJournal,
  ) {}

  /** For one execution of a step. */
  of(origin: CallOrigin): OutsideCalls {
    return new RunOutsideCalls(this.road, this.journal, origin);
  }
}
