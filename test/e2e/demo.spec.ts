import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDemo } from '../../scripts/demo.mjs';
import { ADMIN, startApi, type Client, type TestApi } from '../setup/api.js';

interface Listed {
  items: { status: string; kind: string; stateUnderReview: string }[];
}
interface Recommendation {
  label: string;
  givenIn: string | null;
  deemed: boolean;
  recommendingStates: string[];
}

async function listen(api: TestApi): Promise<{ url: string; admin: typeof ADMIN }> {
  await api.app.listen(0, '127.0.0.1');
  return { url: await api.app.getUrl(), admin: ADMIN };
}

/** Loses the answer to the nth request that writes: it was done, and the client can't know. */
async function interrupted(n: number, work: () => Promise<unknown>): Promise<void> {
  const whole = globalThis.fetch;
  let writes = 0;
  globalThis.fetch = async (input, init) => {
    const answer = await whole(input, init);
    if (init?.method !== 'GET' && (writes += 1) === n) throw new Error('interrupted');
    return answer;
  };
  try {
    await expect(work()).rejects.toThrow('interrupted');
  } finally {
    globalThis.fetch = whole;
  }
}

describe('the demonstration', () => {
  let api: TestApi;
  let target: Awaited<ReturnType<typeof listen>>;
  let accounts: { email: string; password: string }[];
  beforeAll(async () => {
    api = await startApi();
    target = await listen(api);
    await interrupted(8, () => loadDemo(target));
    await interrupted(60, () => loadDemo(target));
    ({ accounts } = await loadDemo(target));
  }, 120_000);
  afterAll(() => api.stop());

  const signIn = (name: string): Promise<Client> => {
    const { email, password } = accounts.find((each) => each.email.startsWith(`${name}@`))!;
    return api.signIn({ email, password });
  };

  const documentsOf = async (who: Client, state: string) => {
    const { body } = await who.get('/v1/reviews', { state }).expect(200);
    const review = body.items[0].id as string;
    const answer = await who.get(`/v1/reviews/${review}/documents`).expect(200);
    return (answer.body as Listed).items.map(({ kind, status }) => `${kind} ${status}`);
  };

  it('goes on where it was interrupted, and makes everything once', async () => {
    const secretariat = await signIn('secretariat');
    const { body } = await secretariat.get('/v1/reviews').expect(200);
    const stages = (body as Listed).items.map((each) => `${each.stateUnderReview} ${each.status}`);
    expect(stages.toSorted()).toEqual(['CRI adopted', 'EST documented', 'FJI preparation']);
    const published = await api.as().get('/v1/record/documents').expect(200);
    expect((published.body as Listed).items).toHaveLength(10);
    expect(await documentsOf(secretariat, 'FJI')).toEqual([]);
  });

  it('leaves drafts on desks that only their own side sees', async () => {
    const draft = ['national-report draft'];
    expect(await documentsOf(await signIn('fiji-drafter'), 'FJI')).toEqual(draft);
    expect(await documentsOf(await signIn('fiji'), 'FJI')).toEqual(draft);
    expect(await documentsOf(await signIn('estonia'), 'FJI')).toEqual([]);
  });

  it('shows an outcome in the record, with every kind of position', async () => {
    const page = await api.as().get('/v1/record/proceedings', { state: 'CRI' }).expect(200);
    expect(page.body.items).toMatchObject([
      { status: 'adopted', outcome: { recommendations: 6, positions: { supported: 4, noted: 2 } } },
    ]);
    const list = await api.as().get('/v1/record/recommendations', { state: 'CRI' }).expect(200);
    const items = list.body.items as Recommendation[];
    expect(items.map(({ label, givenIn, deemed }) => [label, givenIn, deemed])).toEqual([
      ['6.1', 'room', false],
      ['6.2', 'room', false],
      ['6.3', 'writing', false],
      ['6.4', 'writing', false],
      ['6.5', 'writing', false],
      ['6.6', null, true],
    ]);
    expect(items.at(0)?.recommendingStates).toEqual(['EST', 'KEN']);
  });

  it('changes nothing the second time', async () => {
    const end = async () => (await api.as().get('/v1/record/changes', { limit: 200 })).body.after;
    const before = await end();
    expect(before).toBeGreaterThan(0);
    expect(await loadDemo(target)).toEqual({ accounts });
    expect(await end()).toBe(before);
  });

  it('leaves a house alone in which others have accounts', async () => {
    const other = await startApi();
    try {
      const admin = await other.signIn(ADMIN);
      const somebody = { email: 'a@b.example', name: 'Somebody', password: 'a long password' };
      await admin.post('/v1/accounts', somebody).expect(201);
      const said: string[] = [];
      const say = (line: string) => said.push(line);
      const loaded = await loadDemo({ ...(await listen(other)), say });
      expect(loaded).toEqual({ accounts: [] });
      expect(said).toEqual([expect.stringContaining('left out')]);
    } finally {
      await other.stop();
    }
  });
});
