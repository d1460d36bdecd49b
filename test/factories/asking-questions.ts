import type { Client } from '../setup/api.js';

export interface Asked {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly filingId: string;
  readonly askingStates: { state: string; status: string }[];
  readonly n: number | null;
  readonly cluster: string | null;
  readonly answered: { in: string; text: string | null } | null;
}

/** The advance questions of one review, as people ask, group and answer them. */
export class Questions {
  constructor(readonly review: string) {}

  get url(): string {
    return `/v1/reviews/${this.review}/questions`;
  }

  ask(who: Client, questions: readonly string[], more: object = {}) {
    return who.post(this.url, { questions, ...more });
  }

  async filed(who: Client, questions: readonly string[], more: object = {}): Promise<Asked[]> {
    const { body } = await this.ask(who, questions, more).expect(201);
    return (body as { questions: Asked[] }).questions;
  }

  async listed(who: Client): Promise<Asked[]> {
    const { body } = await who.get(this.url, { limit: 200 }).expect(200);
    return (body as { items: Asked[] }).items;
  }

  confirm(who: Client, { id }: Asked, body: object = {}) {
    return who.post(`/v1/questions/${id}/confirm`, body);
  }

  group(who: Client, given: readonly [string, ...Asked[]][], version: number) {
    const clusters = given.map(([title, ...all]) => ({
      title,
      questions: all.map(({ id }) => id),
    }));
    return who.put(`/v1/reviews/${this.review}/clusters`, { clusters }, { version });
  }

  answer(who: Client, { id, version }: Asked, body: object) {
    return who.put(`/v1/questions/${id}/answer`, body, { version });
  }
}

export const statesOf = ({ askingStates }: Asked): string[] =>
  askingStates.map(({ state, status }) => `${state} ${status}`);
