import { Controller } from '@nestjs/common';
import { authContract, AuthHandlers } from '@snowflow/contracts/auth/auth.contract';
import {
  ChangeMemberRequest,
  ColleagueQuery,
  type ColleagueView,
  InviteRequest,
  MemberId,
  MemberView,
} from '@snowflow/contracts/auth/tenant.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { MembersService } from './members.service';

const { members, colleague, invite, changeMember, removeMember } = authContract.operations;

@Controller()
export class MembersController implements Pick<
  AuthHandlers,
  'members' | 'colleague' | 'invite' | 'changeMember' | 'removeMember'
> {
  constructor(private readonly service: MembersService) {}

  @Handle(members)
  async members(): Promise<Page<MemberView>> {
    return { items: await this.service.list(), nextCursor: null };
  }

  @Handle(colleague)
  colleague({ username }: ColleagueQuery): Promise<ColleagueView> {
    return this.service.colleague(username);
  }

  @Handle(invite)
  invite(input: InviteRequest): Promise<MemberView> {
    return this.service.invite(input);
  }

  @Handle(changeMember)
  changeMember(input: ChangeMemberRequest): Promise<MemberView> {
    return this.service.change(input);
  }

  @Handle(removeMember)
  async removeMember({ userId }: MemberId): Promise<Done> {
    await this.service.remove(userId);
    return { done: true };
  }
}
