import { inflateSync } from 'node:zlib';
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

/** All that can be read in a file: as it is, in UTF-16, packed, and in base64. */
export function readable(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const packed = Array.from(text.matchAll(/x[^\n]/g), ({ index }) => {
    try {
      return inflateSync(bytes.subarray(index)).toString('latin1');
    } catch {
      return '';
    }
  });
  const inside = Array.from(text.matchAll(/base64,([\w+/=]+)/g), ([, code = '']) =>
    Buffer.from(code, 'base64').toString('latin1'),
  );
  return [text, ...packed, ...inside].flatMap((each) => [each, each.replaceAll('\0', '')]);
}
