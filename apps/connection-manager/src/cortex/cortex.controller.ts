import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import { type CortexReply, CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { CortexService } from './cortex.service';

@Controller()
export class CortexController implements Pick<ConnectionsHandlers, 'cortex'> {
  constructor(private readonly service: CortexService) {}

  @Handle(connectionsContract.operations.cortex)
  cortex(request: CortexRequest): Promise<CortexReply> {
    return this.service.ask(currentPerson(), request);
  }
}
