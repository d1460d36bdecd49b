import { z } from 'zod';
import { StartRefused } from './start-refused.js';
import { inProject } from './project-root.js';
import { rateLimits, type RateLimits } from './rate-limits.js';

const port = z.coerce.number().int().min(0).max(65_535);
/** The address of a PostgreSQL. */
export const database = z.url({ protocol: /^postgres(ql)?$/ });
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
  COMITY_KEYS: z.string().default('.data/keys.json').describe('File of the keys that seal'),
  COMITY_SIGNING_KEYS: z
    .string()
    .default('.data/signing-keys.json')
    .describe('File of the keys that sign receipts'),
  COMITY_MECHANISMS: z.string().default('mechanisms').describe('Folder of the definitions'),
  COMITY_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Server that mail goes through; else it lands in COMITY_MAIL_DIR'),
  COMITY_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+$/)
    .optional()
    .describe('Sender of mail; needed with COMITY_SMTP_URL'),
  COMITY_MAIL_DIR: z.string().default('.data/mail').describe('Folder of mail, without a server'),
  COMITY_BOUNCES: z
    .string()
    .optional()
    .describe('Folder (Maildir) into which the mail server puts what comes back'),
  COMITY_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people reach the API; stands in mail and calendars'),
  COMITY_TEST_MODE: onOff.default('off').describe('Test-only routes (the clock) are registered'),
  COMITY_CLOCK_START: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('First instant of the procedures’ clock; test mode, before the first proceeding'),
  COMITY_MAX_UPLOAD: z.coerce
    .number()
    .int()
    .min(1024)
    .max(100_000_000)
    .default(20_000_000)
    .describe('Bytes of a file; of plain text never more than 5 MB'),
  COMITY_MAX_BODY: z.coerce
    .number()
    .int()
    .min(1024)
    .default(262_144)
    .describe('Bytes of a JSON body'),
  COMITY_WEBHOOK_TARGETS: z
    .enum(['public', 'any'])
    .default('public')
    .describe('Where webhooks may lead: `any` takes http and inward addresses, to try them out'),
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
  COMITY_LETTERS_AT_ONCE: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe(
      'Letters that a worker hands to one host at a time; more is faster, and more may come twice when it is killed',
    ),
  COMITY_STREAMS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .describe('Streams of notices that a process of the API serves at once'),
  COMITY_RATE_LIMITS: rateLimits
    .optional()
    .describe('on, off, or quotas that differ: public=300/60,write=60/60; off in test mode'),
  COMITY_METRICS_PORT: port.optional().describe('Port of metrics and health, off when unset'),
  COMITY_METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address of metrics and health; none that strangers reach'),
  COMITY_DRAIN: z.coerce
    .number()
    .int()
    .min(0)
    .max(120)
    .default(0)
    .describe('Seconds between saying not ready and closing, when the API is stopped'),
  COMITY_HEADERS_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .max(120)
    .default(15)
    .describe('Seconds for the head of a request'),
  COMITY_BODY_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(300)
    .describe('Seconds for a whole request, an upload too'),
  COMITY_STALL_TIMEOUT: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(20)
    .describe('Seconds in which some byte of a body must come'),
  LOG_LEVEL: z
    .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('Structured logs carry ids and codes, never content'),
});

/** Mail that a server takes needs a sender who can be answered. */
const settingsSchema = environmentSchema.refine(
  ({ COMITY_SMTP_URL: server, COMITY_MAIL_FROM: sender }) => !server || sender,
  { path: ['COMITY_MAIL_FROM'], message: 'is needed with COMITY_SMTP_URL' },
);

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
  readonly keysFile: string;
  readonly signingKeysFile: string;
  readonly mechanismsDir: string;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly mailDir: string;
  readonly bouncesDir: string | undefined;
  /** Without a slash at its end. */
  readonly url: string;
  readonly testMode: boolean;
  readonly clockStart: string | undefined;
  readonly maxUpload: number;
  readonly maxBody: number;
  readonly webhookTargets: Settings['COMITY_WEBHOOK_TARGETS'];
  readonly clamav: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly pool: number;
  readonly lettersAtOnce: number;
  readonly streams: number;
  readonly rateLimits: RateLimits | 'off';
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  /** Milliseconds, all four. */
  readonly drain: number;
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
  readonly stallTimeout: number;
  readonly logLevel: Settings['LOG_LEVEL'];

  constructor(settings: Settings) {
    this.port = settings.PORT;
    this.host = settings.HOST;
    this.appDatabaseUrl = settings.APP_DATABASE_URL;
    this.workerDatabaseUrl = settings.WORKER_DATABASE_URL;
    this.publicDatabaseUrl = settings.PUBLIC_DATABASE_URL;
    this.redisUrl = settings.REDIS_URL;
    this.filesDir = inProject(settings.COMITY_FILES);
    this.keysFile = inProject(settings.COMITY_KEYS);
    this.signingKeysFile = inProject(settings.COMITY_SIGNING_KEYS);
    this.mechanismsDir = inProject(settings.COMITY_MECHANISMS);
    this.smtpUrl = settings.COMITY_SMTP_URL;
    this.mailFrom = settings.COMITY_MAIL_FROM ?? 'Comity <comity@localhost>';
    this.mailDir = inProject(settings.COMITY_MAIL_DIR);
    const { COMITY_BOUNCES: bounces } = settings;
    this.bouncesDir = bounces === undefined ? undefined : inProject(bounces);
    const { PORT, HOST } = settings;
    this.url = (settings.COMITY_URL ?? `http://${HOST}:${PORT}`).replace(/\/+$/, '');
    this.testMode = settings.COMITY_TEST_MODE === 'on';
    this.clockStart = settings.COMITY_CLOCK_START;
    this.maxUpload = settings.COMITY_MAX_UPLOAD;
    this.maxBody = settings.COMITY_MAX_BODY;
    this.webhookTargets = settings.COMITY_WEBHOOK_TARGETS;
    this.clamav = settings.COMITY_CLAMAV;
    this.trustedProxies = settings.COMITY_TRUSTED_PROXIES?.split(/[ ,]+/).filter(Boolean) ?? [];
    this.pool = settings.COMITY_POOL;
    this.lettersAtOnce = settings.COMITY_LETTERS_AT_ONCE;
    this.streams = settings.COMITY_STREAMS;
    this.rateLimits =
      settings.COMITY_RATE_LIMITS ?? (this.testMode ? 'off' : rateLimits.parse('on'));
    this.metricsPort = settings.COMITY_METRICS_PORT;
    this.metricsHost = settings.COMITY_METRICS_HOST;
    this.drain = settings.COMITY_DRAIN * 1000;
    this.headersTimeout = settings.COMITY_HEADERS_TIMEOUT * 1000;
    this.bodyTimeout = settings.COMITY_BODY_TIMEOUT * 1000;
    this.stallTimeout = settings.COMITY_STALL_TIMEOUT * 1000;
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
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return new Environment(parsed.data);
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new StartRefused(`The environment is not valid:\n${faults.join('\n')}`);
}

/** The same, with the address of a role that was just derived. */
export const loadEnvironmentWith = (more: NodeJS.ProcessEnv): Environment =>
  loadEnvironment({ ...process.env, ...more });
