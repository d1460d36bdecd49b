import { z } from 'zod';
import { database } from './environment.js';

/** What bootstrap alone may know: the administrator's connection and the first account. */
export const bootstrapSchema = z.object({
  DATABASE_URL: database.describe('Administrator of a PostgreSQL 15 or newer, naming the database'),
  APP_DATABASE_URL: database.optional().describe('As the API gets it; else derived'),
  WORKER_DATABASE_URL: database.optional().describe('As the worker gets it; else derived'),
  PUBLIC_DATABASE_URL: database.optional().describe('As the API gets it; else derived'),
  COMITY_ADMIN_EMAIL: z.email().optional().describe('The first administrator of the platform'),
  COMITY_ADMIN_PASSWORD: z.string().min(12).optional().describe('And the password'),
  COMITY_FILES: z
    .string()
    .default('.data/files')
    .describe('Folder of the uploaded files, and of the ledger of withdrawals that is applied'),
  COMITY_KEYS: z.string().default('.data/keys.json').describe('File of the keys that seal'),
  COMITY_SIGNING_KEYS: z
    .string()
    .default('.data/signing-keys.json')
    .describe('File of the keys that sign receipts'),
  COMITY_MECHANISMS: z.string().default('mechanisms').describe('Folder of the definitions'),
});

/** Empty values count as absent. */
export function loadBootstrap(source: NodeJS.ProcessEnv = process.env) {
  return bootstrapSchema.parse(
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')),
  );
}
