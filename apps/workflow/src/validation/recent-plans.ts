import { Injectable } from '@nestjs/common';
import type { Planning } from './planning.service';

const LIFE_MS = 15_000;
const AT_MOST = 500;

/**
 * Valid plans of the last moments, so that a workflow run again and again is not validated each time, nor as often as it is started at
 * once. What was dropped in Snowflake meanwhile is found out by the statement itself.
 */
@Injectable()
export class RecentPlans {
  private readonly plans = new Map<string, { until: number; planning: Promise<Planning> }>();

  async find(key: string, make: () => Promise<Planning>): Promise<Planning> {
    const known = this.plans.get(key);
    // Who joins another's planning does not share what kept that from ending, such as its deadline.
    if (known && known.until > Date.now()) return known.planning.catch(make);
    this.plans.delete(key);
    for (const oldest of this.plans.keys()) {
      if (this.plans.size < AT_MOST) break;
      this.plans.delete(oldest);
    }
    const made = { until: Date.now() + LIFE_MS, planning: make() };
    this.plans.set(key, made);
    const forget = () => this.plans.get(key) === made && this.plans.delete(key);
    try {
      const planning = await made.planning;
      if (!lasts(planning)) forget();
      return planning;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

/** A write decides by whether its table exists, and the run itself may change that; what is called may be saved anew. */
const lasts = ({ plan, children }: Planning) =>
  plan !== undefined && Object.keys(children).length === 0 && plan.steps.every(({ kind }) => kind !== 'write');
