import { ArrowRight, Building2, Snowflake } from 'lucide-react';
import { Link } from 'react-router';
import type { SignInOptions } from '../../api/types';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';

interface SingleSignOnProps {
  options: SignInOptions | undefined;
  onProvider: (provider: 'snowflake' | 'external') => void;
  onContainer: () => void;
}

/** The ways to sign in at another page: Snowflake's own, or the company's. */
export function SingleSignOn({ options, onProvider, onContainer }: SingleSignOnProps) {
  const offers = (method: string) => !options || options.methods.includes(method);
  if (options?.methods.length === 0) {
    return (
      <Notice
        tone="warning"
        title="Nobody can sign in here yet."
        action={
          <Link
            className="button button-default button-md"
            to={`/setup?account=${encodeURIComponent(options.account)}`}
          >
            Set up single sign-on
          </Link>
        }
      >
        {options.hint}
      </Notice>
    );
  }
  return (
    <>
      <p className="sign-in-lead">
        You continue at Snowflake or at your company&apos;s identity provider, and come straight back.
      </p>
      {offers('oauth') && (
        <Button look="primary" size="lg" onClick={() => onProvider('snowflake')}>
          <Snowflake size={16} aria-hidden /> Continue with Snowflake <ArrowRight size={16} aria-hidden />
        </Button>
      )}
      {offers('external-oauth') && (
        <Button look={offers('oauth') ? 'default' : 'primary'} size="lg" onClick={() => onProvider('external')}>
          <Building2 size={16} aria-hidden /> Continue with your company <ArrowRight size={16} aria-hidden />
        </Button>
      )}
      {options?.methods.includes('container') && (
        <Button
          look={offers('oauth') || offers('external-oauth') ? 'default' : 'primary'}
          size="lg"
          onClick={onContainer}
        >
          <Snowflake size={16} aria-hidden /> Continue as your Snowflake user <ArrowRight size={16} aria-hidden />
        </Button>
      )}
    </>
  );
}
