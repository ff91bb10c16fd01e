import { Controller, Get, Header, Inject } from '@nestjs/common';
import { HealthCheckResult, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { metrics } from '../metrics/metrics';
import { HEALTH_OPTIONS, HealthOptions, NotReady } from './health-options';

const CHECK_TIMEOUT_MS = 2_000;

@Controller()
export class HealthController {
  constructor(
    @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** Whether the process runs; asks nothing else, so that a lost Redis restarts no service. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether it can work now; 503 with the reasons otherwise. */
  @Get('health/ready')
  ready(): Promise<HealthCheckResult> {
    const { isDraining, checks } = this.options;
    if (isDraining())
      return this.health.check([
        () => this.indicators.check('draining').down('it stops: what is under way is finished, nothing new is taken'),
      ]);
    return this.health.check(
      Object.entries(checks).map(
        ([name, ask]) =>
          () =>
            this.check(name, ask),
      ),
    );
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return metrics().metrics();
  }

  /** The reason is said without the error's text: it may name hosts and accounts. */
  private async check(name: string, ask: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), CHECK_TIMEOUT_MS)));
    try {
      const outcome = await Promise.race([ask().then(() => 'up' as const), late]);
      return outcome === 'up' ? indicator.up() : indicator.down(`no answer within ${CHECK_TIMEOUT_MS} ms`);
    } catch (error) {
      return indicator.down(error instanceof NotReady ? error.message : 'does not answer');
    } finally {
      clearTimeout(timer);
    }
  }
}
