import { writeFile } from 'node:fs/promises';
import { contractText } from './contract.js';

/** Writes the contract: `npm run openapi`. */
await writeFile('openapi.yaml', contractText());
