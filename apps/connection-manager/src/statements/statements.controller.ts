import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import {
  CancelRequest,
  DescribeRequest,
  type SettledOutcome,
  SettleRequest,
  type StatementDescription,
  type StatementStatus,
  StatisticsRequest,
  SubmitRequest,
  type SubmittedStatement,
  WaitRequest,
} from '@snowflow/contracts/connections/connections.dto';
import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { SettlementService } from './settlement.service';
import { StatementsService } from './statements.service';

const { operations } = connectionsContract;

@Controller()
export class StatementsController implements Pick<
  ConnectionsHandlers,
  'submit' | 'wait' | 'cancel' | 'settle' | 'describe' | 'statistics'
> {
  constructor(
    private readonly statements: StatementsService,
    private readonly settlement: SettlementService,
  ) {}

  @Handle(operations.submit)
  submit(request: SubmitRequest): Promise<SubmittedStatement> {
    return this.statements.submitAndWait(currentPerson(), request);
  }

  @Handle(operations.wait)
  wait(request: WaitRequest): Promise<StatementStatus> {
    return this.statements.wait(currentPerson(), request);
  }

  @Handle(operations.cancel)
  async cancel(request: CancelRequest): Promise<Done> {
    await this.statements.cancel(currentPerson(), request);
    return { done: true };
  }

  @Handle(operations.settle)
  settle(request: SettleRequest): Promise<SettledOutcome> {
    return this.settlement.settle(currentPerson(), request);
  }

  @Handle(operations.describe)
  describe(request: DescribeRequest): Promise<StatementDescription> {
    return this.statements.describe(currentPerson(), request);
  }

  @Handle(operations.statistics)
  statistics({ queryId }: StatisticsRequest): Promise<StatementStats> {
    return this.statements.statistics(currentPerson(), queryId);
  }
}
