import { useQueryClient } from '@tanstack/react-query';
import { Layers, ServerCog, ShieldCheck } from 'lucide-react';
import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Logo } from '../components/Logo';
import { LoginPicture } from '../features/session/LoginPicture';
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

/** Only a path of this site, never another origin. */
function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/workflows';
}

export function LoginPage() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const queries = useQueryClient();

  useEffect(() => {
    document.title = 'Connect · SnowFlow';
  }, []);

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
            onSignedIn={() => {
              queries.clear();
              void navigate(safeNext(search.get('next')), { replace: true });
            }}
          />
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
