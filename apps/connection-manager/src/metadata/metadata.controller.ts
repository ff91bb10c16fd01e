import { Controller } from '@nestjs/common';
import { connectionsContract, type ConnectionsHandlers } from '@snowflow/contracts/connections/connections.contract';
import { MetadataRequest, type MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { MetadataService } from './metadata.service';

@Controller()
export class MetadataController implements Pick<ConnectionsHandlers, 'metadata'> {
  constructor(private readonly service: MetadataService) {}

  @Handle(connectionsContract.operations.metadata)
  metadata(request: MetadataRequest): Promise<MetadataRows> {
    return this.service.read(currentPerson(), request);
  }
}
