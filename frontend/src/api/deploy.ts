import { answer, client } from './client';
import type { DeployBody, Deployed, DeployPreview } from './types';

/** What it would become; nothing is executed. */
export const previewDeploy = async (id: string, body: DeployBody) =>
  (await answer(client.POST('/api/v1/workflows/{id}/deploy', { params: { path: { id } }, body }))) as DeployPreview;

/** Makes exactly what was shown: anything else is refused by its fingerprint. */
export const applyDeploy = (id: string, body: DeployBody, fingerprint: string): Promise<Deployed> =>
  answer(
    client.POST('/api/v1/workflows/{id}/deploy/apply', {
      params: { path: { id } },
      body: { ...body, confirmed: true, fingerprint },
    }),
  );
