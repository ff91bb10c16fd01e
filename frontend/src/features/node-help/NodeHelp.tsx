import type { NodeDefinition, Port } from '@snowflow/nodes/kit/node-definition';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { portsOf } from '@snowflow/nodes/kit/node-ports';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { helpBlocks } from './help-blocks';
import './NodeHelp.css';

const KINDS = { relation: 'rows', value: 'a value', either: 'rows or a value' } as const;

interface NodeHelpProps {
  definition: NodeDefinition;
  /** Takes over the settings of an example; absent where there is no node to take them. */
  onUse?: ((config: Record<string, unknown>) => void) | undefined;
}

/** What a node type does, takes and gives, and how others set it. */
export function NodeHelp({ definition, onUse }: NodeHelpProps) {
  const { type, description, initialConfig, examples } = definition;
  const { inputs, outputs } = portsOf(definition, initialConfig);
  return (
    <div className="node-help">
      <p className="node-help-first">{description}</p>
      <HelpText type={type} />
      <dl>
        <dt>Takes</dt>
        <dd>{portsText(inputs)}</dd>
        <dt>Gives</dt>
        <dd>{portsText(outputs)}</dd>
      </dl>
      <h3>Examples</h3>
      <ul>
        {examples.map(({ title, config }) => (
          <li key={title}>
            <span>
              {title}
              <small>{definition.summary(asRecord(config))}</small>
            </span>
            {onUse && (
              <Button size="sm" onClick={() => onUse(asRecord(config))} aria-label={`Use settings: ${title}`}>
                Use settings
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function HelpText({ type }: { type: string }) {
  const { data, isError, refetch } = useQuery({
    queryKey: ['node-help', type],
    queryFn: async () => (await import('./help-texts')).helpTextOf(type),
    staleTime: Infinity,
  });
  if (isError) {
    return (
      <Notice
        title="The help could not be loaded."
        action={<Button onClick={() => void refetch()}>Try again</Button>}
      />
    );
  }
  return helpBlocks(data ?? '').map((spans, index) => (
    <p key={index}>
      {spans.map(({ text, look }, at) =>
        look === 'code' ? (
          <code key={at}>{text}</code>
        ) : look === 'strong' ? (
          <strong key={at}>{text}</strong>
        ) : (
          <Fragment key={at}>{text}</Fragment>
        ),
      )}
    </p>
  ));
}

function portsText(ports: readonly Port[]): string {
  if (ports.length === 0) return 'nothing';
  return ports
    .map(({ id, kind, label, many, optional }) => {
      const name = ports.length > 1 ? `${label ?? id}: ` : '';
      return `${name}${KINDS[kind]}${many ? ', from several nodes' : ''}${optional ? ', if any' : ''}`;
    })
    .join('; ');
}

const asRecord = (config: unknown): Record<string, unknown> => ({ ...Object(config) });
