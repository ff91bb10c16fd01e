import { useState } from 'react';
import type { OauthClient, OauthProvider } from '../../../api/tenant';
import { Button } from '../../../components/Button';
import { absoluteTime, timeAgo } from '../../format/moments';
import { ConfirmDialog } from '../ConfirmDialog';
import { METHOD_NAMES } from '../names';
import { RecordRow, type Fact } from '../RecordRow';
import { StateMark } from '../StateMark';
import { ClientDialog } from './ClientDialog';
import { TestClientDialog } from './TestClientDialog';
import { useRemoveOauthClient } from './use-settings';

const PROVIDERS = [
  { provider: 'snowflake', method: 'oauth' },
  { provider: 'external', method: 'external-oauth' },
] as const;

interface OauthClientsProps {
  clients: readonly OauthClient[];
  /** The ways to sign in that are allowed. */
  methods: readonly string[];
}

/** The clients by which members sign in through Snowflake or the company. */
export function OauthClients({ clients, methods }: OauthClientsProps) {
  const [editing, setEditing] = useState<OauthProvider>();
  const [testing, setTesting] = useState<OauthProvider>();
  const [removing, setRemoving] = useState<OauthProvider>();
  const remove = useRemoveOauthClient();
  const clientOf = (provider: OauthProvider | undefined) => clients.find((each) => each.provider === provider);
  const close = () => {
    remove.reset();
    setRemoving(undefined);
  };
  return (
    <>
      <ul className="record-list">
        {PROVIDERS.map(({ provider, method }) => {
          const client = clientOf(provider);
          const name = METHOD_NAMES[method];
          return (
            <RecordRow
              key={provider}
              level={3}
              title={name}
              marks={client ? <ClientMark client={client} /> : <StateMark tone="cancelled" text="Not set up" />}
              facts={client ? factsOf(client) : []}
              actions={
                <>
                  {client && (
                    <Button
                      size="sm"
                      aria-label={`Test sign-in by ${name}`}
                      unavailable={
                        methods.includes(method) ? undefined : `Allow ${name} among the ways to sign in first`
                      }
                      onClick={() => setTesting(provider)}
                    >
                      Test sign-in
                    </Button>
                  )}
                  <Button
                    size="sm"
                    aria-label={client ? `Change client of ${name}` : `Set up client of ${name}`}
                    onClick={() => setEditing(provider)}
                  >
                    {client ? 'Change client' : 'Set up client'}
                  </Button>
                  {client && (
                    <Button size="sm" aria-label={`Remove client of ${name}`} onClick={() => setRemoving(provider)}>
                      Remove client
                    </Button>
                  )}
                </>
              }
            />
          );
        })}
      </ul>
      {editing && <ClientDialog provider={editing} client={clientOf(editing)} onClose={() => setEditing(undefined)} />}
      {testing && <TestClientDialog provider={testing} onClose={() => setTesting(undefined)} />}
      <ConfirmDialog
        open={removing !== undefined}
        title={`Remove the client ${clientOf(removing)?.clientId ?? ''}?`}
        description="Its secret is destroyed. Nobody can sign in through it any more, until you set up a client again."
        keep="Keep client"
        confirm="Remove client"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}

function ClientMark({ client: { provenAt } }: { client: OauthClient }) {
  return provenAt ? <StateMark tone="done" text="Works" /> : <StateMark tone="waiting" text="Not tested" />;
}

function factsOf({ clientId, issuer, hasSecret, provenAt }: OauthClient): Fact[] {
  return [
    { label: 'Client id', value: <span className="mono">{clientId}</span> },
    ...(issuer ? [{ label: 'Issuer', value: <span className="mono">{issuer}</span> }] : []),
    { label: 'Secret', value: hasSecret ? 'stored' : 'none' },
    ...(provenAt ? [{ label: 'Last sign-in', value: timeAgo(provenAt), title: absoluteTime(provenAt) }] : []),
  ];
}
