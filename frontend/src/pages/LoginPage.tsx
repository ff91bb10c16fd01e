import { useQueryClient } from '@tanstack/react-query';
import { Layers, ServerCog, ShieldCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Logo } from '../components/Logo';
import { accountName } from '../features/session/account-name';
import { LoginPicture } from '../features/session/LoginPicture';
import { pendingNext } from '../features/session/provider-redirect';
import type { RememberedAccount } from '../features/session/remembered-accounts';
import { RememberedAccounts } from '../features/session/RememberedAccounts';
import { returnedError } from '../features/session/returned-error';
import { safePath } from '../features/session/safe-path';
import type { SignInError } from '../features/session/sign-in-error';
import { SignInForm } from '../features/session/SignInForm';
import './LoginPage.css';

const PROMISES = [
  {
    Icon: ShieldCheck,
    title: 'Your grants decide.',
    text: 'Masking and row access policies apply to every preview and run.',
  },
  {
    Icon: ServerCog,
    title: 'Compute stays in your account.',
    text: 'Workflows compile to SQL and run on your warehouse.',
  },
  {
    Icon: Layers,
    title: 'Six steps, one statement.',
    text: 'Relational nodes fuse into one SQL statement you can read.',
  },
];

/** What a sign-in through redirects brought back in the address. */
interface Returned {
  refused: SignInError;
  account: string;
  next: string;
}

function returnedFrom(search: URLSearchParams): Returned | undefined {
  const refused = returnedError(search);
  return refused && { refused, account: accountName(search.get('account') ?? ''), next: pendingNext.read() };
}

export function LoginPage() {
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const queries = useQueryClient();
  const [returned] = useState(() => returnedFrom(search));
  const [picked, setPicked] = useState<RememberedAccount>();
  const next = returned?.next ?? safePath(search.get('next'));

  useEffect(() => {
    document.title = 'Connect · SnowFlow';
  }, []);
  useEffect(() => {
    if (search.has('error')) setSearch({ next }, { replace: true });
  }, [search, setSearch, next]);

  return (
    <div className="login">
      <main className="login-form">
        <div className="login-column">
          <div className="login-brand">
            <Logo /> <span>SnowFlow</span>
          </div>
          <div>
            <h1>Connect to Snowflake</h1>
            <p className="login-lead">Everything runs with your own role and grants.</p>
          </div>
          <SignInForm
            key={picked ? `${picked.account} ${picked.username}` : ''}
            next={next}
            preset={picked ?? (returned ? { account: returned.account, method: 'sso' } : {})}
            refused={picked ? undefined : returned?.refused}
            onSignedIn={() => {
              queries.clear();
              void navigate(next, { replace: true });
            }}
          >
            <RememberedAccounts onPick={setPicked} />
          </SignInForm>
          <p className="login-foot">
            <Link to="/setup">Set up single sign-on for an account</Link>
          </p>
        </div>
      </main>
      <aside className="login-aside" aria-label="What SnowFlow does">
        <LoginPicture />
        <ul>
          {PROMISES.map(({ Icon, title, text }) => (
            <li key={title}>
              <Icon size={16} aria-hidden />
              <span>
                <strong>{title}</strong> {text}
              </span>
            </li>
          ))}
        </ul>
      </aside>
    </div>
  );
}
