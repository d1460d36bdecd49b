import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queried } from '../database/direct.js';
import { startApi, type TestApi } from '../setup/api.js';
import type { Attempt } from './draft.js';
import { faultsOf } from './judge.js';
import type { Outcome } from './line.js';
import { Watch } from './watch.js';

/** That the fuzzer would notice: its silence is believed. */
describe('the judge of bad requests', () => {
  const attempt: Attempt = {
    operation: 'logout',
    viewer: 'nobody',
    method: 'POST',
    target: '/v1/auth/logout',
    headers: [],
    body: undefined,
    framing: undefined,
  };
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-correlation-id': '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10',
    'content-language': 'en',
    'www-authenticate': 'Bearer realm="comity"',
  };
  const body = {
    type: 'urn:comity:problem:unauthenticated',
    title: 'Sign in',
    status: 401,
    code: 'unauthenticated',
  };
  const answer = (given: object = {}, status = 401, more: object = {}): Outcome => ({
    status,
    headers: { ...headers, ...more },
    text: JSON.stringify({ ...body, ...given }),
  });
  const judged = (outcome: Outcome, changes: string[] = [], on: object = {}): string =>
    faultsOf({ attempt: { ...attempt, ...on }, outcome, changes, canaries: ['secret'] }).join();

  it('has nothing against a refusal by the contract', () => {
    expect(judged(answer())).toBe('');
  });

  it.each([
    { what: 'silence', outcome: 'silent' as const, says: /no answer in time/ },
    { what: 'a dead line', outcome: 'closed' as const, says: /no answer/ },
    { what: 'a failure', outcome: answer({ status: 500, code: 'internal' }, 500), says: /500/ },
    { what: 'another type', outcome: answer({}, 401, { 'content-type': 'text/html' }), says: /as/ },
    { what: 'an unknown code', outcome: answer({ code: 'oops' }), says: /not of the catalogue/ },
    { what: 'a wrong status', outcome: answer({ code: 'stale' }), says: /status of its code/ },
    { what: 'a stack', outcome: answer({ stack: 'at' }), says: /more than a problem/ },
    { what: 'a secret', outcome: answer({ detail: 'the secret' }), says: /tells secret/ },
    {
      what: 'a code of others',
      outcome: answer({ code: 'wrong-credentials' }),
      says: /documented/,
    },
  ])('notices $what', ({ outcome, says }) => {
    expect(judged(outcome)).toMatch(says);
  });

  it('notices what a refusal, a read or a dry run has changed', () => {
    const changes = ['insert casework.document'];
    const done: Outcome = { status: 204, headers: { ...headers }, text: '' };
    expect(judged(answer(), changes)).toMatch(/refused, and yet: insert casework.document/);
    expect(judged('closed', changes, { framing: {} })).toMatch(/refused, and yet/);
    expect(judged(done, changes, { method: 'GET' })).toMatch(/a read, and yet/);
    expect(judged(done, changes, { target: '/v1/x?dryRun=true' })).toMatch(/a dry run, and yet/);
    expect(judged(done, changes)).not.toMatch(/and yet/);
  });
});

describe('the watch over every table', () => {
  let api: TestApi;
  let watch: Watch;
  beforeAll(async () => {
    api = await startApi();
    watch = await Watch.open(api.database.adminUrl);
  });
  afterAll(async () => {
    await watch?.close();
    await api?.stop();
  });
  const run = (sql: string) => queried(api.database.adminUrl, sql);

  it('sees a row that was changed, once, and not one that came to nothing', async () => {
    expect(await watch.changes()).toEqual([]);
    await run("UPDATE identity.account SET name = 'Somebody else'");
    expect(await watch.changes()).toEqual(['update identity.account']);
    await run('UPDATE identity.account SET name = name WHERE false');
    await run("BEGIN; UPDATE identity.account SET name = 'x'; ROLLBACK");
    expect(await watch.changes()).toEqual([]);
  });

  it('leaves out what no refusal can help: that somebody guessed', async () => {
    await run("INSERT INTO identity.attempt VALUES ('x', 1, now())");
    expect(await watch.changes()).toEqual([]);
  });
});
