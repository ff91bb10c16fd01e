import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { forgetAccount, rememberedAccounts, type RememberedAccount } from './remembered-accounts';
import { METHOD_TABS } from './sign-in-methods';
import './RememberedAccounts.css';

/** Where somebody signed in from this browser before; names only. */
export function RememberedAccounts({ onPick }: { onPick: (account: RememberedAccount) => void }) {
  const [accounts, setAccounts] = useState(rememberedAccounts);
  if (accounts.length === 0) return null;
  return (
    <section className="remembered" aria-labelledby="remembered-accounts">
      <h2 id="remembered-accounts">Signed in before</h2>
      <ul>
        {accounts.map((remembered) => {
          const { account, username, method } = remembered;
          const who = `${username} on ${account}`;
          return (
            <li key={`${account} ${username}`}>
              <button type="button" onClick={() => onPick(remembered)}>
                <span>
                  <span className="mono">{username}</span> on <span className="mono">{account}</span>
                </span>
                <span className="remembered-method">{METHOD_TABS.find(({ id }) => id === method)?.label}</span>
              </button>
              <Button
                look="ghost"
                size="sm"
                iconOnly={`Forget ${who}`}
                onClick={() => setAccounts(forgetAccount(remembered))}
              >
                <X size={14} aria-hidden />
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
