import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { addParticipant, compareAccess, Engine } from '../../src/modules/proceedings/index.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { hashToken, SESSION_IDLE } from '../../src/platform/identity/tokens.js';
import type { Viewer } from '../../src/platform/identity/viewer.js';
import { STAGES, World } from '../factories/world.js';

/** The rows of `casework.access` are derived, and applied as differences: both must agree. */
describe('access', () => {
  let world: World;
  let work: UnitOfWork;
  let engine: Engine;
  let secretariat: Viewer;
  beforeAll(async () => {
    world = await World.build();
    work = world.api.app.get(UnitOfWork);
    engine = world.api.app.get(Engine, { strict: false });
    const token = hashToken(world.secretariat.token!);
    const row = await work.identity<{ answer: Viewer }>('identity.redeem', [token, SESSION_IDLE]);
    secretariat = row!.answer;
  });
  afterAll(() => world.stop());

  /** What is stored and what the definition derives, as text, in one order. */
  const compared = (review: string) =>
    work.read(secretariat, async (tx) => {
      const { proceeding, definition } = await engine.standing(tx, review);
      return tx.asProcedure(review, async () => {
        const { stored, derived } = await compareAccess(tx, definition, proceeding);
        const text = (rows: typeof stored) =>
          rows.map((row) => `${row.compartment} ${row.principalId} ${row.because}`).toSorted();
        return { stored: text(stored), derived: text(derived) };
      });
    });

  it('is at every stage what the definition derives', async () => {
    const review = await world.review('SVN');
    const { head } = await world.organization('An observatory');
    const reasons = new Map<string, number>();
    for (const stage of STAGES) {
      await world.reach(review, 'SVN', stage);
      if (stage === 'preparation') {
        await head
          .post(`/v1/reviews/${review}/documents`, { kind: 'stakeholder-submission', title: 'x' })
          .expect(201);
      }
      if (stage === 'ready') {
        const text = 'Ratify the convention';
        await world.recommend(await world.delegation('FRA'), review, text, ['BRA']);
      }
      const { stored, derived } = await compared(review);
      expect([stage, ...stored]).toEqual([stage, ...derived]);
      reasons.set(stage, stored.filter((row) => /side$|rapporteur$/.test(row)).length);
    }
    // The troika reads the committee's and the case; a side that filed, or was asked to join one that
    // did, its desk and its tray.
    expect([...reasons]).toEqual([
      ['preparation', 8],
      ['documented', 12],
      ['ready', 16],
      ['reviewed', 16],
      ['wg-adopted', 16],
      ['positioned', 16],
      ['adopted', 16],
    ]);
  });

  it('stays so whatever happens in whatever order', async () => {
    const slots: string[] = [];
    for (const [index, state] of ['AUT', 'CHE', 'EST', 'ISL', 'MLT', 'NPL'].entries()) {
      slots.push((await world.slot(state, 60 + index)).slotId);
    }
    const sides = ['state:FRA', 'state:BRA', 'state:PLW', 'secretariat:upr', 'body:hrc'];
    const step = fc.oneof(
      fc.record({ do: fc.constant('join' as const), side: fc.constantFrom(...sides) }),
      fc.record({ do: fc.constant('sit' as const), side: fc.constantFrom(...sides.slice(0, 3)) }),
      fc.record({ do: fc.constant('refresh' as const), side: fc.constant('') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const id = await opened(slots.pop()!);
        for (const each of steps) await work.write(secretariat, (tx) => take(tx, id, each));
        const { stored, derived } = await compared(id);
        expect(stored).toEqual(derived);
      }),
      { numRuns: slots.length, endOnFailure: true },
    );
  });

  async function opened(slotId: string): Promise<string> {
    const { body } = await world.secretariat
      .post('/v1/reviews', { slotId, test: true })
      .expect(201);
    return (body as { id: string }).id;
  }

  async function take(tx: Tx, id: string, { do: what, side }: { do: string; side: string }) {
    const standing = await engine.standing(tx, id);
    if (what === 'join') return engine.joinSide(tx, standing, side);
    return tx.asProcedure(id, async () => {
      if (what === 'sit') await sit(tx, id, side);
      await engine.refreshAccess(tx, standing.proceeding);
    });
  }

  /** Once a side: a role is taken once. */
  async function sit(tx: Tx, id: string, side: string): Promise<void> {
    const [row] = await tx.rows<{ id: string; sits: boolean }>(
      `SELECT p.id, EXISTS (SELECT FROM casework.participant t WHERE t.principal_id = p.id
         AND t.proceeding_id = $2 AND t.role = 'rapporteur') AS sits
       FROM identity.principal p WHERE p.key = $1`,
      [side, id],
    );
    if (row!.sits) return;
    const basis = `planted ${randomUUID()}`;
    await addParticipant(tx, id, { role: 'rapporteur', principalId: row!.id, basis });
  }
});
