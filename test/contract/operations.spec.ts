import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { controllers, operations } from '../../src/contract.js';
import { OPERATION, type Operation } from '../../src/platform/http/operation.js';
import { sources } from '../architecture/sources.js';

/** Creates no proceeding and moves none, or must not be remembered: no key, no stored answer. */
const WITHOUT_KEY = [
  'login',
  'logout',
  'advanceClock',
  'createKey',
  'makeCaseKey',
  'renewCaseKey',
  'createCalendarFeed',
  'createWebhook',
  'rotateWebhookSecret',
  'unsubscribe',
  'askPasswordReset',
  'redeemPasswordReset',
  'acceptInvitation',
  'askRecovery',
  'redeemRecovery',
  'approveRecovery',
  'refuseRecovery',
];
/** Lists that the procedure itself bounds, and the feed, whose pages follow a sequence. */
const WITHOUT_CURSOR = [
  'listMoves',
  'listDeadlines',
  'listParticipants',
  'listCommunicationMoves',
  'listCommunicationDeadlines',
  'listCommunicationParticipants',
  'listRecordChanges',
].concat(['listAmendments', 'listCirculations', 'listParts', 'listReservations', 'listSignOffs']);

const all = operations();
const idsOf = (some: readonly Operation[]): string[] => some.map(({ id }) => id).toSorted();

/** Everything that these files of src export. */
async function exportsOf(file: RegExp): Promise<unknown[]> {
  const files = sources('src').filter(({ path }) => file.test(path));
  const modules = await Promise.all(
    files.map(({ path }) => import(`../../${path}`) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module));
}

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
const returned = ({ returns }: Operation): z.ZodRawShape =>
  returns instanceof z.ZodObject ? returns.shape : {};

describe('the operations', () => {
  it('are the only routes', async () => {
    const known = new Set<unknown>(controllers());
    const classes = (await exportsOf(/\.controller\.ts$/)).filter(
      (value): value is { name: string; prototype: object } => typeof value === 'function',
    );
    expect(classes.filter((each) => !known.has(each))).toEqual([]);
    const methods = classes.flatMap(({ name, prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([method, { value }]) => ({
        at: `${name}.${method}`,
        routed: Reflect.hasMetadata(METHOD_METADATA, value as object),
        operation: Reflect.getMetadata(OPERATION, value as object) as Operation | undefined,
      })),
    );
    expect(methods.filter(({ operation }) => operation)).toHaveLength(all.length);
    // Public reads are routed by the public lane, and by nothing else.
    const otherwise = methods.filter(
      ({ routed, operation }) => routed !== (operation !== undefined && !operation.cached),
    );
    expect(otherwise.map(({ at }) => at)).toEqual([]);
  });

  it('are all routed, once', async () => {
    const defined = (await exportsOf(/\.(schemas|controller)\.ts$/)).filter(isOperation);
    expect(idsOf(all)).toEqual(idsOf(defined));
    expect(new Set(idsOf(all)).size).toBe(all.length);
    const addresses = all.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '*')}`,
    );
    expect(new Set(addresses).size).toBe(all.length);
  });

  it('have lowerCamelCase ids, and stand under /v1 unless they serve the service itself', () => {
    expect(all.filter(({ id }) => !/^[a-z][a-zA-Z]+$/.test(id))).toEqual([]);
    const elsewhere = all.filter(({ path }) => !path.startsWith('/v1/'));
    expect(idsOf(elsewhere)).toEqual(['healthLive', 'healthReady', 'readContract']);
  });

  it('name in their path what they parse', () => {
    for (const { id, path, params } of all) {
      const holes = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([id, ...holes]).toEqual([id, ...Object.keys(params?.shape ?? {})]);
    }
  });

  it('take an Idempotency-Key when they create or move', () => {
    const posts = all.filter(({ method }) => method === 'POST');
    expect(idsOf(posts.filter(({ idempotent }) => !idempotent))).toEqual(WITHOUT_KEY.toSorted());
    expect(idsOf(all.filter((each) => each.idempotent && each.method !== 'POST'))).toEqual([]);
  });

  it('answer the version that the next If-Match needs', () => {
    const changing = all.filter(({ ifMatch }) => ifMatch);
    expect(changing.length).toBeGreaterThan(5);
    // A protocol has its own way of telling how far one has come.
    const staying = changing.filter(({ method, tus }) => method !== 'DELETE' && !tus);
    expect(idsOf(staying.filter((each) => !('version' in returned(each))))).toEqual([]);
  });

  it('page every list that nothing else bounds', () => {
    const lists = all.filter((each) => 'items' in returned(each));
    const unpaged = lists.filter(({ query }) => !query?.shape['limit'] || !query.shape['cursor']);
    expect(idsOf(unpaged)).toEqual(WITHOUT_CURSOR.toSorted());
  });

  it('count every list where asked, but the feed, which is followed', () => {
    const lists = all.filter((each) => 'items' in returned(each));
    const uncounted = lists.filter(
      (each) => !each.query?.shape['count'] || !('count' in returned(each)),
    );
    expect(idsOf(uncounted)).toEqual(['listRecordChanges']);
  });

  it('speak the reader’s language in what is public and cached, in files, and to whom it is told', () => {
    const spoken = all.filter(({ localized }) => localized);
    expect(spoken.length).toBeGreaterThan(3);
    const apart = spoken.filter((each) => !each.cached && each.returns !== 'file');
    expect(idsOf(apart)).toEqual(['getNotice', 'listNotices', 'putNotice', 'streamNotices']);
    expect(idsOf(spoken.filter((each) => !each.query?.shape['language']))).toEqual([]);
  });

  it('rehearse nothing that chance, a vote or a release decides', () => {
    const irrevocable = /\/(lots|draws|votes|releases|api-keys)\b/;
    const rehearsed = all.filter(({ dryRun }) => dryRun);
    expect(rehearsed.length).toBeGreaterThan(3);
    expect(idsOf(rehearsed.filter(({ path }) => irrevocable.test(path)))).toEqual([]);
  });

  it('are open to everybody only to sign in, read what is public, bear a secret address, or serve', () => {
    const open = all.filter(({ open: free, cached }) => free && !cached);
    const signingIn = [
      'acceptInvitation',
      'askPasswordReset',
      'askRecovery',
      'login',
      'makeCaseKey',
      'redeemPasswordReset',
      'redeemRecovery',
    ];
    const addressed = ['getUnsubscription', 'readCalendarFeed', 'unsubscribe'];
    const serving = ['describeUploads', 'healthLive', 'healthReady'];
    expect(idsOf(open)).toEqual([...signingIn, ...addressed, ...serving].toSorted());
    expect(
      idsOf(all.filter(({ cached, open: free, method }) => cached && (!free || method !== 'GET'))),
    ).toEqual([]);
  });

  it('say where they put what they create, when it has an address', () => {
    const created = all.filter(({ location }) => location);
    expect(created.filter(({ status }) => status !== 201)).toEqual([]);
    const read = all.filter(({ method }) => method === 'GET' || method === 'HEAD');
    const addresses = new Set(read.map(({ path }) => path));
    expect(created.filter(({ location }) => !addresses.has(location!))).toEqual([]);
  });
});
