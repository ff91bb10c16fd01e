// A few specs start a neighbouring service from dist/; jest calls this once before them.
import { build } from './build.mjs';

export default () => build({ only: ['services'] });
