import type { Statement } from '../statements/statement';
import type { Account } from './account';

/** The accounts this process serves, by the names people type. */
export class AccountDirectory {
  constructor(private readonly accounts: readonly Account[]) {}

  find(name: string): Account | undefined {
    const wanted = name.toUpperCase().replace(/^SNOWFLOW-/, '');
    return this.accounts.find((account) => account.settings.name === wanted);
  }

  statement(queryId: string): Statement | undefined {
    for (const account of this.accounts) {
      const statement = account.statements.find(queryId);
      if (statement) return statement;
    }
    return undefined;
  }

  close(): void {
    for (const account of this.accounts) account.close();
  }
}
