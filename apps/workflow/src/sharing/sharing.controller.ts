import { Controller } from '@nestjs/common';
import type {
  NewOwnerRequest,
  OwnerView,
  SaveSharesRequest,
  SaveTagsRequest,
  SharesBody,
  TagsBody,
} from '@snowflow/contracts/workflow/sharing.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import type { WorkflowId } from '@snowflow/contracts/workflow/workflow.dto';
import { Handle } from '@snowflow/transport/handle.decorator';
import { OwnershipService } from './ownership.service';
import { SharingService } from './sharing.service';

const { operations } = workflowContract;

@Controller()
export class SharingController implements Pick<WorkflowHandlers, 'shares' | 'saveShares' | 'saveTags' | 'transfer'> {
  constructor(
    private readonly sharing: SharingService,
    private readonly ownership: OwnershipService,
  ) {}

  @Handle(operations.shares)
  shares({ id }: WorkflowId): Promise<SharesBody> {
    return this.sharing.shares(id);
  }

  @Handle(operations.saveShares)
  saveShares(request: SaveSharesRequest): Promise<SharesBody> {
    return this.sharing.saveShares(request);
  }

  @Handle(operations.saveTags)
  saveTags(request: SaveTagsRequest): Promise<TagsBody> {
    return this.sharing.saveTags(request);
  }

  @Handle(operations.transfer)
  transfer(request: NewOwnerRequest): Promise<OwnerView> {
    return this.ownership.transfer(request);
  }
}
