import { z } from 'zod';

/** A credential of the tenant for hosts outside, by its id. */
export const credentialField = z
  .string()
  .regex(/^ocr_[0-9A-Za-z]{22}$/, 'Paste the id of one of the tenant’s outside credentials, which begins with ocr_')
  .optional()
  .meta({
    ui: {
      label: 'Credential',
      hint: 'Its id, from Settings, Outside credentials; it is sent only to its own hosts',
      placeholder: 'ocr_…',
    },
  });

/** How long an answer is waited for where the node has no time limit of its own. */
export const ANSWER_WITHIN_MS = 30_000;
