import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assemble, CAST, type Player, type Stage } from '../confidentiality/cast.js';
import { allIds, crawl, type Answers } from '../confidentiality/crawl.js';
import {
  answer,
  ask,
  draft,
  handIn,
  partnersFor,
  signatories,
  told,
  type Organization,
} from './joint.js';
import { expectProblem, Ledger } from './ledger.js';
import { rowsText } from './withdrawn.js';

const SEALED_NAME = 'Sealed House 7b1f40c2';

/** A partner at risk: it stands beside the lead, and nobody else learns that it is there. */
describe('a sealed partner', () => {
  let stage: Stage;
  let ledger: Ledger;
  let sealed: Organization;
  let open: Organization;
  let joint: string;
  /** Everybody but the lead and the partner itself. */
  const others = CAST.filter((player) => player !== 'ngo' && !player.endsWith('drafter'));
  beforeAll(async () => {
    stage = await assemble(['A lead', 'Another']);
    const { world, review, cast } = stage;
    ledger = await Ledger.open(world.api);
    sealed = await world.organization(SEALED_NAME);
    open = await world.organization('An open partner');
    await world.reach(review, 'SVN', 'preparation');
    joint = (await draft(cast.ngo, review)).id;
    await ask(cast.ngo, joint, open);
    await answer(open.head, joint, 'accept');
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await stage?.world.stop();
  });

  async function readings(): Promise<Map<Player | 'open partner', Answers>> {
    const { world, cast } = stage;
    const ids = await allIds(world.api.database.adminUrl);
    const read = new Map<Player | 'open partner', Answers>();
    for (const [name, client] of [
      ...others.map((player) => [player, cast[player]] as const),
      ['open partner', open.head] as const,
    ]) {
      const answers = await crawl(world.api, client, ids);
      read.set(name, new Map([...answers].filter(([url]) => url !== '/v1/clock')));
    }
    return read;
  }

  async function expectUnnoticed(act: () => Promise<unknown>): Promise<void> {
    const before = await readings();
    await act();
    for (const [who, answers] of await readings()) {
      const was = before.get(who)!;
      const changed = [...answers].filter(([url, text]) => was.get(url) !== text);
      expect([who, changed.map(([url, text]) => [url, was.get(url), text])]).toEqual([who, []]);
      expect([...answers.keys()]).toEqual([...was.keys()]);
    }
  }

  it('is asked, accepts and asks for its seal: nobody else can tell', async () => {
    await expectUnnoticed(async () => {
      expect((await ask(stage.cast.ngo, joint, sealed)).status).toBe(201);
      const { body } = await answer(sealed.head, joint, 'accept', { sealed: true });
      expect(body).toMatchObject({ status: 'accepted', sealed: true, namedTo: [] });
    });
    const { partners } = await partnersFor(stage.cast.ngo, joint);
    expect(partners.map(({ name, sealed: hidden, namedTo }) => [name, hidden, namedTo])).toEqual([
      ['An open partner', false, ['secretariat', 'public']],
      [SEALED_NAME, true, []],
    ]);
    expect(await told(sealed.head, joint)).toEqual({ [SEALED_NAME]: 'accepted' });
  }, 120_000);

  it('keeps its seal when it is asked again', async () => {
    const { cast } = stage;
    const { version } = await partnersFor(cast.ngo, joint);
    await cast.ngo
      .upload(`/v1/documents/${joint}/content`, 'Another text', { version })
      .expect(200);
    expect((await answer(open.head, joint, 'accept')).status).toBe(200);
    expect((await answer(sealed.head, joint, 'accept')).body).toMatchObject({ sealed: true });
    const again = await answer(sealed.head, joint, 'seal');
    expect(again.body).toMatchObject({ code: 'already-given' });
  });

  it('stands in what is handed in as if it were not there', async () => {
    const { cast, review } = stage;
    const alone = (await draft(cast.ngo, review)).id;
    await ask(cast.ngo, alone, open);
    await answer(open.head, alone, 'accept');
    const { version } = await partnersFor(cast.ngo, alone);
    await cast.ngo.upload(`/v1/documents/${alone}/content`, 'Another text', { version });
    await answer(open.head, alone, 'accept');
    for (const id of [joint, alone]) await handIn(cast.ngo, id);
    for (const who of [cast.secretariat, open.head]) {
      const views: unknown[] = [];
      for (const id of [joint, alone]) {
        const {
          id: _,
          submittedAt: __,
          ...rest
        } = (await who.get(`/v1/documents/${id}`).expect(200)).body as Record<string, unknown>;
        const shown = await partnersFor(who, id);
        const partners = shown.partners.map(({ askedAt: _a, answeredAt: _b, ...each }) => each);
        views.push([plain(rest), { ...shown, id: '', partners }]);
      }
      expect(views[0]).toEqual(views[1]);
    }
    await expectProblem(cast['other ngo'].get(signatories(joint)), 404, 'not-found');
  });

  it('accepts with its seal after the filing, and leaves: nobody else can tell', async () => {
    const { cast, review } = stage;
    const late = (await draft(cast.ngo, review, 'Later')).id;
    await ask(cast.ngo, late, sealed);
    await handIn(cast.ngo, late);
    await expectUnnoticed(() => answer(sealed.head, late, 'accept', { sealed: true }));
    await expectUnnoticed(() => answer(sealed.head, late, 'leave'));
    await expectProblem(sealed.head.get(signatories(late)), 404, 'not-found');
  }, 120_000);

  it('is named nowhere in public, in a shared chain or in the record', async () => {
    const { world, review, cast } = stage;
    await world.reach(review, 'SVN', 'documented');
    const { body } = await cast.anonymous.get('/v1/record/documents', { limit: 200 }).expect(200);
    const { items } = body as { items: { title: string; partners?: { name: string }[] }[] };
    const together = items.filter(({ title }) => title === 'Together');
    const named = [{ side: open.side, name: 'An open partner' }];
    expect(together.map(({ partners }) => partners)).toEqual([named, named]);
    await expectUnnoticed(() => answer(sealed.head, joint, 'leave'));
    const record = await rowsText(world.api.database.adminUrl, ['record']);
    const shared = (await ledger.journal(review)).filter(
      ({ compartment }) => compartment !== `desk:${sealed.side}`,
    );
    const receipts = await ledger.rows('SELECT body FROM casework.receipt');
    for (const text of [record, JSON.stringify(shared), JSON.stringify(receipts)]) {
      expect(text.length).toBeGreaterThan(1000);
      expect(text).not.toContain(sealed.id);
      expect(text).not.toContain(SEALED_NAME);
    }
    const kept = await ledger.rows<{ compartment: string; principal: string }>(
      `SELECT DISTINCT compartment FROM casework.partner WHERE side = $1 ORDER BY 1`,
      [sealed.side],
    );
    const { side } = (await partnersFor(cast.ngo, joint)).lead;
    expect(kept.map(({ compartment }) => compartment)).toEqual(
      [`desk:${sealed.side}`, `desk:${side}`].toSorted(),
    );
  }, 120_000);
});

/** Without what differs between two documents that were made alike. */
const plain = (document: Record<string, unknown>): unknown =>
  JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      ['receiptId', 'uploadedAt', 'at', 'submittedAt'].includes(key) ? undefined : value,
    ),
  );
