import { Injectable } from '@nestjs/common';
import type { Planning } from './planning.service';

const LIFE_MS = 15_000;
const AT_MOST = 500;

/**
 * Valid plans of the last moments, so that a workflow run again and again is not validated each time. What was dropped in Snowflake
 * meanwhile is found out by the statement itself.
 */
@Injectable()
export class RecentPlans {
  private readonly plans = new Map<string, { until: number; planning: Planning }>();

  async find(key: string, make: () => Promise<Planning>): Promise<Planning> {
    const known = this.plans.get(key);
    if (known && known.until > Date.now()) return known.planning;
    this.plans.delete(key);
    const planning = await make();
    // A write decides by whether its table exists, and the run itself may change that; what is called may be saved anew.
    const calls = Object.keys(planning.children).length > 0;
    if (!calls && planning.plan?.steps.every(({ kind }) => kind !== 'write')) {
      for (const oldest of this.plans.keys()) {
        if (this.plans.size < AT_MOST) break;
        this.plans.delete(oldest);
      }
      this.plans.set(key, { until: Date.now() + LIFE_MS, planning });
    }
    return planning;
  }
}
