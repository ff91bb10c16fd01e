import { useQuery } from '@tanstack/react-query';
import { Copy, ExternalLink } from 'lucide-react';
import { Button } from '../../../components/Button';
import { showToast } from '../../../components/toast-store';
import { meQuery } from '../../session/me-query';
import { snowsightQueryUrl } from './snowsight';
import './QueryId.css';

/** A query by Snowflake's own id: to copy, and where the account has Snowsight, to open there. */
export function QueryId({ id }: { id: string }) {
  const { data: me } = useQuery(meQuery);
  const url = me && snowsightQueryUrl(me.account, id);
  const copy = () =>
    void navigator.clipboard.writeText(id).then(
      () => showToast('Query ID copied'),
      () => showToast('The browser did not allow copying'),
    );
  return (
    <span className="query-id">
      {url ? (
        <a className="mono" href={url} target="_blank" rel="noreferrer" title="Open in Snowsight">
          {id}
          <ExternalLink size={12} aria-hidden />
          <span className="visually-hidden">, opens in Snowsight</span>
        </a>
      ) : (
        <span className="mono">{id}</span>
      )}
      <Button look="ghost" size="xs" iconOnly={`Copy query ID ${id}`} onClick={copy}>
        <Copy size={13} aria-hidden />
      </Button>
    </span>
  );
}
