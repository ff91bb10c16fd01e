import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowRight, Copy, LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { messageOf } from '../../api/api-error';
import { fetchFirstSetupSql, setUpOauth } from '../../api/auth';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { TextField } from '../../components/TextField';
import { showToast } from '../../components/toast-store';
import { accountName } from './account-name';
import { pendingNext } from './provider-redirect';
import { signInError } from './sign-in-error';
import './OauthSetup.css';

/** The client is kept once a sign-in by it has worked: only an account administrator can know its secret. */
export function OauthSetup({ account: given }: { account: string }) {
  const [account, setAccount] = useState(given);
  const sql = useQuery({
    queryKey: ['first-setup-sql'],
    queryFn: ({ signal }) => fetchFirstSetupSql(signal),
    staleTime: Infinity,
  });
  const message = useRef<HTMLDivElement>(null);
  const setup = useMutation({
    mutationFn: setUpOauth,
    // The secret is in the request only.
    gcTime: 0,
    onSuccess: ({ authorizeUrl }) => {
      pendingNext.keep('/workflows');
      window.location.assign(authorizeUrl);
    },
  });
  const failure = setup.error && signInError(setup.error, accountName(account));
  useEffect(() => {
    if (setup.error) message.current?.focus();
  }, [setup.error]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (setup.isPending) return;
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '').trim();
    setup.mutate({
      account: accountName(text('account')),
      clientId: text('clientId'),
      clientSecret: text('clientSecret'),
    });
  }

  async function copy() {
    if (!sql.data) return;
    await navigator.clipboard.writeText(sql.data.sql).then(
      () => showToast('Statements copied'),
      () => showToast('The browser did not allow to copy. Select the text instead.'),
    );
  }

  return (
    <form className="oauth-setup" onSubmit={submit} method="post" autoComplete="off" aria-label="Set up single sign-on">
      {failure && (
        <Notice tone="danger" title={failure.title} ref={message}>
          {failure.text}
        </Notice>
      )}
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
      />
      <section aria-labelledby="setup-statements">
        <div className="oauth-setup-head">
          <h2 id="setup-statements">1. Run these statements in Snowflake</h2>
          <Button
            size="sm"
            onClick={() => void copy()}
            unavailable={sql.data ? undefined : 'The statements are not there yet'}
          >
            <Copy size={14} aria-hidden /> Copy
          </Button>
        </div>
        {sql.error ? (
          <Notice
            tone="danger"
            title="The statements could not be read."
            action={<Button onClick={() => void sql.refetch()}>Try again</Button>}
          >
            {messageOf(sql.error)}
          </Notice>
        ) : (
          <pre className="oauth-setup-sql mono" tabIndex={0} aria-label="Statements to run">
            {sql.data?.sql}
          </pre>
        )}
        <p className="field-hint">
          The last one shows the client&apos;s id and secret. Only ACCOUNTADMIN may run it, so who knows the secret owns
          the account here.
        </p>
      </section>
      <section aria-labelledby="setup-client" className="oauth-setup-client">
        <h2 id="setup-client">2. Paste what the last one shows</h2>
        <TextField
          label="Client ID"
          note="OAUTH_CLIENT_ID"
          name="clientId"
          mono
          required
          maxLength={500}
          spellCheck={false}
        />
        <TextField
          label="Client secret"
          note="OAUTH_CLIENT_SECRET"
          name="clientSecret"
          type="password"
          required
          maxLength={2_000}
          autoComplete="off"
          hint="Stored encrypted, and never shown again."
        />
      </section>
      <Button type="submit" look="primary" size="lg" aria-busy={setup.isPending}>
        {setup.isPending ? 'Opening Snowflake' : 'Try it: sign in with Snowflake'}
        {setup.isPending ? (
          <LoaderCircle size={16} className="spin" aria-hidden />
        ) : (
          <ArrowRight size={16} aria-hidden />
        )}
      </Button>
    </form>
  );
}
