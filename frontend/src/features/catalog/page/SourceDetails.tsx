import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error';
import { fetchSource, type SourceDetail, type SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { absoluteTime } from '../../format/moments';
import { bytesText, rowsText } from '../../format/numbers';
import { meQuery } from '../../session/me-query';
import { ColumnTable } from './ColumnTable';
import { policyText, tagText } from './governance-text';
import { KIND_NAMES } from './kind-names';
import { SourceLineage } from './SourceLineage';
import { SourcePreview } from './SourcePreview';
import { SourceUses } from './SourceUses';
import { useInWorkflow } from './use-in-workflow';
import '../../../components/Tabs.css';

/** One table or view: what it is, its columns, its first rows, and the workflows that use it. */
export function SourceDetails({ source }: { source: SourceRef }) {
  const navigate = useNavigate();
  const { database, schema, name } = source;
  const { data: me } = useQuery(meQuery);
  const use = useInWorkflow((id) => void navigate(`/workflows/${id}`));
  const detail = useQuery({
    queryKey: ['catalog', 'source', database, schema, name],
    queryFn: ({ signal }) => fetchSource(database, schema, name, signal),
    retry: false,
  });
  const failure = detail.error ?? use.error;
  return (
    <section className="catalog-detail" aria-label={name}>
      <header>
        <div>
          <p className="mono">{`${database}.${schema}`}</p>
          <h2>{name}</h2>
        </div>
        {detail.data && <Badges detail={detail.data} />}
        <Button look="primary" onClick={() => use.mutate(source)} aria-busy={use.isPending}>
          Use in a workflow
        </Button>
      </header>
      {failure && (
        <Notice tone="danger" title={detail.error ? 'It could not be read.' : 'The workflow was not created.'}>
          {messageOf(failure)}
        </Notice>
      )}
      {detail.data && (
        <Tabs.Root defaultValue="overview">
          <Tabs.List className="tabs" aria-label="Object">
            <Tabs.Trigger value="overview">Overview</Tabs.Trigger>
            <Tabs.Trigger value="lineage">Lineage</Tabs.Trigger>
            <Tabs.Trigger value="uses">Used by</Tabs.Trigger>
          </Tabs.List>
          <Tabs.Content value="overview" tabIndex={-1} className="catalog-overview">
            {detail.data.comment && <p>{detail.data.comment}</p>}
            <section className="catalog-card" aria-label="Columns">
              <h2>{`Columns ${detail.data.columns.length}`}</h2>
              <div className="catalog-columns-frame" role="region" aria-label="All columns" tabIndex={0}>
                <ColumnTable source={source} detail={detail.data} />
              </div>
            </section>
            <SourcePreview source={source} warehouse={me?.warehouse ?? null} />
          </Tabs.Content>
          <Tabs.Content value="lineage" tabIndex={-1} className="catalog-overview">
            <SourceLineage source={source} columns={detail.data.columns} />
          </Tabs.Content>
          <Tabs.Content value="uses" tabIndex={-1} className="catalog-overview">
            <SourceUses source={source} />
          </Tabs.Content>
        </Tabs.Root>
      )}
    </section>
  );
}

const ofSource = <One extends { column: string | null }>(all: readonly One[]) =>
  all.filter(({ column }) => column === null);

function Badges({ detail }: { detail: SourceDetail }) {
  const { kind, secure, rowCount, bytes, owner, createdAt, lastAlteredAt, tags, policies } = detail;
  const badges = [
    `${secure ? 'Secure ' : ''}${KIND_NAMES[kind].one}`,
    rowCount === null ? undefined : rowsText(rowCount),
    bytes === null ? undefined : bytesText(bytes),
    owner === null ? undefined : `Owner ${owner}`,
    createdAt === null ? undefined : `Created ${absoluteTime(createdAt)}`,
    lastAlteredAt === null ? undefined : `Altered ${absoluteTime(lastAlteredAt)}`,
    ...(policies === 'unknown' ? ['Policies not known'] : ofSource(policies).map(policyText)),
    ...(tags === 'unknown' ? ['Tags not known'] : ofSource(tags).map(tagText)),
  ].filter((badge) => badge !== undefined);
  return (
    <ul className="catalog-badges" aria-label="About it">
      {badges.map((badge) => (
        <li key={badge}>{badge}</li>
      ))}
    </ul>
  );
}
