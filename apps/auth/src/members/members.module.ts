import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { MembersController } from './members.controller';
import { MembersService } from './members.service';

/** The members of tenants. */
@Module({
  imports: [SessionsModule],
  controllers: [MembersController],
  providers: [MembersService],
})
export class MembersModule {}
