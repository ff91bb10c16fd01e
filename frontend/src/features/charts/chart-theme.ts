import type { Config } from 'vega-lite';

/** The colours and letters of the page's theme as a chart takes them. */
export function chartTheme(): Config {
  const tokens = getComputedStyle(document.documentElement);
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  const text = { labelColor: token('--text-2'), titleColor: token('--text-2'), labelFontSize: 11, titleFontSize: 12 };
  const letters = { labelFont: token('--font-sans'), titleFont: token('--font-sans'), titleFontWeight: 500 as const };
  const colors = [1, 2, 3, 4, 5, 6].map((place) => token(`--c-${place}`));
  return {
    background: 'transparent',
    // The frame says in words what is drawn; each mark of its own would be read out by the thousand.
    aria: false,
    font: token('--font-sans'),
    view: { stroke: 'transparent' },
    axis: {
      ...text,
      ...letters,
      domainColor: token('--line-strong'),
      gridColor: token('--line'),
      tickColor: token('--line-strong'),
      labelLimit: 140,
    },
    axisXDiscrete: { labelAngle: -30, labelLimit: 90 },
    legend: { ...text, ...letters, labelLimit: 140 },
    mark: { color: token('--c-1') },
    bar: { cornerRadiusEnd: 2 },
    range: {
      category: colors,
      ramp: [token('--surface-3'), token('--c-1')],
      heatmap: [token('--surface-3'), token('--c-1')],
    },
  };
}

/** Calls back whenever the page changes between light and dark. Answers how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => watcher.disconnect();
}
