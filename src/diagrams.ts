import { mkdir, writeFile } from 'node:fs/promises';
import { inProject } from './config/project-root.js';
import { procedurePages } from './procedure-pages.js';

/** Writes the page of each procedure: `npm run diagrams`. */
await mkdir(inProject('docs/procedures'), { recursive: true });
for (const [file, text] of procedurePages()) await writeFile(inProject(file), text);
