import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { startApi, type TestApi } from '../setup/api.js';
import { holdAgainstContract } from '../setup/contract.js';

/** That what holds answers against the contract would notice: the other tests lean on it. */
describe('an answer against the contract', () => {
  const fixed = { 'x-correlation-id': '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' };
  const json = { ...fixed, 'cache-control': 'no-store', 'content-type': 'application/json' };
  const html = { ...json, 'content-type': 'text/html' };
  const bare = { ...json, 'x-correlation-id': undefined };
  const tagged = { ...json, etag: '"7"' };
  const problem = {
    ...json,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'en',
  };
  const refusal = (code: string, status: number) => ({
    type: `urn:comity:problem:${code}`,
    title: 'It will not do',
    status,
    code,
  });
  const hold = (method: string, url: string, status: number, headers: object, body?: unknown) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    holdAgainstContract(method, url, { status, headers, body, text } as unknown as Response);
  };

  it('passes when it is as documented', () => {
    const refused = refusal('dry-run-not-offered', 400);
    expect(() => {
      hold('get', '/health/live', 200, json, { status: 'ok' });
      hold('get', '/v1/reviews/x?dryRun=true', 400, problem, refused);
      hold('post', '/v1/auth/logout', 204, { ...fixed, 'cache-control': 'no-store' });
    }).not.toThrow();
  });

  it.each([
    { what: 'the body', status: 200, headers: json, body: { status: 'fine' }, says: /constant/ },
    { what: 'a field', status: 200, headers: json, body: { host: 'me' }, says: /additional/ },
    { what: 'the status', status: 201, headers: json, body: {}, says: /status that is not doc/ },
    { what: 'the type', status: 200, headers: html, body: {}, says: /text\/html is not doc/ },
    {
      what: 'the lack of a header',
      status: 200,
      headers: bare,
      body: {},
      says: /no X-Correlation-Id/,
    },
    { what: 'a header', status: 200, headers: tagged, body: {}, says: /ETag is not documented/ },
    { what: 'the code', status: 400, headers: problem, body: refusal('stale', 400), says: /stale/ },
  ])('fails for $what that is not documented', ({ status, headers, body, says }) => {
    expect(() => hold('get', '/health/live', status, headers, body)).toThrow(says);
  });

  it('fails for a route that the contract lacks, unless it answers 404', () => {
    expect(() => hold('get', '/v1/secrets', 200, json, {})).toThrow(/not in the contract/);
    expect(() => hold('delete', '/v1/reviews/x', 204, json)).toThrow(/not in the contract/);
    hold('get', '/v1/secrets', 404, problem, refusal('not-found', 404));
  });
});

describe('the service itself', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  it('says that it lives and is ready', async () => {
    await api.as().get('/health/live').expect(200, { status: 'ok' });
    await api.as().get('/health/ready').expect(200, { status: 'ok' });
  });

  it('hands out its contract, and does not repeat it to who has it', async () => {
    const { headers, text } = await api.as().get('/openapi.yaml').expect(200);
    expect(headers['content-type']).toBe('application/yaml');
    expect(text).toMatch(/^openapi: 3\.1\.0\n/);
    await api
      .as()
      .get('/openapi.yaml')
      .set('if-none-match', headers['etag'] as string)
      .expect(304);
  });

  it('knows no other route, and tells it as a problem', async () => {
    for (const url of ['/', '/v1', '/v1/secrets', '/v1/reviews/', '/openapi.json', '/v1/%zz']) {
      const { body, headers } = await api.as().get(url).expect(404);
      expect([url, body.code]).toEqual([url, 'not-found']);
      expect(headers['x-correlation-id']).toBeDefined();
    }
    await api.as().send('delete', '/v1/states/SVN').expect(404);
  });

  it('answers HEAD where it answers GET, without a body', async () => {
    const { headers, text } = await request(api.app.getHttpServer()).head('/v1/states').expect(200);
    expect([headers['etag'], text]).toEqual([expect.any(String), undefined]);
  });
});
