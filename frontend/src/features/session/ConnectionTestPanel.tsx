import { useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, CircleX, LoaderCircle, PlugZap } from 'lucide-react';
import { testConnection, testOwnConnection } from '../../api/auth';
import type { ConnectionTest } from '../../api/types';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { accountName } from './account-name';
import { signInError } from './sign-in-error';
import './ConnectionTestPanel.css';

type Part = ConnectionTest['parts'][number];

const NAMES: Record<Part['part'], string> = {
  name: 'Host name',
  login: 'Login',
  oauth: 'OAuth',
  rest: 'REST API',
  results: 'Result hosts',
};
const STATES: Record<Part['state'], { word: string; Icon: typeof CircleCheck }> = {
  ok: { word: 'reachable', Icon: CircleCheck },
  failed: { word: 'not reachable', Icon: CircleX },
  'not-tested': { word: 'not tested', Icon: CircleHelp },
};

interface ConnectionTestPanelProps {
  account: string;
  onMissing: () => void;
  /** In the session that asks, where Snowflake says where results come from. */
  own?: boolean;
}

/** Which part of an account can be reached from here. Needs no sign-in and sends no secret. */
export function ConnectionTestPanel({ account, onMissing, own = false }: ConnectionTestPanelProps) {
  const name = accountName(account);
  const test = useMutation({ mutationFn: own ? testOwnConnection : testConnection });
  const failure = test.error && signInError(test.error, name);
  return (
    <div className="connection-test">
      <Button
        size="sm"
        look="ghost"
        aria-busy={test.isPending}
        onClick={() => {
          if (!name) onMissing();
          else if (!test.isPending) test.mutate(name);
        }}
      >
        {test.isPending ? <LoaderCircle size={14} className="spin" aria-hidden /> : <PlugZap size={14} aria-hidden />}
        {test.isPending ? 'Testing the connection' : 'Test the connection'}
      </Button>
      <div role="status">
        {test.data && (
          <>
            <p className="visually-hidden">Connection test of {test.data.account}</p>
            <ul>
              {test.data.parts.map(({ part, state, host, detail }) => {
                const { word, Icon } = STATES[state];
                return (
                  <li key={part} data-state={state}>
                    <Icon size={16} aria-hidden />
                    <div>
                      <strong>{NAMES[part]}</strong> {word}
                      {host && <span className="mono"> {host}</span>}
                      <p>{detail}</p>
                    </div>
                  </li>
                );
              })}
            </ul>
          </>
        )}
      </div>
      {failure && (
        <Notice tone="danger" title={failure.title}>
          {failure.text}
        </Notice>
      )}
    </div>
  );
}
