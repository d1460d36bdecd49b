import { z } from 'zod';
import { StartRefused } from './start-refused.js';
import { inProject } from './project-root.js';

const port = z.coerce.number().int().min(0).max(65_535);
const database = z.url({ protocol: /^postgres(ql)?$/ });
const onOff = z.enum(['on', 'off']);

/** Every setting that the processes read. Names are the environment's own. */
export const environmentSchema = z.object({
  PORT: port.default(3000).describe('TCP port of the API'),
  HOST: z.string().default('127.0.0.1').describe('Address that the API listens on'),
  APP_DATABASE_URL: database.optional().describe('PostgreSQL as comity_app (API)'),
  WORKER_DATABASE_URL: database.optional().describe('PostgreSQL as comity_worker (worker)'),
  PUBLIC_DATABASE_URL: database.optional().describe('PostgreSQL as comity_public (the record)'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Queue on Redis; else PostgreSQL'),
  COMITY_FILES: z.string().default('.data/files').describe('Folder of the uploaded files'),
  COMITY_MECHANISMS: z.string().default('mechanisms').describe('Folder of the definitions'),
  COMITY_TEST_MODE: onOff.default('off').describe('Test-only routes (the clock) are registered'),
  COMITY_CLOCK_START: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('First instant of the procedures’ clock; test mode, before the first proceeding'),
  COMITY_MAX_UPLOAD: z.coerce
    .number()
    .int()
    .min(1024)
    .default(5_000_000)
    .describe('Bytes of a file'),
  COMITY_MAX_BODY: z.coerce
    .number()
    .int()
    .min(1024)
    .default(262_144)
    .describe('Bytes of a JSON body'),
  COMITY_CLAMAV: z
    .string()
    .regex(/^(unix:\/.+|tcp:\/\/[^/]+:\d{1,5})$/)
    .optional()
    .describe('ClamAV’s daemon, which looks at uploads: unix:/path or tcp://host:port'),
  COMITY_TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-fA-F.:/, ]*$/)
    .optional()
    .describe('Addresses of proxies whose X-Forwarded-For is believed, separated by commas'),
  COMITY_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Connections a process'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
});

type Settings = z.infer<typeof environmentSchema>;

/** The settings of this process, validated once and frozen; injected by its class. */
export class Environment {
  readonly port: number;
  readonly host: string;
  readonly appDatabaseUrl: string | undefined;
  readonly workerDatabaseUrl: string | undefined;
  readonly publicDatabaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly filesDir: string;
  readonly mechanismsDir: string;
  readonly testMode: boolean;
  readonly clockStart: string | undefined;
  readonly maxUpload: number;
  readonly maxBody: number;
  readonly clamav: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly pool: number;
  readonly logLevel: Settings['LOG_LEVEL'];

  constructor(settings: Settings) {
    this.port = settings.PORT;
    this.host = settings.HOST;
    this.appDatabaseUrl = settings.APP_DATABASE_URL;
    this.workerDatabaseUrl = settings.WORKER_DATABASE_URL;
    this.publicDatabaseUrl = settings.PUBLIC_DATABASE_URL;
    this.redisUrl = settings.REDIS_URL;
    this.filesDir = inProject(settings.COMITY_FILES);
    this.mechanismsDir = inProject(settings.COMITY_MECHANISMS);
    this.testMode = settings.COMITY_TEST_MODE === 'on';
    this.clockStart = settings.COMITY_CLOCK_START;
    this.maxUpload = settings.COMITY_MAX_UPLOAD;
    this.maxBody = settings.COMITY_MAX_BODY;
    this.clamav = settings.COMITY_CLAMAV;
    this.trustedProxies = settings.COMITY_TRUSTED_PROXIES?.split(/[ ,]+/).filter(Boolean) ?? [];
    this.pool = settings.COMITY_POOL;
    this.logLevel = settings.LOG_LEVEL;
    Object.freeze(this);
  }
}

/**
 * Reads and validates the environment. Empty values count as absent.
 *
 * @throws StartRefused that lists every fault, one a line
 */
export function loadEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return new Environment(parsed.data);
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartRefused(`The environment is not valid:\n${faults.join('\n')}`);
}

/** What bootstrap alone may know: the administrator's connection and the first account. */
export const bootstrapSchema = z.object({
  DATABASE_URL: database,
  APP_DATABASE_URL: database.optional(),
  WORKER_DATABASE_URL: database.optional(),
  PUBLIC_DATABASE_URL: database.optional(),
  COMITY_ADMIN_EMAIL: z.email().optional(),
  COMITY_ADMIN_PASSWORD: z.string().min(12).optional(),
  COMITY_MECHANISMS: z.string().default('mechanisms'),
});

export function loadBootstrap(source: NodeJS.ProcessEnv = process.env) {
  return bootstrapSchema.parse(
    Object.fromEntries(Object.entries(source).filter(([, value]) => value !== '')),
  );
}
