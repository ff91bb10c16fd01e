import { useState } from 'react';
import type { PublishRequest, Revision } from '../../api/revisions';
import { Button } from '../../components/Button';
import { absoluteTime, timeAgo } from '../format/moments';
import { PublishState } from './PublishState';

export interface VersionRowProps {
  revision: Revision;
  isLatest: boolean;
  /** What the person may do with the workflow; what they may not is not offered. */
  mayEdit: boolean;
  mayPublish: boolean;
  /** The last time that somebody was asked to agree to publishing it. */
  request: PublishRequest | undefined;
  /** It was not published, because somebody has to agree first. */
  refused: boolean;
  onName: (name: string | null) => void;
  onCompare: () => void;
  onPublish: () => void;
  onAsk: () => void;
  onGoBack: () => void;
}

/** One revision, with what can be done with it. */
export function VersionRow({ revision, isLatest, mayEdit, mayPublish, request, refused, ...on }: VersionRowProps) {
  const { revision: number, name, author, savedAt, published, publishedAt, publishedBy } = revision;
  const [typed, setTyped] = useState(name ?? '');
  return (
    <li className="version-row">
      <div className="version-head">
        <strong>v{number}</strong>
        {isLatest && <span className="version-mark">Draft</span>}
        {published && (
          <span
            className="version-mark version-published"
            title={publishedAt ? `${publishedBy ?? ''} ${absoluteTime(publishedAt)}` : undefined}
          >
            Published
          </span>
        )}
        <span className="quiet" title={absoluteTime(savedAt)}>
          {author ?? 'Unknown'}, {timeAgo(savedAt)}
        </span>
      </div>
      {mayEdit ? (
        <input
          className="control"
          aria-label={`Name of v${number}`}
          placeholder="Name this version"
          maxLength={500}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          onBlur={() => typed.trim() !== (name ?? '') && on.onName(typed.trim() || null)}
        />
      ) : (
        name && <span>{name}</span>
      )}
      {mayPublish && !published && (
        <PublishState number={number} request={request} refused={refused} onAsk={on.onAsk} />
      )}
      <div className="version-actions">
        {!isLatest && (
          <Button size="xs" onClick={on.onCompare} aria-label={`Compare v${number} with the draft`}>
            Compare
          </Button>
        )}
        {mayPublish && !published && (
          <Button size="xs" onClick={on.onPublish} aria-label={`Publish v${number}`}>
            Publish
          </Button>
        )}
        {mayEdit && !isLatest && (
          <Button size="xs" onClick={on.onGoBack} aria-label={`Go back to v${number}`}>
            Go back
          </Button>
        )}
      </div>
    </li>
  );
}
