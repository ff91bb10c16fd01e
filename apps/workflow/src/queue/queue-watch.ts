import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { queueDepths } from './queue-metrics';
import { RunQueueRepository } from './run-queue.repository';

/** Shows how full the queue is, in the service: there are fewer of it than workers, and it is there when no worker is. */
@Injectable()
export class QueueWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ask = () => this.queue.depth();

  constructor(private readonly queue: RunQueueRepository) {}

  onApplicationBootstrap(): void {
    queueDepths.add(this.ask);
  }

  onApplicationShutdown(): void {
    queueDepths.delete(this.ask);
  }
}
