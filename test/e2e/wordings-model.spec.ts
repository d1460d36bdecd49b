import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as rules from '../../src/modules/recommendations/wordings.rules.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';
import { Words } from './words.js';

const STATES = ['FRA', 'BRA', 'KEN', 'NOR'] as const;
type Result = ReturnType<typeof rules.propose>;

/** Something that somebody tries, and what the rules make of it. */
interface Act {
  readonly told: string;
  readonly send: (id: string, book: rules.Book) => PromiseLike<{ status: number; body: unknown }>;
  readonly rule: (book: rules.Book) => Result | 'refused';
}

/** The API does what the rules say, whatever is tried in whatever order, by whomever. */
describe('the words of a recommendation, under any sequence of acts,', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  const people = new Map<string, Client>();
  const who = (name: string): Client => people.get(name)!;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    words = new Words(world, ledger, review);
    for (const state of ['SVN', ...STATES]) people.set(state, await world.delegation(state));
    people.set('secretariat', world.secretariat);
    await world.reach(review, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const stands = (book: rules.Book, state: string): boolean =>
    rules.confirmedIn(book).includes(state);
  /** Of an item that has fallen nothing is left to act on. */
  const held = (act: (book: rules.Book) => Result | 'refused') => (book: rules.Book) =>
    rules.isHeld(book) ? act(book) : 'refused';
  const proposal = (kind: rules.WordingEntry['kind'], text: string, state?: string) => ({
    kind,
    by: state === undefined ? 'secretariat:upr' : `state:${state}`,
    texts: [text],
    reason: 'A word was missing',
    state,
  });
  const invited = (book: rules.Book, state: string): boolean =>
    book.states.some((each) => each.state === state && each.status === 'invited');

  const state = fc.constantFrom(...STATES);
  const text = fc.constantFrom('Ratify it', 'Ratify it now', 'Ratify it soon');
  const number = fc.integer({ min: 1, max: 5 });
  const acts: fc.Arbitrary<Act> = fc.oneof(
    fc.tuple(state, fc.boolean()).map(([by, accept]): Act => ({
      told: `${by} ${accept ? 'confirms' : 'declines'}`,
      send: (id, { stands: wording }) => words.confirm(who(by), id, { confirm: accept, wording }),
      rule: held((book) => {
        if (!invited(book, by)) return 'refused';
        return accept ? rules.confirm(book, by, book.stands) : rules.decline(book, by);
      }),
    })),
    fc.tuple(state, text).map(([by, next]): Act => ({
      told: `${by} proposes ${next}`,
      send: (id) => words.amend(who(by), id, next),
      rule: held((book) =>
        stands(book, by) ? rules.propose(book, proposal('amendment', next, by)) : 'refused',
      ),
    })),
    text.map((next): Act => ({
      told: `the secretariat corrects to ${next}`,
      send: (id) => words.amend(who('secretariat'), id, next),
      rule: held((book) => rules.propose(book, proposal('editorial', next))),
    })),
    text.map((next): Act => ({
      told: `the secretariat heard ${next}`,
      send: (id) => words.deliver(who('secretariat'), id, next),
      rule: held((book) => rules.propose(book, proposal('delivered', next))),
    })),
    fc.tuple(state, number, fc.boolean()).map(([by, n, accepted]): Act => ({
      told: `${by} ${accepted ? 'accepts' : 'refuses'} ${n}`,
      send: (id) => words.answer(who(by), id, n, accepted),
      rule: held((book) =>
        stands(book, by) ? rules.answer(book, n, { state: by, accepted }) : 'refused',
      ),
    })),
    fc.tuple(state, fc.boolean()).map(([by, accepted]): Act => ({
      told: `${by} ${accepted ? 'confirms' : 'objects to'} what was heard`,
      send: (id) => words.hear(who(by), id, accepted),
      rule: held((book) => {
        const n = book.wordings.findLast(({ kind }) => kind === 'delivered')?.n;
        if (n === undefined || !stands(book, by)) return 'refused';
        return rules.answer(book, n, { state: by, accepted });
      }),
    })),
    state.map((by): Act => ({
      told: `${by} withdraws`,
      send: (id) => words.leave(who(by), id),
      rule: held((book) => (stands(book, by) ? rules.withdraw(book, by) : 'refused')),
    })),
    // The State under review tries everything, and changes nothing.
    fc
      .constantFrom<(id: string) => PromiseLike<{ status: number; body: unknown }>>(
        (id) => words.amend(who('SVN'), id, 'Consider it'),
        (id) => words.deliver(who('SVN'), id, 'Consider it'),
        (id) => words.answer(who('SVN'), id, 2),
        (id) => words.answer(who('SVN'), id, 2, false),
        (id) => words.leave(who('SVN'), id, { as: 'state:FRA' }),
        (id) => words.confirm(who('SVN'), id),
        (id) => words.decide(who('SVN'), id, 2),
        (id) => who('SVN').patch(`/v1/recommendations/${id}`, { text: 'No' }, { version: 1 }),
      )
      .map((send): Act => ({ told: 'the State under review tries', send, rule: () => 'refused' })),
  );

  it('are what the rules make of them, and what all who stand under them agreed to', async () => {
    const property = fc.asyncProperty(
      fc.array(acts, { minLength: 6, maxLength: 14 }),
      async (tried) => {
        const id = await world.recommend(who('FRA'), words.review, 'Ratify it', [
          'BRA',
          'KEN',
          'NOR',
        ]);
        let book = rules.begin(
          STATES.map((each) => ({
            state: each,
            status: each === 'FRA' ? ('confirmed' as const) : ('invited' as const),
          })),
          { kind: 'made', by: 'state:FRA', reason: null, text: 'Ratify it' },
        );
        for (const { told, send, rule } of tried) {
          const ruled = rule(book);
          const refused = ruled === 'refused' || rules.isRefusal(ruled);
          const { status } = await send(id, book);
          expect([told, status < 300]).toEqual([told, !refused]);
          if (ruled !== 'refused' && !rules.isRefusal(ruled)) book = ruled;
          const item = await words.read(who('SVN'), id);
          expect({ text: item.text, wording: item.wording, status: item.status }).toEqual({
            text: rules.textOf(book),
            wording: book.stands,
            status: rules.isHeld(book) ? 'submitted' : 'withdrawn',
          });
          const standing = item.recommendingStates.map((each) => `${each.state} ${each.status}`);
          const expected = book.states.map((each) => `${each.state} ${each.status}`);
          expect(standing.toSorted()).toEqual(expected.toSorted());
          const line = (each: { n: number; kind: string; status: string }): string =>
            `${each.n} ${each.kind} ${each.status}`;
          const sql = `SELECT n, kind, status FROM casework.wording
            WHERE recommendation_id = $1 ORDER BY n`;
          const kept = await ledger.rows<rules.WordingEntry>(sql, [id]);
          expect(kept.map(line)).toEqual(book.wordings.map(line));
          // What is not agreed to is seen by those under it alone.
          const shared = book.wordings.filter(
            (each) => each.status === 'adopted' || ['delivered', 'split'].includes(each.kind),
          );
          const own = rules.confirmedIn(book).includes('KEN') ? book.wordings : shared;
          expect((await words.history(who('KEN'), id)).map(line)).toEqual(own.map(line));
          expect((await words.history(who('SVN'), id)).map(line)).toEqual(shared.map(line));
          expect(await words.unfounded()).toEqual([]);
        }
      },
    );
    await fc.assert(property, { numRuns: 15, endOnFailure: true });
  }, 240_000);
});
