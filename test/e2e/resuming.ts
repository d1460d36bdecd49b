import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Upload, type UploadOptions } from 'tus-js-client';
import type { Client, TestApi } from '../setup/api.js';

export interface Versioned {
  readonly id: string;
  readonly version: number;
}
type Headers = Record<string, string>;

export const CHUNK = 'application/offset+octet-stream';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const fileType = (type: string): Headers => ({
  'upload-metadata': `filename ${base64('report.txt')},filetype ${base64(type)}`,
});

/** Announces a file of a document, in plain text unless the headers say otherwise. */
export function begin(who: Client, { id, version }: Versioned, length: number, headers = {}) {
  const announced = { 'upload-length': String(length), ...fileType('text/plain'), ...headers };
  return who
    .send('post', `/v1/documents/${id}/uploads`)
    .set({ 'tus-resumable': '1.0.0', 'if-match': `"${version}"`, 'idempotency-key': randomUUID() })
    .set(announced);
}

/** Begins an upload and answers its address. */
export const begun = async (
  who: Client,
  document: Versioned,
  length: number,
  headers: Headers = {},
): Promise<string> =>
  (await begin(who, document, length, headers).expect(201)).headers['location'] as string;

export const head = (who: Client, url: string) =>
  who.send('head', url).set('tus-resumable', '1.0.0');

export const send = (
  who: Client,
  url: string,
  [offset, bytes]: readonly [number, string | Buffer],
  headers: Headers = {},
) =>
  who
    .send('patch', url)
    .set({ 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': CHUNK })
    .set(headers)
    .send(bytes as string);

export const end = (who: Client, url: string) =>
  who.send('delete', url).set('tus-resumable', '1.0.0');

/** How much the house says has come. */
export const offsetOf = async (who: Client, url: string): Promise<number> =>
  Number((await head(who, url).expect(204)).headers['upload-offset']);

/** Has a process listen, and answers where. */
export async function listen({ app }: TestApi): Promise<string> {
  const server = app.getHttpServer() as { address(): AddressInfo | null };
  if (!server.address()) await app.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${server.address()!.port}`;
}

/** Runs the public client of the protocol over a file; tells its address. @throws what it fails with */
export function upload(
  file: Buffer,
  { token }: Client,
  { id, version }: Versioned,
  base: string,
  { begun: tell, ...options }: Partial<UploadOptions> & { begun?: (url: string) => void } = {},
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const sending = new Upload(file, {
      endpoint: `${base}/v1/documents/${id}/uploads`,
      retryDelays: null,
      metadata: { filename: 'report.txt', filetype: 'text/plain' },
      headers: {
        authorization: `Bearer ${token}`,
        'if-match': `"${version}"`,
        'idempotency-key': randomUUID(),
      },
      onError: reject,
      onUploadUrlAvailable: () => tell?.(sending.url!),
      onSuccess: () => resolve(sending),
      ...options,
    });
    sending.start();
  });
}
