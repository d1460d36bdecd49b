import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChainCheck, linkHash, type Link } from './journal.js';

/** A chain over these bodies, as the database would have written it. */
function chainOf(bodies: readonly string[]): Link[] {
  const chain: Link[] = [];
  for (const [index, body] of bodies.entries()) {
    const link = { n: index + 1, body, previous: chain.at(-1)?.hash ?? '' };
    chain.push({ ...link, hash: linkHash(link) });
  }
  return chain;
}

function check(chain: readonly Link[], head = chain.at(-1)): number | null {
  const checked = new ChainCheck();
  for (const link of chain) checked.add(link);
  checked.end(head ?? { n: 0, hash: '' });
  return checked.firstBroken;
}

const chains = fc.array(fc.string(), { minLength: 1, maxLength: 12 }).map(chainOf);
const broken = fc.tuple(chains, fc.nat(), fc.string({ minLength: 1 })).map(([chain, at, text]) => {
  const index = at % chain.length;
  return { chain, index, link: chain.at(index)!, text };
});

describe('a chain of the journal', () => {
  it('holds as it was written, an empty one too', () => {
    fc.assert(fc.property(chains, (chain) => check(chain) === null));
    expect(check([])).toBeNull();
  });

  it('hashes the three parts, separated by line feeds', () => {
    expect(linkHash({ n: 1, body: '{}', previous: '' })).toBe(
      '09122c33344a3f1ce8a4f26bac73bb230c5ff4543397948d841a3f8bfe310089',
    );
  });

  it('is broken where a part was changed', () => {
    fc.assert(
      fc.property(broken, ({ chain, index, link, text }) => {
        const changes = [
          { ...link, body: `${link.body}${text}` },
          { ...link, previous: `${link.previous}${text}` },
          { ...link, hash: `${link.hash}${text}` },
          { ...link, n: link.n + 1 },
        ];
        for (const changed of changes) {
          const head = index === chain.length - 1 ? chain.at(-1) : undefined;
          expect(check(chain.with(index, changed), head)).toBe(index + 1);
        }
      }),
    );
  });

  it('is broken where an entry is missing, at the end too, or one was added', () => {
    fc.assert(
      fc.property(broken, ({ chain, index, link, text }) => {
        expect(check(chain.toSpliced(index, 1), chain.at(-1))).toBe(index + 1);
        const more = { n: chain.length + 1, body: text, previous: chain.at(-1)!.hash };
        const longer = [...chain, { ...more, hash: linkHash(more) }];
        expect(check(longer, chain.at(-1))).toBe(chain.length + 2);
        expect(check(chain.toSpliced(index, 0, link), chain.at(-1))).toBe(index + 2);
      }),
    );
  });

  it('may be rewritten from an entry on, but then ends in another head', () => {
    fc.assert(
      fc.property(broken, ({ chain, index, text }) => {
        const bodies = chain.map(({ body }) => body);
        const rewritten = chainOf(bodies.with(index, `${bodies[index]}${text}`));
        expect(check(rewritten)).toBeNull();
        expect(check(rewritten, chain.at(-1))).not.toBeNull();
      }),
    );
  });
});
