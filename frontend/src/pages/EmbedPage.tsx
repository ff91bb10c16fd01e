import { useEffect, useState } from 'react';
import { useLocation, useParams } from 'react-router';
import { FullPageMessage } from '../components/FullPageMessage';
import { EmbedCanvas } from '../features/embed/EmbedCanvas';
import { embedOptions, wear } from '../features/embed/embed-options';
import { EmbedRun } from '../features/embed/EmbedRun';
import { HostPage, servedParents, toldHostOrigin } from '../features/embed/host-page';
import { useEmbed, type EmbedState } from '../features/embed/use-embed';
import './EmbedPage.css';

const MESSAGES: Readonly<Record<Exclude<EmbedState['state'], 'shown' | 'failed'>, { title: string; text?: string }>> = {
  waiting: { title: 'Nothing is shown yet.', text: 'The page around this frame gives it a token.' },
  loading: { title: 'Opening the workflow.' },
  expired: { title: 'This view has expired.', text: 'Reload the page to see it again.' },
  refused: { title: 'This page may not show this workflow.', text: 'Its token was made for another page.' },
};

/** A workflow in a frame of another page: no session, no cookie, no way from here into the product. */
export function EmbedPage() {
  const { embedId = '' } = useParams();
  const { search } = useLocation();
  const [host] = useState(() => new HostPage(window, servedParents(), toldHostOrigin()));
  const options = embedOptions(search);
  const embed = useEmbed(host, embedId);
  const { state } = embed;
  const failure = embed.state === 'failed' ? embed.message : undefined;

  useEffect(() => wear(embedOptions(search)), [search]);
  useEffect(() => host.listen((message) => message.type === 'snowflow:theme' && wear(message)), [host]);
  useEffect(() => {
    if (failure === undefined && state !== 'failed') host.tell({ type: 'snowflow:state', state });
    else host.tell({ type: 'snowflow:error', code: 'EMBED_FAILED', message: failure ?? '' });
  }, [host, state, failure]);
  useEffect(() => {
    const measure = () => host.tell({ type: 'snowflow:resize', height: document.documentElement.scrollHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [host]);

  if (embed.state === 'failed') return <FullPageMessage title="The workflow can't be shown." text={embed.message} />;
  if (embed.state !== 'shown') return <FullPageMessage {...MESSAGES[embed.state]} />;
  const { embedded, api } = embed;
  if (embedded.view === 'canvas') return <EmbedCanvas embedded={embedded} />;
  return <EmbedRun embedded={embedded} api={api} host={host} readOnly={options.readOnly} />;
}
