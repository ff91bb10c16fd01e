import { ArrowRight, ChevronRight, KeyRound, LoaderCircle, Lock, Ticket, Warehouse } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { connect } from '../../api/auth';
import type { Authenticator, ConnectBody } from '../../api/types';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { MethodFields } from './MethodFields';
import { accountName } from './account-name';
import { signInError, type SignInError } from './sign-in-error';
import './SignInForm.css';

const METHODS: { id: Authenticator; label: string; Icon: typeof Lock }[] = [
  { id: 'password', label: 'Password', Icon: Lock },
  { id: 'key-pair', label: 'Key pair', Icon: KeyRound },
  { id: 'pat', label: 'Access token', Icon: Ticket },
];
const DEMO: ConnectBody = { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' };

/** The fields a form holds, without the empty ones. Secrets are read at the moment of sending and kept nowhere. */
function bodyOf(form: HTMLFormElement, authenticator: Authenticator): ConnectBody {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  const fields = Object.fromEntries(entries);
  return {
    ...fields,
    account: accountName(fields.account ?? ''),
    username: fields.username?.trim() ?? '',
    ...(fields.passcode ? { passcode: fields.passcode.replace(/\s/g, '') } : {}),
    authenticator,
  };
}

/** Connects to a Snowflake account, or to the demo warehouse with one click. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [method, setMethod] = useState<Authenticator>('password');
  const [account, setAccount] = useState('');
  const [busy, setBusy] = useState<'form' | 'demo'>();
  const [error, setError] = useState<SignInError>();
  const message = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (error) message.current?.focus();
  }, [error]);

  async function signIn(body: ConnectBody, from: 'form' | 'demo') {
    if (busy) return;
    setBusy(from);
    setError(undefined);
    try {
      await connect(body);
      onSignedIn();
    } catch (thrown) {
      setError(signInError(thrown, body.account));
      setBusy(undefined);
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void signIn(bodyOf(event.currentTarget, method), 'form');
  }

  return (
    <div className="sign-in">
      {error && (
        <Notice tone="danger" title={error.title} ref={message}>
          {error.text}
        </Notice>
      )}
      <form onSubmit={submit} method="post" autoComplete="on">
        <TextField
          label="Account identifier"
          name="account"
          mono
          required
          maxLength={255}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
          onBlur={() => setAccount(accountName(account))}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          placeholder="acme-eu01"
          hint="Organization and account name, for example acme-eu01. Paste a Snowflake URL and we trim it."
        />
        <Tabs.Root value={method} onValueChange={(value) => setMethod(value as Authenticator)}>
          <Tabs.List className="sign-in-methods" aria-label="Sign-in method">
            {METHODS.map(({ id, label, Icon }) => (
              <Tabs.Trigger key={id} value={id}>
                <Icon size={16} aria-hidden />
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {METHODS.map(({ id }) => (
            <Tabs.Content key={id} value={id} className="sign-in-fields" tabIndex={-1}>
              <MethodFields method={id} />
            </Tabs.Content>
          ))}
        </Tabs.Root>
        <details className="sign-in-more">
          <summary>
            <ChevronRight size={16} aria-hidden />
            <span>Role and warehouse</span> <span className="field-note">uses your defaults</span>
          </summary>
          <div className="sign-in-pair">
            <TextField label="Role" name="role" mono maxLength={255} autoComplete="off" />
            <TextField label="Warehouse" name="warehouse" mono maxLength={255} autoComplete="off" />
          </div>
        </details>
        <Button type="submit" look="primary" size="lg" aria-busy={busy === 'form'}>
          {busy === 'form' ? 'Connecting' : 'Connect'}
          {busy === 'form' ? (
            <LoaderCircle size={16} className="spin" aria-hidden />
          ) : (
            <ArrowRight size={16} aria-hidden />
          )}
        </Button>
      </form>
      <div className="sign-in-or" role="separator">
        <span>or</span>
      </div>
      <button
        type="button"
        className="sign-in-demo"
        onClick={() => void signIn(DEMO, 'demo')}
        aria-busy={busy === 'demo'}
      >
        <span className="sign-in-demo-icon">
          <Warehouse size={20} aria-hidden />
        </span>
        <span>
          <strong>{busy === 'demo' ? 'Opening the demo warehouse' : 'Try the demo warehouse'}</strong>
          <span>Sample retail data. No account needed.</span>
        </span>
        {busy === 'demo' ? (
          <LoaderCircle size={18} className="spin" aria-hidden />
        ) : (
          <ArrowRight size={18} aria-hidden />
        )}
      </button>
    </div>
  );
}
