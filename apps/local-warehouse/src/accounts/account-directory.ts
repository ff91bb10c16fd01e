import type { Statement } from '../statements/statement';
import type { Account } from './account';
import type { AccountSettings } from './people';

/** The accounts this process serves, by the names people type; each is opened when it is first asked for. */
export class AccountDirectory {
  private readonly opening = new Map<string, Promise<Account>>();
  private readonly opened = new Set<Account>();

  constructor(
    private readonly settings: readonly AccountSettings[],
    private readonly open: (settings: AccountSettings) => Promise<Account>,
  ) {}

  /** Opens those that are to be there at once. */
  async openMain(): Promise<void> {
    for (const { name, isLight } of this.settings) if (!isLight) await this.find(name);
  }

  async find(name: string): Promise<Account | undefined> {
    const wanted = name.toUpperCase().replace(/^SNOWFLOW[-_]/, '');
    const settings = this.settings.find((account) => account.name === wanted);
    if (!settings) return undefined;
    const known = this.opening.get(wanted) ?? this.open(settings);
    this.opening.set(wanted, known);
    const account = await known;
    this.opened.add(account);
    return account;
  }

  statement(queryId: string): Statement | undefined {
    for (const account of this.opened) {
      const statement = account.statements.find(queryId);
      if (statement) return statement;
    }
    return undefined;
  }

  close(): void {
    for (const account of this.opened) account.close();
  }
}
