import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { ChallengeGrants } from './challenge-grants';
import { OwnershipChallenges } from './ownership-challenges';
import { OwnershipController } from './ownership.controller';
import { OwnershipService } from './ownership.service';

/** Proving that one owns a tenant. */
@Module({
  imports: [SessionsModule],
  controllers: [OwnershipController],
  providers: [ChallengeGrants, OwnershipChallenges, OwnershipService],
})
export class OwnershipModule {}
