import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Logo } from '../components/Logo';
import { accountName } from '../features/session/account-name';
import { OauthSetup } from '../features/session/OauthSetup';
import './SetupPage.css';

/** First single sign-on of an account, before anybody can sign in to it. */
export function SetupPage() {
  const [search] = useSearchParams();
  useEffect(() => {
    document.title = 'Set up single sign-on · SnowFlow';
  }, []);
  return (
    <main className="setup">
      <div className="login-brand">
        <Logo /> <span>SnowFlow</span>
      </div>
      <div>
        <h1>Set up single sign-on</h1>
        <p className="login-lead">
          Once for each Snowflake account, by an account administrator. People then sign in with their own Snowflake
          user.
        </p>
      </div>
      <OauthSetup account={accountName(search.get('account') ?? '')} />
      <p className="login-foot">
        <Link to="/login">Back to sign in</Link>
      </p>
    </main>
  );
}
