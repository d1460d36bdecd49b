import { describe, expect, it } from '@jest/globals';
import type { Definition } from '../../src/kernel/definition.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';

/** What version 3 has more: the floor, the lists of speakers, wordings, pledges, the way to the report. */
const ADDED = new RegExp(
  [
    '[.]speaking$',
    '^(plenary-)?speakers-(open|close)$',
    '^(relay-questions|list[.]circulated|report[.]unsigned|settle-wordings|publish-pledges)$',
    '^(list-of-recommendations|draft-report|troika-sign-off|voluntary-pledge)$',
  ].join('|'),
);

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
    const documents = third.documents.map(({ deadline, late, ...whole }) => {
      const each = { ...whole, registration: undefined, partners: undefined };
      const added = deadline !== undefined && ADDED.test(deadline);
      return added ? each : { ...each, deadline, late };
    });
    const items = third.items
      ?.filter(({ item }) => !ADDED.test(item))
      .map((each) => ({
        ...each,
        wording: undefined,
        withdrawnDuring: undefined,
        split: undefined,
      }));
    const { report, unverified, ...rest } = third;
    expect(report).toBeDefined();
    const visibility = third.visibility.filter(({ compartment }) => compartment !== 'joint:*');
    const parameters = known(third, second);
    const lists = { moves, deadlines, documents, items, visibility };
    const kept = { ...rest, version: 2, ...lists, parameters };
    expect(kept).toEqual(second);
    expect(unverified?.filter((name) => name in second.parameters)).toEqual([]);
  });
});
