import { useState } from 'react';
import type { Revision } from '../../api/revisions';
import { Button } from '../../components/Button';
import { absoluteTime, timeAgo } from '../format/moments';

interface VersionRowProps {
  revision: Revision;
  isLatest: boolean;
  onName: (name: string | null) => void;
  onCompare: () => void;
  onPublish: () => void;
  onGoBack: () => void;
}

/** One revision, with what can be done with it. */
export function VersionRow({ revision, isLatest, onName, onCompare, onPublish, onGoBack }: VersionRowProps) {
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
      <input
        className="control"
        aria-label={`Name of v${number}`}
        placeholder="Name this version"
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => typed.trim() !== (name ?? '') && onName(typed.trim() || null)}
      />
      <div className="version-actions">
        {!isLatest && (
          <Button size="xs" onClick={onCompare} aria-label={`Compare v${number} with the draft`}>
            Compare
          </Button>
        )}
        {!published && (
          <Button size="xs" onClick={onPublish} aria-label={`Publish v${number}`}>
            Publish
          </Button>
        )}
        {!isLatest && (
          <Button size="xs" onClick={onGoBack} aria-label={`Go back to v${number}`}>
            Go back
          </Button>
        )}
      </div>
    </li>
  );
}
