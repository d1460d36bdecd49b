import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Operation } from '../../src/platform/http/operation.js';
import { whoMay } from '../factories/who-may.js';
import { World } from '../factories/world.js';
import { ALL, ask, askRaw, bodyOf, named, NOBODY } from './asking.js';
import { expectProblem, expectSame, Ledger } from './ledger.js';

const withJson = ALL.filter(({ body }) => body instanceof z.ZodType);
const lists = ALL.filter(({ query }) => query?.shape['limit']);

/** What every operation refuses alike, asked of every operation; nothing of it has an effect. */
describe('the manners of the API', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let session: string;
  let who: Awaited<ReturnType<typeof whoMay>>;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    who = await whoMay(world);
    session = (await ledger.row<{ id: string }>('SELECT id FROM reference.session')).id;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  let before: Record<string, string>;
  beforeEach(async () => {
    before = await ledger.dump();
  });
  afterEach(() => expectSame(ledger, before));

  /** As somebody who may, so that the input alone is wrong. */
  const somebody = ({ id }: Operation) => who[id] ?? world.secretariat;
  const idFor = ({ path }: Operation) => (path.includes('/sessions/') ? session : review);
  const raw = (operation: Operation, bytes: string | Buffer, type?: string) =>
    askRaw(somebody(operation), operation, { id: idFor(operation), bytes, ...(type && { type }) });
  const changed = (id: string, fields: object) =>
    raw(named(id), JSON.stringify({ ...bodyOf(named(id)), ...fields }));
  it('asks who is there before anything else', async () => {
    const closed = ALL.filter(({ open }) => !open);
    expect(closed.length).toBeGreaterThan(30);
    const tokens = [undefined, 'cs_nothing', world.secretariat.token!.slice(0, -1)];
    for (const [index, operation] of closed.entries()) {
      const call = ask(world.api.as(tokens[index % 3]), operation).query({ nonsense: 1 });
      const answer = await expectProblem(call, 401, 'unauthenticated');
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="comity"');
    }
    for (const operation of withJson.filter(({ open }) => !open)) {
      const call = askRaw(world.api.as(), operation, { bytes: '{"half":' });
      await expectProblem(call, 401, 'unauthenticated');
    }
  });

  it('refuses a parameter that it does not know, naming it', async () => {
    const parameters = ['nonsense', 'Limit', '__proto__', 'constructor'];
    for (const [index, operation] of ALL.entries()) {
      const parameter = parameters[index % 4]!;
      const errors = [{ parameter, detail: 'unknown' }];
      const call = ask(somebody(operation), operation).query(`${parameter}=1`);
      await expectProblem(call, 400, 'unknown-parameter', { errors });
    }
  });

  it('refuses a dry run where none is offered', async () => {
    for (const operation of ALL.filter(({ dryRun }) => !dryRun)) {
      const call = ask(somebody(operation), operation).query('dryRun=true');
      await expectProblem(call, 400, 'dry-run-not-offered');
    }
    const errors = [{ parameter: 'dryRun' }];
    const call = ask(world.secretariat, named('openReview')).query('dryRun=perhaps');
    await expectProblem(call, 400, 'invalid-parameter', { errors });
  });

  it('requires an Idempotency-Key where something is created or moved', async () => {
    const errors = [{ parameter: 'Idempotency-Key' }];
    const keys = ['short', 'with a space', 'x'.repeat(129)];
    for (const [index, operation] of ALL.filter(({ idempotent }) => idempotent).entries()) {
      const bare = ask(somebody(operation), operation).unset('idempotency-key');
      await expectProblem(bare, 400, 'idempotency-key-missing');
      const call = ask(somebody(operation), operation).set('idempotency-key', keys[index % 3]!);
      await expectProblem(call, 400, 'invalid-parameter', { errors });
    }
  });

  it('refuses a body that is not JSON in UTF-8, or would poison what reads it', async () => {
    const latin1 = Buffer.from('{"name":"caf\u00e9"}', 'latin1');
    const wrong = ['{"half":', "{'single': 1}", latin1, '{"__proto__":{"administrator":true}}'];
    const types = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'];
    const facts = { allowed: ['application/json'] };
    expect(withJson.length).toBeGreaterThan(15);
    for (const [index, operation] of withJson.entries()) {
      await expectProblem(raw(operation, wrong[index % 4]!), 400, 'malformed-json');
      const call = raw(operation, JSON.stringify(bodyOf(operation)), types[index % 3]);
      await expectProblem(call, 415, 'unsupported-media-type', { facts });
    }
  });

  it('refuses a body of the wrong shape, and a field that it does not know', async () => {
    const wrong = ['null', '[]', '"words"', '17'];
    for (const [index, operation] of withJson.entries()) {
      const call = raw(operation, wrong[index % 4]!);
      await expectProblem(call, 422, 'invalid-content', { errors: [{ pointer: '' }] });
      const more = raw(operation, JSON.stringify({ ...bodyOf(operation), 'a/b~c': 1 }));
      const errors = [{ pointer: '/a~1b~0c', detail: 'unknown' }];
      await expectProblem(more, 400, 'unknown-field', { errors });
    }
    const seats = [{ state: 'SVN', from: '2027-01-01', colour: 'red' }];
    const errors = [{ pointer: '/seats/0/colour', detail: 'unknown' }];
    await expectProblem(changed('addSeats', { seats }), 400, 'unknown-field', { errors });
  });

  it('takes no body where the operation has none', async () => {
    const bare = ALL.filter(
      ({ body, method }) => body === undefined && !['GET', 'HEAD'].includes(method),
    );
    expect(bare.length).toBeGreaterThan(3);
    for (const operation of bare) {
      await expectProblem(raw(operation, '{}'), 400, 'unexpected-body');
      await expectProblem(raw(operation, '{"half":'), 400, 'unexpected-body');
    }
  });

  it('refuses a body that is too large, or too deep', async () => {
    const long = changed('createSession', { title: 'x'.repeat(262_144) });
    await expectProblem(long, 413, 'body-too-large');
    const depth = 60_000;
    for (const deep of [
      `{"title":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `{"hours":{"xy":${'{"xy":'.repeat(depth / 2)}1${'}'.repeat(depth / 2)}}}`,
    ]) {
      const facts = { most: 32 };
      await expectProblem(raw(named('createSession'), deep), 400, 'json-too-deep', { facts });
    }
    const allowed = `{"title":${'['.repeat(31)}"[[{{\\"["${']'.repeat(31)}}`;
    await expectProblem(raw(named('createSession'), allowed), 422, 'invalid-content');
  });

  it('refuses texts that cannot be kept', async () => {
    const wrong: [string, object, string][] = [
      ['createDocument', { title: 'a\u0000b' }, '/title'],
      ['createRecommendation', { text: 'half a pair \ud800' }, '/text'],
      ['recordTroika', { witnesses: ['A', 'B\udc00'] }, '/witnesses/1'],
      ['moveReview', { reason: 'x\u0000' }, '/reason'],
      ['moveReview', { reason: 'x\u0007' }, '/reason'],
      ['createDocument', { title: 'One line\nand another' }, '/title'],
      ['createOrganization', { name: 'Watch\u001b[2J' }, '/name'],
    ];
    for (const [id, fields, pointer] of wrong) {
      await expectProblem(changed(id, fields), 422, 'invalid-content', { errors: [{ pointer }] });
    }
  });

  it('refuses days that there are not, and years that not all can write', async () => {
    const wrong: [string, object, string][] = [
      ['createCycle', { starts: '0000-12-31' }, '/starts'],
      ['addSlot', { ends: '9999-12-31T23:59:59-01:00' }, '/ends'],
      ['addSlot', { starts: '2027-02-30T00:00:00Z' }, '/starts'],
      ['addSlot', { starts: '2027-05-03T09:00:00' }, '/starts'],
      ['recordTroika', { drawnOn: '2027-13-01' }, '/drawnOn'],
    ];
    for (const [id, fields, pointer] of wrong) {
      await expectProblem(changed(id, fields), 422, 'invalid-content', { errors: [{ pointer }] });
    }
  });

  it('bounds every list, and takes back only the cursors that it gave out', async () => {
    expect(lists.length).toBeGreaterThan(10);
    const made = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
    const limits = ['0', '201', '-1', '1.5', 'abc', ''];
    for (const [index, operation] of lists.entries()) {
      const asked = (query: Record<string, string>) =>
        ask(somebody(operation), operation, idFor(operation)).query(query);
      for (const limit of [limits[index % 6]!, limits[(index + 1) % 6]!]) {
        const errors = [{ parameter: 'limit' }];
        await expectProblem(asked({ limit }), 400, 'invalid-parameter', { errors });
      }
      // This house has a review and a session, and nothing of its own under other ids.
      if (/^\/v1\/(?!reviews|sessions)[a-z/]+\/\{id\}\//.test(operation.path)) continue;
      await asked({ limit: '200' }).expect(200);
      if (!operation.query!.shape['cursor']) continue;
      // Another list's, of the shape that most of them have.
      const foreign = made(['listElsewhere', '2027-01-01T00:00:00.000Z', NOBODY]);
      const hostile = made([operation.id, '\u0000', 2 ** 40, NOBODY]);
      for (const cursor of ['', 'bnVsbA', foreign, made([operation.id]), hostile]) {
        await expectProblem(asked({ cursor }), 400, 'malformed-cursor');
      }
    }
  });

  it('refuses filters by what does not exist, instead of finding nothing', async () => {
    const unknown: [string, string, string][] = [
      ['listReviews', 'state', 'ZZZ'],
      ['listReviews', 'session', NOBODY],
      ['listReviews', 'status', 'nowhere'],
      ['listRecordDocuments', 'symbol', 'A/NO/1'],
      ['listMemberships', 'side', 'state:ZZZ'],
      ['listDocuments', 'kind', 'novel'],
      ['listRecommendations', 'recommendingState', 'ZZZ'],
      ['listRecommendations', 'status', 'lost'],
      ['listStates', 'kind', 'planet'],
      ['listStates', 'group', 'northern'],
      ...['listSeats', 'listParties'].map((id): [string, string, string] => [id, 'state', 'ZZZ']),
      ['listCycles', 'mechanism', 'nothing'],
      ['listSessions', 'mechanism', 'nothing'],
      ['listSessions', 'cycle', NOBODY],
      ['listOrganizations', 'kind', 'club'],
      ['listRecordProceedings', 'mechanism', 'nothing'],
      ['listRecordProceedings', 'state', 'ZZZ'],
      ['listRecordDocuments', 'kind', 'novel'],
      ['listRecordDocuments', 'session', '99999'],
      ['listRecordDocuments', 'proceeding', NOBODY],
      ['listRecordDocuments', 'symbol', '\u0000'],
      ['listRecordRecommendations', 'position', 'rejected'],
      ['listRecordRecommendations', 'recommendingState', 'ZZZ'],
      ['listRecordChanges', 'after', '-1'],
    ];
    for (const [id, parameter, value] of unknown) {
      const call = ask(world.secretariat, named(id), review).query({ [parameter]: value });
      await expectProblem(call, 400, 'invalid-parameter', { errors: [{ parameter }] });
    }
  });

  it('answers for an address that cannot be read as for one that names nothing', async () => {
    const missing = await world.secretariat.get(`/v1/reviews/${NOBODY}`).expect(404);
    for (const part of ['17', '%E0%A4%A', 'x'.repeat(400)]) {
      const call = world.secretariat.get(`/v1/reviews/${part}`);
      const answer = await expectProblem(call, 404, 'not-found');
      expect(answer.text).toBe(missing.text);
    }
  });

  it('wants If-Match quoted, and forgives a weak mark', async () => {
    const { version } = (await world.secretariat.get(`/v1/reviews/${review}`).expect(200)).body;
    const call = (tag: string) =>
      ask(world.secretariat, named('moveReview'), review).set('if-match', tag);
    for (const tag of ['1', '*', '""', '"one"', '"1", "2"', '"-1"', 'w/"1"', '"9999999999"']) {
      const facts = { given: tag };
      await expectProblem(call(tag), 400, 'malformed-if-match', { facts });
    }
    await expectProblem(call(`W/"${version + 1}"`), 412, 'stale');
    await expectProblem(call(`W/"${version}"`), 409, 'wrong-stage');
  });
});
