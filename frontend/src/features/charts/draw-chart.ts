import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type ChartRow } from './chart-rows';
import { ROWS } from './chart-spec';
import { chartTheme } from './chart-theme';

const refuse = () => Promise.reject(new Error('A chart loads nothing.'));
/** Stands where Vega would fetch data, pictures and links. */
const noLoader = { options: {}, load: refuse, sanitize: refuse, http: refuse, file: refuse };

export interface DrawnChart {
  resize(width: number, height: number): void;
  remove(): void;
}

/** Draws a chart into an element. Formulas are interpreted, since the page's policy allows none to be made into code. */
export function drawChart(container: HTMLElement, spec: TopLevelSpec, rows: ChartRow[]): DrawnChart {
  const compiled = compile(spec, { config: chartTheme() }).spec;
  const view = new View(parse(compiled, undefined, { ast: true }), {
    expr: expressionInterpreter,
    loader: noLoader,
    renderer: 'svg',
    container,
    hover: true,
  });
  view.data(ROWS, rows);
  const run = () => void view.runAsync().catch(() => undefined);
  run();
  return {
    resize: (width, height) => {
      view.width(width).height(height);
      run();
    },
    remove: () => {
      view.finalize();
      container.replaceChildren();
    },
  };
}
