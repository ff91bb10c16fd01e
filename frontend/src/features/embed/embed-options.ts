import { showTheme, type Theme } from '../theme/theme';

const ACCENT = /^#[0-9a-f]{6}$/i;

/** What the host picks in the frame's address. `readOnly` leaves the form of a run out; the canvas never is anything else. */
export interface EmbedOptions {
  theme: Theme;
  accent: string | undefined;
  readOnly: boolean;
}

export function embedOptions(search: string): EmbedOptions {
  const query = new URLSearchParams(search);
  const theme = query.get('theme');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    accent: accentOf(query.get('accent') ?? undefined),
    readOnly: query.get('readOnly') === 'true',
  };
}

/** Takes on the host's look. */
export function wear({ theme, accent }: { theme?: Theme | undefined; accent?: string | undefined }): void {
  if (theme) showTheme(theme);
  const colour = accentOf(accent);
  if (colour !== undefined) document.documentElement.style.setProperty('--accent', colour);
}

/** A colour as #rrggbb, and nothing else that a style could mean. */
const accentOf = (text: string | undefined) => (text !== undefined && ACCENT.test(text) ? text : undefined);

/** The token that the host put into the fragment, which no server sees; it is taken out of the address at once. */
export function takeFragmentToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
  if (token !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
