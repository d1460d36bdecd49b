import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { growTree, rootOf } from '../../src/platform/journal/daily-root.js';
import { linkHash, type Link } from '../../src/platform/journal/journal.js';
import { expectProblem } from '../e2e/ledger.js';
import { sealRoots } from '../factories/seal-roots.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { connected, DENIED, queried, refusal, rehearsed } from './direct.js';

const command = fileURLToPath(new URL('../../dist/src/verify-chain.js', import.meta.url));
const DESK = 'desk:state:FRA';

interface Root {
  readonly day: string;
  readonly root: string;
  readonly previous: string;
}

/** The journal's chains under the roots that are published day by day; checked offline. */
describe('the daily root over the journal', () => {
  let world: World;
  let review: string;
  let france: Client;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-roots-'));
    world = await World.build();
    review = await world.review('SVN');
    await world.reach(review, 'SVN', 'ready');
    france = await world.delegation('FRA');
    await draft('One');
    await draft('Two');
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const draft = (text: string) =>
    france.post(`/v1/reviews/${review}/recommendations`, { text }).expect(201);
  const seal = (now: string) => sealRoots(world.api.database, new Date(now));
  const roots = async (): Promise<Root[]> => {
    const { body } = await world.api.as().get('/v1/record/roots').expect(200);
    return (body as { items: Root[] }).items;
  };
  const proofUrl = () => `/v1/reviews/${review}/journal/proof`;
  const proof = async (who: Client, query: { compartment: string; day?: string }) =>
    (await who.get(proofUrl(), query).expect(200)).body as {
      head: { n: number };
      links: object[];
      root: string;
    };

  /** Exit code and what is said, of a file made of what somebody can download. */
  async function verified(compartment: string, kept: Root | undefined, day?: string) {
    const { body } = await france
      .get(`/v1/reviews/${review}/journal`, { compartment, limit: 200 })
      .expect(200);
    const { items: entries } = body as { items: Link[] };
    const root = kept && { day: kept.day, root: kept.root };
    const query = { compartment, ...(day && { day }) };
    const file = path.join(folder, 'chain.json');
    const held = { entries, proof: await proof(france, query), ...(root && { root }) };
    await writeFile(file, JSON.stringify(held));
    return commanded([file]);
  }
  const commanded = (args: string[]): Promise<{ code: unknown; out: string; error: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [command, ...args], (failed, out, error) =>
        resolve({ code: failed?.code ?? 0, out, error }),
      );
    });

  it('is made once a day, when it is over, and makes up for days that were missed', async () => {
    expect(await roots()).toEqual([]);
    await expectProblem(france.get(proofUrl(), { compartment: 'case' }), 404, 'not-found');
    expect(await seal('2026-11-02T00:00:00Z')).toEqual(['2026-11-01']);
    expect(await seal('2026-11-02T23:59:59Z')).toEqual([]);
    await draft('Three');
    expect(await seal('2026-11-05T08:00:00Z')).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
    const all = await roots();
    expect(all.map(({ day }) => day)).toEqual([
      '2026-11-04',
      '2026-11-03',
      '2026-11-02',
      '2026-11-01',
    ]);
    expect(all.map(({ root }) => root).slice(1)).toEqual(
      all.map((each) => each.previous).slice(0, 3),
    );
    const anyone = world.api.as();
    const { body } = await anyone.get('/v1/record/roots/2026-11-03').expect(200);
    expect(body).toEqual(all[1]);
    await expectProblem(anyone.get('/v1/record/roots/2026-11-05'), 404, 'not-found');
    const { body: first } = await anyone.get('/v1/record/roots', { limit: 3 }).expect(200);
    const { next } = first as { next: string };
    const { body: rest } = await anyone.get('/v1/record/roots', { cursor: next }).expect(200);
    expect(rest).toEqual({ items: [all[3]], next: null });
  });

  it('is proved to whoever reads the chain, and to nobody else', async () => {
    const before = await proof(france, { compartment: DESK, day: '2026-11-01' });
    const after = await proof(france, { compartment: DESK });
    expect(after.head.n).toBe(before.head.n + 1);
    expect([before.links.length, after.links.length]).toEqual([1, 3]);
    expect(after.root).toBe((await roots())[0]!.root);
    // A chain that has not grown since stands under the roots that came later too.
    expect((await proof(france, { compartment: 'case' })).links).toHaveLength(4);
    for (const who of [world.secretariat, await world.delegation('KEN'), await world.president()]) {
      await expectProblem(who.get(proofUrl(), { compartment: DESK }), 404, 'not-found');
    }
    await expectProblem(
      (await world.stranger()).get(proofUrl(), { compartment: 'case' }),
      404,
      'not-found',
    );
    const later = { compartment: DESK, day: '2026-11-09' };
    await expectProblem(france.get(proofUrl(), later), 404, 'not-found');
    await draft('Four');
  });

  it('bears out a chain, offline, under the root in the file or one that was kept', async () => {
    const [last, , , first] = (await roots()) as [Root, Root, Root, Root];
    const whole = await verified(DESK, last);
    expect(whole.out).toMatch(/^The chain "desk:state:FRA" holds: 4 entries/);
    expect(whole.out).toMatch(/The last 1 came later/);
    expect(whole.code).toBe(0);
    expect(await verified('case', first, '2026-11-01')).toMatchObject({ code: 0 });
    const kept = path.join(folder, 'kept.json');
    await writeFile(kept, JSON.stringify({ items: await roots() }));
    const args = [path.join(folder, 'chain.json'), '--root', kept];
    expect(await commanded(args)).toMatchObject({ code: 0 });
    expect(await commanded([...args, '--day', '2026-11-04'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('proof is for 2026-11-01'),
    });
    expect(await commanded([...args, '--day', '2020-01-01'])).toMatchObject({ code: 2 });
    expect(await commanded([kept])).toMatchObject({
      code: 2,
      error: expect.stringContaining('entries'),
    });
    expect(await commanded([])).toMatchObject({ code: 2 });
    const wrong = await verified(DESK, { ...last, root: first.root });
    expect(wrong).toMatchObject({ code: 1, out: expect.stringContaining('does not lead') });
  });

  it('shows a chain that the owner of its tables wrote anew', async () => {
    const [last] = (await roots()) as [Root];
    await rewritten(async () => {
      // Its own check finds nothing: every link was made again, and the head.
      const { body } = await france.get(`/v1/reviews/${review}/journal/verification`).expect(200);
      expect(body).toMatchObject({ intact: true });
      const found = await verified(DESK, last);
      expect(found.code).toBe(1);
      expect(found.out).toMatch(/Entry 3 is not the one .*\n.*entries 1 to 3 was written anew/);
    });
    // Nor does it help to make the tree again: it leads to another root than the one that was kept.
    await rewritten(async (head) => {
      const { tree, paths } = growTree([head]);
      const set = { day: '2026-11-02', tree, ...paths[0]! };
      await queried(
        world.api.database.adminUrl,
        `UPDATE journal.sealed_head SET hash = $1, salt = $2, position = $3, path = $4
         WHERE compartment = $5 AND day = $6`,
        [head.hash, set.salt, set.position, set.path, DESK, set.day],
      );
      await queried(
        world.api.database.adminUrl,
        'UPDATE record.root SET tree = $1, root = $2 WHERE day = $3',
        [tree, rootOf((await roots()).at(-1)!.root, set), set.day],
      );
      const found = await verified(DESK, last);
      expect(found).toMatchObject({ code: 1, out: expect.stringContaining('does not lead') });
    });
    const { items } = (await france.get(`/v1/reviews/${review}/journal`, { compartment: DESK }))
      .body as { items: Link[] };
    const held = { proof: await proof(france, { compartment: DESK }), root: last };
    const file = path.join(folder, 'chain.json');
    for (const [entries, said] of [
      [items.with(1, { ...items[1]!, body: '{}' }), 'Entry 2 was changed'],
      [items.toSpliced(1, 1), 'Entry 2 is missing'],
      [items.slice(0, 2), 'cut off'],
    ] as const) {
      await writeFile(file, JSON.stringify({ ...held, entries }));
      expect(await commanded([file])).toMatchObject({
        code: 1,
        out: expect.stringContaining(said),
      });
    }
  });

  /** Changes the second entry of the desk's chain as a superuser would, and everything after it. */
  async function rewritten(
    then: (head: { n: number; hash: string }) => Promise<void>,
  ): Promise<void> {
    await connected(world.api.database.adminUrl, async (client) => {
      const { rows } = await client.query<Link & { id: string }>(
        'SELECT id, n, body, previous, hash FROM journal.entry WHERE compartment = $1 ORDER BY n',
        [DESK],
      );
      let previous = rows[0]!.hash;
      let sealed = { n: 0, hash: '' };
      for (const { id, n, body } of rows.slice(1)) {
        const link = { n, body: n === 2 ? body.replace('"at":"2', '"at":"1') : body, previous };
        const hash = linkHash(link);
        await client.query(
          'UPDATE journal.entry SET body = $1, previous = $2, hash = $3 WHERE id = $4',
          [link.body, previous, hash, id],
        );
        await client.query('UPDATE journal.chain SET hash = $1 WHERE compartment = $2', [
          hash,
          DESK,
        ]);
        previous = hash;
        if (n === 3) sealed = { n, hash };
      }
      await then(sealed);
      for (const { id, body, previous: was, hash } of rows) {
        await client.query(
          'UPDATE journal.entry SET body = $1, previous = $2, hash = $3 WHERE id = $4',
          [body, was, hash, id],
        );
        await client.query('UPDATE journal.chain SET hash = $1 WHERE compartment = $2', [
          hash,
          DESK,
        ]);
      }
    });
  }

  it('is written by the worker alone, and changed by nobody', async () => {
    for (const url of [world.api.database.appUrl, world.api.database.workerUrl]) {
      await rehearsed(url, null, async (client) => {
        expect(await refusal(client, `UPDATE record.root SET root = ''`)).toBe(DENIED);
        expect(await refusal(client, 'DELETE FROM record.root')).toBe(DENIED);
      });
    }
    await rehearsed(world.api.database.appUrl, null, async (client) => {
      expect(await refusal(client, 'SELECT * FROM journal.heads_grown()')).toBe(DENIED);
      expect(await refusal(client, `SELECT journal.keep_heads('2026-11-01', '[]')`)).toBe(DENIED);
      const insert = `INSERT INTO record.root VALUES ('2026-12-01', '', '', '', now())`;
      expect(await refusal(client, insert)).toBe(DENIED);
    });
  });
});
