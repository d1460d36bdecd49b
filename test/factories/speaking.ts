import type { Client } from '../setup/api.js';
import type { World } from './world.js';

/** The instants of a review that `World` opens: a session from Monday, 3 May 2027. */
export const OPENS = '2027-04-26T08:00:00Z';
export const CLOSES = '2027-04-29T16:00:00Z';
export const PLENARY_OPENS = '2027-09-13T08:00:00Z';
export const PLENARY_CLOSES = '2027-09-16T16:00:00Z';
export const DIALOGUE = '2027-05-03T07:00:00Z';

interface Offered {
  readonly action: string;
  readonly allowed: boolean;
  readonly because: string | null;
}
export interface Listed {
  readonly id: string;
  readonly version: number;
  readonly side: string;
  readonly name: string;
  readonly part: string | null;
  readonly states: { state: string; status: string }[];
  readonly class: string | null;
  readonly seconds: number | null;
  readonly place: number | null;
  readonly status: string;
  readonly statement: {
    seconds: number;
    cut: boolean;
    text: string | null;
    endedAt: string;
  } | null;
  readonly publicId: string | null;
  readonly actions: Offered[];
}
interface List {
  readonly status: string;
  readonly version: number;
  readonly opens: { at: string; local: string } | null;
  readonly closes: { at: string; local: string } | null;
  readonly time: { member: number; observer: number; membersKnown: boolean } | null;
  readonly draw: object | null;
  readonly speakers: Listed[];
  readonly swaps: { id: string; from: string; with: string; status: string }[];
  readonly actions: Offered[];
}

/** What was drawn in a meeting, and who saw it. */
export const SEEN = {
  drawnOn: '2027-04-30',
  meeting: 'Meeting of the President with the delegations',
  witnesses: ['Secretary of the Council'],
};

/** The lists of speakers of one review, as people ask for them. */
export class Lists {
  constructor(
    readonly world: World,
    readonly review: string,
  ) {}

  async seen(who: Client, list = 'dialogue'): Promise<List> {
    const url = `/v1/reviews/${this.review}/speakers`;
    return (await who.get(url, { list }).expect(200)).body as List;
  }

  register(who: Client, more: object = {}) {
    return who.post(`/v1/reviews/${this.review}/speakers`, more);
  }

  async registered(who: Client, more: object = {}): Promise<Listed> {
    return (await this.register(who, more).expect(201)).body as Listed;
  }

  /** The heads of these States register, in this order. */
  async states(codes: readonly string[], more: object = {}): Promise<void> {
    for (const code of codes) await this.registered(await this.world.delegation(code), more);
  }

  /** The secretariat registers whom it was asked to by States without people here. */
  async onBehalf(codes: readonly string[], list = 'dialogue'): Promise<void> {
    for (const code of codes) {
      await this.registered(this.world.secretariat, { list, onBehalfOf: `state:${code}` });
    }
  }

  draw(who: Client, drawn: readonly string[], more: object = {}) {
    const url = `/v1/reviews/${this.review}/speakers/draw`;
    return who.post(url, { drawn, ...SEEN, ...more });
  }

  leave(who: Client, { id, version }: Listed) {
    return who.send('delete', `/v1/speakers/${id}`).set('if-match', `"${version}"`);
  }

  propose(who: Client, mine: Listed, other: Listed) {
    return who.post(`/v1/speakers/${mine.id}/swaps`, { with: other.id });
  }

  answer(who: Client, swap: string, accept: boolean, version: number) {
    return who.post(`/v1/swaps/${swap}/answer`, { accept }, { version });
  }

  /** The States in the order in which they speak. */
  async order(who: Client, list = 'dialogue'): Promise<string[]> {
    const { speakers } = await this.seen(who, list);
    return speakers.filter(({ place }) => place !== null).map(({ side }) => side.slice(-3));
  }
}
