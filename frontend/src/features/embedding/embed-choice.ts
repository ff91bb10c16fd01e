import type { Publication } from '../../api/publications';

/** What a frame shows: the draft's drawing as it was saved last, or what is published, as a drawing or as a form. */
export type EmbedChoice = 'latest' | 'published' | 'run';

interface Choice {
  choice: EmbedChoice;
  words: string;
  hint: string;
  /** Whether it is there only once the workflow is published. */
  needsPublication: boolean;
}

export const EMBED_CHOICES: readonly Choice[] = [
  {
    choice: 'latest',
    words: 'Canvas of the latest revision',
    hint: 'The drawing, read-only, as it was saved last when the token was made. Tokens are made by who is signed in.',
    needsPublication: false,
  },
  {
    choice: 'published',
    words: 'Canvas of the published revision',
    hint: 'The drawing, read-only. Tokens are made with an API key.',
    needsPublication: true,
  },
  {
    choice: 'run',
    words: 'Run form of the publication',
    hint: 'The parameters as a form, and the answer; not the drawing. Tokens are made with an API key.',
    needsPublication: true,
  },
];

/** Why what is published can't be embedded; undefined where it can. */
export function whyNotPublished(publication: Publication | null): string | undefined {
  if (!publication) return 'Nothing is published yet. Publish the workflow as API first.';
  return publication.enabled
    ? undefined
    : 'Its publication takes no calls. Let it take calls in “Publish as API” first.';
}
