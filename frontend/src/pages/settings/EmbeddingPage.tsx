import { EmbedParents } from '../../features/settings/embedding/EmbedParents';
import { useEmbedSettings } from '../../features/settings/embedding/use-embed-settings';
import { Loaded } from '../../features/settings/Loaded';
import { AdminOnly } from './AdminOnly';
import { SettingsHeader } from './SettingsHeader';

const TITLE = 'Embedding';

export function EmbeddingPage() {
  return (
    <AdminOnly title={TITLE}>
      <Kept />
    </AdminOnly>
  );
}

/** Which other pages may show workflows of the tenant. */
function Kept() {
  const settings = useEmbedSettings();
  return (
    <>
      <SettingsHeader title={TITLE} />
      <p className="settings-text">
        Pages of these origins may show a workflow in a frame, with a token that a builder or an API key asks for. The
        browser refuses all others.
      </p>
      <Loaded query={settings} what="The pages that may embed">
        {(kept) => <EmbedParents settings={kept} />}
      </Loaded>
    </>
  );
}
