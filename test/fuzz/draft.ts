import { randomUUID } from 'node:crypto';
import type { Described } from './schema.js';

/** Stand in a header for what is known only when the request goes out. */
export const CURRENT_VERSION = '{version}';
export const FRESH_KEY = '{key}';

/** How the bytes themselves break the rules of HTTP. */
interface Framing {
  /** Stands in place of the first line. */
  readonly line?: string;
  /** Added to the Content-Length that the body has. */
  readonly longer?: number;
  /** How many bytes of the body are sent before the line goes dead. */
  readonly cut?: number;
}

/** A request in the making: mutations change it, then it is written down. */
export interface Draft {
  readonly operation: Described;
  readonly viewer: string;
  method: string;
  /** What stands in the holes of the path, percent-encoded or broken. */
  holes: Record<string, string>;
  /** After the path. */
  tail: string;
  query: [string, string][];
  headers: [string, string][];
  body: unknown;
  /** Bytes in place of the body. */
  raw: Buffer | undefined;
  framing: Framing | undefined;
}

/** A request as it goes out. */
export interface Attempt {
  readonly operation: string;
  readonly viewer: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | undefined;
  readonly framing: Framing | undefined;
}

const HALF_PAIR = /(\p{Surrogate})/u;

/** Percent-encoded; half a surrogate pair as a careless program would write it. */
export const encode = (text: string): string =>
  text
    .split(HALF_PAIR)
    .map((part) => (HALF_PAIR.test(part) ? '%ED%A0%80' : encodeURIComponent(part)))
    .join('');

export function writeDown(draft: Draft): Attempt {
  const { operation, viewer, method, headers, framing } = draft;
  const path = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => draft.holes[name] ?? '',
  );
  const query = draft.query.map(([name, value]) => `${name}=${value}`).join('&');
  const target = `${path}${draft.tail}${query && `?${query}`}`;
  const body = draft.raw ?? (draft.body === undefined ? undefined : json(draft.body));
  return { operation: operation.id, viewer, method, target, headers, body, framing };
}

/** JSON keeps half a surrogate pair by escaping it: it is sent in both ways. */
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? '');

/** The bytes of a request; `length` of the body as told, unless the headers tell it. */
export function bytesOf(attempt: Attempt, more: readonly (readonly [string, string])[]): Buffer {
  const { method, target, body, framing } = attempt;
  const headers = [...more, ...attempt.headers];
  const told = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const length = (body?.length ?? 0) + (framing?.longer ?? 0);
  if (!told && (body || framing?.longer)) headers.push(['content-length', String(length)]);
  const lines = [
    framing?.line ?? `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value.replace(FRESH_KEY, randomUUID())}`),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  const sent = body?.subarray(0, framing?.cut ?? body.length);
  return sent ? Buffer.concat([head, sent]) : head;
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const LONG = 2_000;

/** The request as a command line, near enough to try it by hand. */
export function curl(attempt: Attempt, url: string): string {
  const { method, target, headers, body, framing, viewer } = attempt;
  const shown =
    body && (body.length > LONG ? `${body.subarray(0, LONG).toString()}…` : body.toString());
  const parts = [
    `curl -i -X ${method} --path-as-is ${quoted(`${url}${target}`.slice(0, LONG))}`,
    viewer === 'nobody' ? '' : `-H "authorization: Bearer $${viewer.toUpperCase()}"`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`.slice(0, LONG))}`),
    shown === undefined ? '' : `--data-binary ${quoted(shown)}`,
    framing ? `# ${JSON.stringify(framing)}` : '',
  ];
  return parts.filter(Boolean).join(' ');
}
