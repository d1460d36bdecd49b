import { describe, expect, it } from '@jest/globals';
import type { Definition } from '../../src/kernel/definition.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';

/** What version 3 has more: the floor, the lists of speakers, what is relayed. */
const ADDED = /\.speaking$|^(plenary-)?speakers-(open|close)$|^relay-questions$/;

describe('the versions of the Universal Periodic Review', () => {
  const versions = loadMechanisms('mechanisms').definitions.filter((each) => each.key === 'upr');
  const [first, second, third] = versions as [Definition, Definition, Definition];

  /** Of the parameters of a version, those that the one before it has. */
  const known = ({ parameters }: Definition, before: Definition) =>
    Object.fromEntries(Object.keys(before.parameters).map((name) => [name, parameters[name]!]));

  it('are three, and none is a draft', () => {
    expect(versions.map(({ version, draft }) => [version, draft])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
  });

  it('keep everything of the first, and add to it', () => {
    const moves = second.moves.map((each) =>
      each.move === 'record-troika' ? { ...each, then: [] } : each,
    );
    const parameters = known(second, first);
    expect({ ...second, version: 1, moves, parameters }).toEqual(first);
  });

  it('keep everything of the second, and add to it', () => {
    const moves = third.moves.map((each) => ({
      ...each,
      then: each.then.filter((name) => !ADDED.test(name)),
      requires: each.requires.filter((atom) => !('fact' in atom && ADDED.test(atom.fact))),
    }));
    const deadlines = third.deadlines.filter(({ deadline }) => !ADDED.test(deadline));
    const { unverified, ...rest } = third;
    const parameters = known(third, second);
    expect({ ...rest, version: 2, moves, deadlines, parameters }).toEqual(second);
    expect(unverified?.filter((name) => name in second.parameters)).toEqual([]);
  });
});
