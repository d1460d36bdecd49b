import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request, { type Response } from 'supertest';
import { World } from '../factories/world.js';
import { ALL, ask } from '../e2e/asking.js';
import { SECURITY_HEADERS } from '../../src/platform/http/security-headers.js';

const OPEN = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };

/** What browsers are told, on whatever is answered. */
describe('security headers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.build();
  });
  afterAll(() => world.stop());

  const expectHeaders = ({ headers }: Response, open: boolean): void => {
    expect(headers).toMatchObject(open ? { ...SECURITY_HEADERS, ...OPEN } : SECURITY_HEADERS);
    const names = Object.keys(headers).filter((name) => name.startsWith('access-control'));
    const opening = ['access-control-allow-origin', 'access-control-expose-headers'];
    expect(names).toEqual(open ? opening : []);
  };

  it('are on every answer of every operation; only what is public is open to other origins', async () => {
    for (const operation of ALL) {
      const call = ask(world.api.as(), operation).set('origin', 'https://elsewhere.example');
      const answer = await call;
      expectHeaders(answer, operation.cached === true);
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
      expect(answer.headers['x-powered-by']).toBeUndefined();
      expect(answer.headers['server']).toBeUndefined();
    }
  });

  it('are on what is no operation, and on addresses that cannot be read', async () => {
    for (const url of [
      '/',
      '/nowhere',
      '/%',
      '/v1/reviews/%E0%A4%A',
      `/v1/states/${'x'.repeat(300)}`,
    ]) {
      const answer = await world.api.as().get(url).expect(404);
      expect(answer.headers).toMatchObject({
        'content-security-policy': SECURITY_HEADERS['content-security-policy'],
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it('answer no preflight: nothing that needs one is for other origins', async () => {
    for (const url of ['/v1/reviews', '/v1/states', '/v1/auth/login']) {
      const answer = await request(world.api.app.getHttpServer())
        .options(url)
        .set({
          origin: 'https://elsewhere.example',
          'access-control-request-method': 'POST',
        })
        .expect(404);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('are on files, which nobody opens in place', async () => {
    const review = await world.review('SVN');
    const slovenia = await world.delegation('SVN');
    const id = await world.file(slovenia, review, { kind: 'national-report' });
    const answer = await slovenia.get(`/v1/documents/${id}/content`).expect(200);
    expectHeaders(answer, false);
    expect(answer.headers['content-disposition']).toMatch(/^attachment;/);
    const contract = await world.api.as().get('/openapi.yaml').expect(200);
    expect(contract.headers).toMatchObject({ ...SECURITY_HEADERS, ...OPEN });
  });
});
