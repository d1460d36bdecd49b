import { randomUUID } from 'node:crypto';
import { signOff, TROIKA } from './sign-off.js';
import { ADMIN, startApi, type Client, type TestApi } from '../setup/api.js';

/** Of everybody but the administrator. */
export const PASSWORD = 'a password for the tests';
type Role = 'head' | 'officer' | 'focal-point' | 'president' | 'drafter';

/** A house with its people: everything through the API, as people would. */
export class World {
  readonly #people = new Map<string, Client>();

  private constructor(
    readonly api: TestApi,
    readonly admin: Client,
    /** Manages the secretariat of the reviews. */
    readonly secretariat: Client,
  ) {}

  /** @param now where the procedures' clock stands at the beginning */
  static async build(now = '2027-01-10T09:00:00Z', settings: Record<string, string> = {}) {
    const api = await startApi({ COMITY_CLOCK_START: now, ...settings });
    const admin = await api.signIn(ADMIN);
    const email = await account(admin, 'secretariat');
    const seat = { email, side: 'secretariat:upr', role: 'head' };
    await admin.post('/v1/memberships', seat).expect(201);
    return new World(api, admin, await api.signIn({ email, password: PASSWORD }));
  }

  /** Somebody who sits on a side; the first of a side is its head. The same person each time. */
  async person(side: string, role: Role = 'head'): Promise<Client> {
    const known = this.#people.get(`${side} ${role}`);
    if (known) return known;
    const first = side.startsWith('secretariat:') ? this.admin : this.secretariat;
    const granter = role === 'head' || role === 'president' ? first : await this.person(side);
    const email = await account(this.admin, `${role} of ${side}`);
    await granter.post('/v1/memberships', { email, side, role }).expect(201);
    const client = await this.api.signIn({ email, password: PASSWORD });
    this.#people.set(`${side} ${role}`, client);
    return client;
  }

  delegation(state: string, role: Role = 'head'): Promise<Client> {
    return this.person(`state:${state}`, role);
  }

  president(): Promise<Client> {
    return this.person('body:hrc', 'president');
  }

  /** An account that sits nowhere. */
  async stranger(): Promise<Client> {
    const email = await account(this.admin, 'stranger');
    return this.api.signIn({ email, password: PASSWORD });
  }

  async organization(name: string): Promise<{ id: string; side: string; head: Client }> {
    const { body } = await this.secretariat
      .post('/v1/organizations', { name, kind: 'ngo' })
      .expect(201);
    const { id, side } = body as { id: string; side: string };
    return { id, side, head: await this.person(side) };
  }

  /** A session with one State in it: dialogue 3 May 2027, plenary 23 September 2027. */
  async slot(state: string, number = 50): Promise<{ sessionId: string; slotId: string }> {
    const cycle = await this.secretariat
      .post('/v1/cycles', { mechanism: 'upr', number, starts: '2027-01-01' })
      .expect(201);
    const session = await this.secretariat
      .post('/v1/sessions', {
        cycleId: (cycle.body as { id: string }).id,
        number,
        title: `Session ${number}`,
        starts: '2027-05-03',
        ends: '2027-05-14',
      })
      .expect(201);
    const sessionId = (session.body as { id: string }).id;
    const { body } = await this.secretariat
      .post(`/v1/sessions/${sessionId}/schedule`, {
        state,
        starts: '2027-05-03T09:00:00+02:00',
        ends: '2027-05-03T12:30:00+02:00',
        outcomeStarts: '2027-09-23T10:00:00+02:00',
      })
      .expect(201);
    return { sessionId, slotId: (body as { id: string }).id };
  }

  async review(state: string, { number = 50, test = false } = {}): Promise<string> {
    const { slotId } = await this.slot(state, number);
    const { body } = await this.secretariat.post('/v1/reviews', { slotId, test }).expect(201);
    return (body as { id: string }).id;
  }

  /** Moves the procedures' clock; deadlines on the way have expired when it answers. */
  async at(to: string): Promise<void> {
    await this.admin.post('/v1/clock/advance', { to }).expect(200);
  }

  async move(who: Client, review: string, move: string) {
    const { body } = await who.get(`/v1/reviews/${review}`).expect(200);
    return who.post(
      `/v1/reviews/${review}/moves`,
      { move },
      { version: (body as Versioned).version },
    );
  }

  /** Files a document whole: begun, uploaded, submitted. Answers its id. */
  async file(
    who: Client,
    review: string,
    { kind, text = 'A few words that somebody wrote.', title = kind, symbol }: Filing,
  ): Promise<string> {
    const begun = await who
      .post(`/v1/reviews/${review}/documents`, { kind, title, ...(symbol && { symbol }) })
      .expect(201);
    const { id, version } = begun.body as Versioned;
    const sent = await who.upload(`/v1/documents/${id}/content`, text, { version }).expect(200);
    await who
      .post(`/v1/documents/${id}/submit`, undefined, { version: (sent.body as Versioned).version })
      .expect(200);
    return id;
  }

  /** Makes a recommendation: drafted and submitted. Answers its id. */
  async recommend(
    who: Client,
    review: string,
    text: string,
    others: string[] = [],
  ): Promise<string> {
    const draft = await who
      .post(`/v1/reviews/${review}/recommendations`, { text, with: others })
      .expect(201);
    const { id, version } = draft.body as Versioned;
    await who.post(`/v1/recommendations/${id}/submit`, undefined, { version }).expect(200);
    return id;
  }

  async position(who: Client, recommendation: string, position: string, more: object = {}) {
    const url = `/v1/recommendations/${recommendation}/position`;
    const { body } = await who.get(url).expect(200);
    return who
      .put(url, { position, ...more }, { version: (body as Versioned).version })
      .expect(200);
  }

  /** Takes a review on from where it stands to a stage of the main line, filing what that needs. */
  async reach(review: string, state: string, stage: Stage): Promise<void> {
    const { body } = await this.secretariat.get(`/v1/reviews/${review}`).expect(200);
    const reached = STAGES.indexOf((body as { status: Stage }).status);
    for (const step of STAGES.slice(reached + 1, STAGES.indexOf(stage) + 1))
      await STEPS[step](this, review, state);
  }

  stop(): Promise<void> {
    return this.api.stop();
  }
}

interface Versioned {
  id: string;
  version: number;
}
interface Filing {
  readonly kind: string;
  readonly text?: string;
  readonly title?: string;
  readonly symbol?: string;
}

export const STAGES = [
  'preparation',
  'documented',
  'ready',
  'reviewed',
  'wg-adopted',
  'positioned',
  'adopted',
] as const;
type Stage = (typeof STAGES)[number];

const troika = {
  states: TROIKA,
  drawnOn: '2027-01-11',
  meeting: 'organizational meeting of the Council',
  witnesses: ['Secretary of the Council'],
};

/** What leads into each stage; the clock moves through the year 2027. */
const STEPS: Record<Stage, (world: World, review: string, state: string) => Promise<void>> = {
  async preparation(world, review) {
    const { body } = await world.secretariat.get(`/v1/reviews/${review}`).expect(200);
    const { version } = body as Versioned;
    await world.secretariat.post(`/v1/reviews/${review}/troika`, troika, { version }).expect(200);
    await expectMoved(world, world.secretariat, review, 'record-troika');
  },
  async documented(world, review, state) {
    await world.file(await world.delegation(state), review, { kind: 'national-report' });
    await world.file(world.secretariat, review, { kind: 'compilation' });
    await world.file(world.secretariat, review, { kind: 'stakeholder-summary' });
    await expectMoved(world, world.secretariat, review, 'issue-documents');
  },
  async ready(world, review) {
    await expectMoved(world, world.secretariat, review, 'relay-questions');
  },
  async reviewed(world, review) {
    await world.at('2027-05-03T11:00:00Z');
    await expectMoved(world, await world.president(), review, 'hold-dialogue');
  },
  async 'wg-adopted'(world, review) {
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    const { body } = await world.secretariat
      .get(`/v1/reviews/${review}/recommendations`, { limit: 200 })
      .expect(200);
    const { items } = body as { items: { id: string; label: string | null; status: string }[] };
    const labels = items
      .filter(({ status, label }) => ['submitted', 'split'].includes(status) && label === null)
      .map(({ id }, index) => ({ id, label: `6.${index + 1}` }));
    if (labels.length > 0) {
      await world.secretariat
        .post(`/v1/reviews/${review}/recommendations/labels`, { labels })
        .expect(200);
    }
    await signOff(world, review);
    await world.at('2027-05-05T15:00:00Z');
    await expectMoved(world, await world.president(), review, 'adopt-report');
  },
  async positioned(world, review, state) {
    await expectMoved(world, await world.delegation(state), review, 'close-positions');
  },
  async adopted(world, review) {
    await world.at('2027-09-23T09:00:00Z');
    await expectMoved(world, await world.president(), review, 'adopt-outcome');
  },
};

async function expectMoved(world: World, who: Client, review: string, move: string): Promise<void> {
  const answer = await world.move(who, review, move);
  if (answer.status !== 200) throw new Error(`${move}: ${answer.status} ${answer.text}`);
}

async function account(admin: Client, name: string): Promise<string> {
  const email = `${randomUUID()}@comity.test`;
  await admin.post('/v1/accounts', { email, name, password: PASSWORD }).expect(201);
  return email;
}
