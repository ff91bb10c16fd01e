import { ArrowRight, ChevronRight, LoaderCircle } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { ConnectBody, Session } from '../../api/types';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { accountName } from './account-name';
import { ConnectionTestPanel } from './ConnectionTestPanel';
import { DemoButton } from './DemoButton';
import { bodyOf } from './form-fields';
import { MethodFields } from './MethodFields';
import { authorizePath, pendingNext } from './provider-redirect';
import { PushWait } from './PushWait';
import type { SignInError } from './sign-in-error';
import { firstTab, METHOD_TABS, openTabs, type MethodTab } from './sign-in-methods';
import { SingleSignOn } from './SingleSignOn';
import { useSignIn } from './use-sign-in';
import { useSignInOptions } from './use-sign-in-options';
import './SignInForm.css';

const DEMO: ConnectBody = { account: 'demo', authenticator: 'password', username: 'demo', password: 'demo' };

/** What a form begins with: names, never a secret. */
export interface SignInPreset {
  account?: string;
  username?: string;
  method?: MethodTab | undefined;
  role?: string | null;
  warehouse?: string | null;
}

interface SignInFormProps {
  onSignedIn: (session: Session) => void;
  /** The path to open after a sign-in that leaves the page. */
  next: string;
  preset?: SignInPreset;
  /** Why the last sign-in came back without a session. */
  refused?: SignInError | undefined;
  demo?: boolean;
  /** The page is about to be left for a provider's. */
  onLeaving?: () => void;
  /** Stands above the account. */
  children?: ReactNode;
}

/** Connects to a Snowflake account by any way it allows, or to the demo warehouse with one click. */
export function SignInForm(props: SignInFormProps) {
  const { onSignedIn, next, preset = {}, refused, demo = true, onLeaving, children } = props;
  const [account, setAccount] = useState(preset.account ?? '');
  const [left, setLeft] = useState(false);
  const [username, setUsername] = useState(preset.username ?? '');
  const [chosen, setChosen] = useState(preset.method);
  const form = useRef<HTMLFormElement>(null);
  const message = useRef<HTMLDivElement>(null);
  const messageId = useId();
  const { options, accountError } = useSignInOptions(account);
  const { busy, error, start, stopWaiting } = useSignIn(onSignedIn, refused);

  const open = openTabs(options);
  // Who has begun to type stays where they are.
  const wanted = chosen ?? (username === '' ? firstTab(open, options) : 'password');
  const method = open.includes(wanted) ? wanted : firstTab(open, options);

  const isKnown = preset.username !== undefined && !refused;
  useEffect(() => {
    // Who is known has only the secret left to give.
    if (isKnown) form.current?.querySelector<HTMLElement>('[name=password],[name=privateKey],[name=token]')?.focus();
  }, [isKnown]);

  useEffect(() => {
    if (!error) return;
    // A field that is not on this tab can't be at fault for the person who looks at it.
    const field = error.field && form.current?.elements.namedItem(error.field);
    if (!(field instanceof HTMLElement)) {
      message.current?.focus();
      return;
    }
    const folded = field.closest('details');
    if (folded) folded.open = true;
    field.focus();
  }, [error]);

  const named = () => form.current?.reportValidity() ?? false;
  const send = (authenticator: ConnectBody['authenticator'], push = false) => {
    if (!form.current) return;
    const body = bodyOf(form.current, authenticator);
    start(push ? { ...body, push } : body, push ? 'push' : 'form');
  };
  const leaveFor = (provider: 'snowflake' | 'external') => {
    if (!form.current || !named()) return;
    const { account: name, role } = bodyOf(form.current, 'password');
    pendingNext.keep(next);
    onLeaving?.();
    window.location.assign(authorizePath({ account: name, provider, next, ...(role ? { role } : {}) }));
  };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (method !== 'sso') send(method);
    else if (options?.methods.length !== 0)
      leaveFor(options?.methods.includes('oauth') === false ? 'external' : 'snowflake');
  }

  const faulty = (field: SignInError['field']) =>
    error?.field === field ? { 'aria-invalid': true, 'aria-describedby': messageId } : undefined;

  return (
    <div className="sign-in">
      {error && (
        <Notice
          id={messageId}
          tone={error.tone ?? 'danger'}
          title={error.title}
          ref={message}
          action={
            error.offer === 'push' && method === 'password' ? (
              <Button onClick={() => named() && send('password', true)}>Send a push to my device</Button>
            ) : error.offer === 'setup' ? (
              <Link className="button button-default button-md" to={`/setup?account=${encodeURIComponent(account)}`}>
                Set up single sign-on
              </Link>
            ) : undefined
          }
        >
          {error.text}
        </Notice>
      )}
      {busy === 'push' && <PushWait onCancel={stopWaiting} />}
      {children}
      <form ref={form} onSubmit={submit} method="post" autoComplete="on" aria-label="Sign in" inert={busy === 'push'}>
        <div className="sign-in-account">
          <TextField
            label="Account identifier"
            name="account"
            mono
            required
            maxLength={255}
            value={account}
            onChange={(event) => {
              setAccount(event.target.value);
              setLeft(false);
            }}
            onBlur={() => {
              setAccount(accountName(account));
              setLeft(true);
            }}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            placeholder="acme-eu01"
            hint="Organization and account name, for example acme-eu01. Paste a Snowflake URL and we trim it."
            error={left && !error ? accountError : undefined}
            {...faulty('account')}
          />
          <ConnectionTestPanel key={accountName(account)} account={account} onMissing={() => void named()} />
        </div>
        <Tabs.Root value={method} onValueChange={(value) => setChosen(value as MethodTab)}>
          <Tabs.List className="sign-in-methods" aria-label="Sign-in method">
            {METHOD_TABS.filter(({ id }) => open.includes(id)).map(({ id, label, Icon }) => (
              <Tabs.Trigger key={id} value={id}>
                <Icon size={16} aria-hidden />
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {open.map((id) => (
            <Tabs.Content key={id} value={id} className="sign-in-fields" tabIndex={-1}>
              {id === 'sso' ? (
                <SingleSignOn
                  options={options}
                  onProvider={leaveFor}
                  onContainer={() => named() && send('container')}
                />
              ) : (
                <MethodFields
                  method={id}
                  username={username}
                  onUsername={setUsername}
                  fault={error?.field}
                  faultId={messageId}
                />
              )}
            </Tabs.Content>
          ))}
        </Tabs.Root>
        <details className="sign-in-more">
          <summary>
            <ChevronRight size={16} aria-hidden />
            <span>Role and warehouse</span>
            <span className="field-note">{preset.role ? `goes on as ${preset.role}` : 'uses your defaults'}</span>
          </summary>
          <div className="sign-in-pair">
            <TextField
              label="Role"
              name="role"
              mono
              maxLength={255}
              autoComplete="off"
              defaultValue={preset.role ?? ''}
              {...faulty('role')}
            />
            <TextField
              label="Warehouse"
              name="warehouse"
              mono
              maxLength={255}
              autoComplete="off"
              defaultValue={preset.warehouse ?? ''}
            />
          </div>
        </details>
        {method !== 'sso' && (
          <Button type="submit" look="primary" size="lg" aria-busy={busy === 'form'}>
            {busy === 'form' ? 'Connecting' : 'Connect'}
            {busy === 'form' ? (
              <LoaderCircle size={16} className="spin" aria-hidden />
            ) : (
              <ArrowRight size={16} aria-hidden />
            )}
          </Button>
        )}
      </form>
      {demo && <DemoButton busy={busy === 'demo'} onClick={() => start(DEMO, 'demo')} />}
    </div>
  );
}
