import { Global, Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module';

/** Who hears of people who leave: what keeps credentials and keys of theirs. */
@Global()
@Module({ imports: [CredentialsModule], exports: [CredentialsModule] })
export class DeparturesModule {}
