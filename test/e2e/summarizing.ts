import { submissions } from '../factories/submissions.js';
import { World } from '../factories/world.js';
import { Ledger } from './ledger.js';

/** Where a secretariat writes. */
export const DESK = 'desk:secretariat:upr';

export interface Source {
  id: string;
  mark: string | null;
  version: number;
  use: string;
  cited: boolean;
}
export interface Passage {
  id: string;
  version: number;
  words: string;
  used: boolean;
}
interface Paragraph {
  id: string;
  version: number;
  text: string;
  number: number;
  notes: { number: number; text: string }[];
  summary: { words: number; limit: number };
}

/** Five submissions to a review, and what their secretariat does with them. */
export async function summarizing() {
  const world = await World.build('2026-09-01T09:00:00Z');
  const ledger = await Ledger.open(world.api);
  const review = await world.review('SVN');
  const office = world.secretariat;
  const filed = await submissions(world, review);

  const at = (what: string) => `/v1/reviews/${review}/${what}`;
  const sources = async (): Promise<Source[]> =>
    (await office.get(at('sources'), { limit: 200 }).expect(200)).body.items as Source[];
  const mark = (body: object) => office.post(at('passages'), { theme: 'health', ...body });
  const marked = async (body: object): Promise<Passage> =>
    (await mark(body).expect(201)).body as Passage;
  const begin = (...passages: string[]) => office.post(at('summary/paragraphs'), { passages });
  const begun = async (...passages: string[]): Promise<Paragraph> =>
    (await begin(...passages).expect(201)).body as Paragraph;
  const write = ({ id, version }: { id: string; version: number }, body: object) =>
    office.put(`/v1/summary-paragraphs/${id}`, { theme: 'health', ...body }, { version });
  const summary = async () => (await office.get(at('summary')).expect(200)).body;
  const told = async () => (await ledger.journal(review, DESK)).at(-1)!;
  const stop = async () => {
    await ledger.close();
    await world.stop();
  };
  return {
    world,
    ledger,
    review,
    office,
    filed,
    stop,
    at,
    sources,
    mark,
    marked,
    begin,
    begun,
    write,
    summary,
    told,
  };
}
