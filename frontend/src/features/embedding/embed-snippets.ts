import type { EmbedChoice } from './embed-choice';

export interface Embedded {
  /** SnowFlow's own address. */
  origin: string;
  choice: EmbedChoice;
  workflowId: string;
  name: string;
  /** Of the publication, where there is one. */
  slug: string | undefined;
}

/** What the host's server asks for a token; the key or session is the reader's to fill in. */
export function tokenCallOf({ origin, choice, workflowId, slug }: Embedded): string {
  const view = choice === 'run' ? 'run' : 'canvas';
  const ofDraft = choice === 'latest' || slug === undefined;
  const path = ofDraft ? 'embed/tokens' : `published/${slug}/embed-tokens`;
  const proof = ofDraft ? 'Authorization: Bearer $SNOWFLOW_TOKEN' : 'X-API-Key: $SNOWFLOW_API_KEY';
  return [
    `curl ${origin}/api/v1/${path} \\`,
    `  -H "${proof}" -H "content-type: application/json" \\`,
    `  -d '${JSON.stringify(ofDraft ? { workflowId, view } : { view })}'`,
  ].join('\n');
}

/** The part of the host's page: the frame, and how it is given its tokens. */
export function frameOf({ origin, choice, name }: Embedded): string {
  return [
    `<iframe id="snowflow" title="${inAttribute(name)}" style="width: 100%; height: 600px; border: 0"></iframe>`,
    '<script type="module">',
    `  const SNOWFLOW = '${origin}';`,
    `  const frame = document.getElementById('snowflow');`,
    '  // Your own server makes the call above and answers what it got.',
    `  const newToken = async () => (await fetch('/my/embed-token', { method: 'POST' })).json();`,
    '',
    '  const first = await newToken();',
    '  frame.src = `${SNOWFLOW}${first.path}`;',
    '',
    `  addEventListener('message', async ({ source, origin, data }) => {`,
    '    if (source !== frame.contentWindow || origin !== SNOWFLOW) return;',
    '    const send = (message) => frame.contentWindow.postMessage(message, SNOWFLOW);',
    `    if (data.type === 'snowflow:ready') send({ type: 'snowflow:token', token: first.token });`,
    `    if (data.type === 'snowflow:state' && data.state === 'expired') {`,
    `      send({ type: 'snowflow:token', token: (await newToken()).token });`,
    '    }',
    ...(choice === 'run' ? [`    if (data.type === 'snowflow:result') console.log(data.value);`] : []),
    '  });',
    '</script>',
  ].join('\n');
}

const inAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
