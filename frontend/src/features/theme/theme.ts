export type Theme = 'light' | 'dark' | 'system';
const KEY = 'snowflow:theme';
const darkScheme = () => window.matchMedia('(prefers-color-scheme: dark)');

/** What the person chose; `system` follows the operating system. */
export function storedTheme(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Shows a theme without remembering it. */
export function showTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && darkScheme().matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function applyStoredTheme(): void {
  showTheme(storedTheme());
  darkScheme().addEventListener('change', () => showTheme(storedTheme()));
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  showTheme(theme);
}
