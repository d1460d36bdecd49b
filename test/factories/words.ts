import type { Plant } from './telling-docx.js';

/** Words that stand in one place each. */
export class Words {
  readonly words = new Map<string, string>();

  readonly plant: Plant = (place) => {
    const word = `canary-${this.words.size}-${Math.random().toString(36).slice(2)}`;
    this.words.set(place, word);
    return word;
  };

  /** The places whose words stand there. */
  in(...haystacks: (Buffer | string)[]): string[] {
    const texts = haystacks.map((each) => each.toString('latin1' as never));
    return [...this.words]
      .filter(([, word]) => texts.some((text) => text.includes(word)))
      .map(([place]) => place);
  }

  places(): string[] {
    return [...this.words.keys()];
  }
}
