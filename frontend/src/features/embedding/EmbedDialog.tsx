import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Publication } from '../../api/publications';
import type { Me } from '../../api/types';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { useBuilder } from '../../store/builder-store';
import { usePublication } from '../publish/use-publication';
import { meQuery } from '../session/me-query';
import { CopyBlock } from '../settings/CopyBlock';
import { Loaded } from '../settings/Loaded';
import { whyNotPublished, type EmbedChoice } from './embed-choice';
import { frameOf, tokenCallOf } from './embed-snippets';
import { EmbedChoices } from './EmbedChoices';
import { EmbedPages } from './EmbedPages';
import './Embed.css';

interface EmbedDialogProps {
  workflowId: string;
  onClose: () => void;
}

/** How a page of one's own shows the workflow in a frame. Mounted while it is open. */
export function EmbedDialog({ workflowId, onClose }: EmbedDialogProps) {
  const { data: me } = useQuery(meQuery);
  const publication = usePublication(workflowId);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Embed"
      description="A page of yours shows the workflow in a frame. Nobody signs in there: your server asks for a token that lasts minutes."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <Loaded query={publication} what="What is published">
        {(known) => me && <Guide workflowId={workflowId} me={me} publication={known} />}
      </Loaded>
    </Dialog>
  );
}

interface GuideProps {
  workflowId: string;
  me: Me;
  publication: Publication | null;
}

function Guide({ workflowId, me, publication }: GuideProps) {
  const name = useBuilder((state) => state.name);
  const [choice, setChoice] = useState<EmbedChoice>('latest');
  const embedded = { origin: window.location.origin, choice, workflowId, name, slug: publication?.slug };
  return (
    <div className="embed-guide">
      <EmbedChoices chosen={choice} whyNotPublished={whyNotPublished(publication)} onChoose={setChoice} />
      {choice !== 'run' && (
        <p className="field-hint">
          The canvas shows the settings of its nodes, SQL among them: embed it only for people who may read that.
        </p>
      )}
      <EmbedPages me={me} />
      <section aria-labelledby="embed-token-title">
        <h3 id="embed-token-title">On your server: ask for a token</h3>
        <CopyBlock label="Call for a token" text={tokenCallOf(embedded)} />
        <p className="field-hint">
          {choice === 'latest' ? 'The session’s token' : 'The key'} stays on your server. The answer goes to your page:{' '}
          <code>token</code>, <code>expiresAt</code> and <code>path</code>.
        </p>
      </section>
      <section aria-labelledby="embed-frame-title">
        <h3 id="embed-frame-title">In your page: the frame</h3>
        <CopyBlock label="HTML of the frame" text={frameOf(embedded)} />
      </section>
    </div>
  );
}
