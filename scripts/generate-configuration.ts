import { writeFileSync } from 'node:fs';
import { configurationPage, PROGRAMS } from './configuration-page';

writeFileSync('docs/CONFIGURATION.md', configurationPage(PROGRAMS));
