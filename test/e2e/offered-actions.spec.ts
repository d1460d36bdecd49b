import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { word } from '../factories/follow-up.js';
import { regionalBody } from '../factories/assisting.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

interface Offered {
  action: string;
  allowed: boolean;
  because: string | null;
  deadline: string | null;
}

const TROIKA = {
  states: ['ALB', 'BRA', 'NOR'],
  drawnOn: '2027-01-11',
  meeting: 'organizational meeting of the Council',
  witnesses: ['Secretary of the Council'],
};

/** What a review offers beside its moves is what its routes then do: no more, no less. */
describe('what can be done with a review beside its moves', () => {
  let world: World;
  let review: string;
  let forum: string;
  const people = new Map<string, Client>();
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    review = await world.review('SVN');
    people.set('the secretariat', world.secretariat);
    people.set('a drafter of the secretariat', await world.person('secretariat:upr', 'drafter'));
    people.set('the president', await world.president());
    people.set('the State', await world.delegation('SVN'));
    people.set('a drafter of the State', await world.delegation('SVN', 'drafter'));
    people.set('another State', await world.delegation('FRA'));
    people.set('an organization', (await world.organization('Watch')).head);
    forum = (await regionalBody(world, 'Forum of the Islands')).id;
  });
  afterAll(() => world.stop());

  async function offered(who: Client): Promise<{ version: number; acts: Offered[] }> {
    const { body } = await who.get(`/v1/reviews/${review}`).expect(200);
    const actions = body.actions as Offered[];
    return { version: body.version, acts: actions.filter(({ action }) => action.includes(':')) };
  }

  /** The code with which the act itself is refused; null when it is done. */
  async function tried(who: Client, action: string, version: number): Promise<string | null> {
    const [verb, what = ''] = action.split(':');
    const url = `/v1/reviews/${review}`;
    if (verb === 'record') {
      const dry = { version, query: { dryRun: true } };
      const { body } = await who.post(`${url}/troika`, TROIKA, dry).expect(200);
      return (body as { refusals: { code: string }[] }).refusals[0]?.code ?? null;
    }
    if (verb === 'register' || action === 'ask:questions') {
      const dry = { query: { dryRun: true } };
      const { body } = await (verb === 'register'
        ? who.post(`${url}/speakers`, { list: what }, dry)
        : who.post(`${url}/questions`, { questions: ['Why not?'] }, dry));
      return (body as { refusals: { code: string }[] }).refusals[0]?.code ?? null;
    }
    if (verb === 'cluster') {
      const read = await who.get(`${url}/clusters`).expect(200);
      const seen = { version: (read.body as { version: number }).version };
      const answer = await who.put(`${url}/clusters`, { clusters: [] }, seen);
      return answer.status === 200 ? null : (answer.body as { code: string }).code;
    }
    if (verb === 'ask') {
      const dry = { version, query: { dryRun: true } };
      const asked = { kind: what, ...(what !== 'own-region' && { rapporteur: 'ALB' }) };
      const { body } = await who.post(`${url}/troika/requests`, asked, dry).expect(200);
      return (body as { refusals: { code: string }[] }).refusals[0]?.code ?? null;
    }
    if (verb === 'announce') {
      const publicValue = { source: 'A value', knownFrom: '2028-01-01T00:00:00Z' };
      const lot = await who.post(`${url}/lots`, { purpose: what, publicValue });
      return lot.status === 201 ? null : (lot.body as { code: string }).code;
    }
    const { status, body } = await attempt(who, `${verb}:${what}`);
    return status < 300 ? null : (body as { code: string }).code;
  }

  /** The act; of what would change what others are offered, a rehearsal. */
  async function attempt(who: Client, action: string): Promise<Response> {
    const url = `/v1/reviews/${review}`;
    const query = { dryRun: true };
    if (action === 'make:recommendation') {
      return who.post(`${url}/recommendations`, { text: 'Ratify it', with: [] });
    }
    if (action === 'make:voluntary-pledge') {
      return who.post(`${url}/pledges`, { text: 'Ratify it ourselves' });
    }
    if (action === 'name:assistant') {
      const body = { organization: forum };
      return refusalIn(await who.post(`${url}/assistants`, body, { query }));
    }
    if (action === 'circulate:list') {
      return refusalIn(await who.post(`${url}/circulations`, undefined, { query }));
    }
    if (action === 'sign-off:report') {
      const draft = { documentId: review, version: 1 };
      return refusalIn(await who.post(`${url}/sign-offs`, draft, { query }));
    }
    if (action === 'prepare:follow-up') {
      const items = [word(review, 'B')];
      return refusalIn(await who.post(`${url}/follow-up`, { items }, { query }));
    }
    const [, kind] = action.split(':');
    return who.post(`${url}/documents`, { kind, title: 'A title' });
  }

  /** A rehearsal that was refused, told as the refusal itself. */
  function refusalIn(answer: Response): Response {
    const [refused] = (answer.body as { refusals: { code: string }[] }).refusals;
    return refused ? ({ status: 409, body: refused } as Response) : answer;
  }

  async function expectTold(): Promise<Map<string, Offered[]>> {
    const told = new Map<string, Offered[]>();
    for (const [name, who] of people) {
      const { version, acts } = await offered(who);
      for (const { action, allowed, because } of acts) {
        const refused = await tried(who, action, version);
        expect([name, action, allowed, because]).toEqual([name, action, refused === null, refused]);
      }
      told.set(name, acts);
    }
    return told;
  }

  const allowed = (acts: readonly Offered[] | undefined): string[] =>
    (acts ?? []).flatMap((each) => (each.allowed ? [each.action] : []));

  it('is what its routes do, at the beginning', async () => {
    const told = await expectTold();
    expect(told.get('the State')?.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['record:troika', 'make:recommendation', 'begin:national-report']),
    );
    expect(allowed(told.get('the secretariat'))).toEqual(
      expect.arrayContaining(['record:troika', 'begin:compilation', 'begin:stakeholder-summary']),
    );
    expect(allowed(told.get('the president'))).toEqual(['record:troika']);
    expect(allowed(told.get('a drafter of the State'))).toEqual(['begin:national-report']);
    expect(allowed(told.get('an organization'))).toEqual([
      'begin:stakeholder-submission',
      'begin:joint-submission',
    ]);
    expect(allowed(told.get('another State'))).toEqual(['ask:questions']);
  }, 60_000);

  it('says until when', async () => {
    const state = people.get('the State')!;
    const { acts } = await offered(state);
    const { body } = await state.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const due = new Map(
      (body.items as { key: string; due: string }[]).map((each) => [each.key, each.due]),
    );
    const until = new Map(acts.map(({ action, deadline }) => [action, deadline]));
    expect(until.get('begin:national-report')).toBe(due.get('national-report'));
    expect(until.get('begin:joint-submission')).toBe(due.get('stakeholder-submissions'));
    expect(until.get('ask:questions')).toBe(due.get('advance-questions'));
    expect(until.get('register:dialogue')).toBe(due.get('speakers-close'));
    expect(until.get('begin:working-group-report')).toBeNull();
    expect(until.get('begin:mid-term-report')).toBeNull();
    expect(until.get('make:recommendation')).toBeNull();
  });

  it('is what its routes do, after the dialogue', async () => {
    await world.reach(review, 'SVN', 'reviewed');
    const told = await expectTold();
    expect(allowed(told.get('another State'))).toEqual(['make:recommendation']);
    expect(allowed(told.get('the secretariat'))).toEqual([
      'begin:working-group-report',
      'circulate:list',
    ]);
    expect(allowed(told.get('the State'))).toEqual(['name:assistant', 'make:voluntary-pledge']);
    const troika = told.get('the president')?.find(({ action }) => action === 'record:troika');
    expect(troika).toEqual({
      action: 'record:troika',
      allowed: false,
      because: 'already-given',
      deadline: null,
    });
  }, 60_000);

  it('can be told from the moves by its name, which has a label', async () => {
    const { body } = await world.api.as().get('/v1/vocabularies/offered-actions').expect(200);
    const known = (body.entries as { code: string }[]).map(({ code }) => code);
    const { acts } = await offered(world.secretariat);
    const bare = acts.map(({ action }) => action.replace(/^begin:.+$/, 'begin'));
    expect(bare.filter((action) => !known.includes(action))).toEqual([]);
  });
});
