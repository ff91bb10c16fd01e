// The end-to-end tests start what is in dist/; jest calls this once before them.
import { build } from './build.mjs';

export default () => build();
