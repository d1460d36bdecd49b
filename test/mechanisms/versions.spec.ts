import { describe, expect, it } from '@jest/globals';
import type { Definition } from '../../src/kernel/definition.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';

/** What version 3 has more: wordings, pledges, and the way to the report. */
const ADDED =
  /^(list\.circulated|report\.unsigned|settle-wordings|publish-pledges|list-of-recommendations|draft-report|troika-sign-off|voluntary-pledge)$/;

describe('the versions of the Universal Periodic Review', () => {
  const versions = loadMechanisms('mechanisms').definitions.filter((each) => each.key === 'upr');
  const [first, second, third] = versions as [Definition, Definition, Definition];

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
    const parameters = Object.fromEntries(
      Object.keys(first.parameters).map((name) => [name, second.parameters[name]!]),
    );
    expect({ ...second, version: 1, moves, parameters }).toEqual(first);
  });

  it('keep everything of the second, and add to it', () => {
    const moves = third.moves.map((each) => ({
      ...each,
      then: each.then.filter((name) => !ADDED.test(name)),
      requires: each.requires.filter((atom) => !('fact' in atom && ADDED.test(atom.fact))),
    }));
    const deadlines = third.deadlines.filter(({ deadline }) => !ADDED.test(deadline));
    const documents = third.documents.map(({ deadline, late, ...each }) =>
      deadline !== undefined && ADDED.test(deadline) ? each : { ...each, deadline, late },
    );
    const items = third.items
      ?.filter(({ item }) => !ADDED.test(item))
      .map((each) => ({
        ...each,
        wording: undefined,
        withdrawnDuring: undefined,
        split: undefined,
      }));
    const { report, ...rest } = third;
    expect(report).toBeDefined();
    expect({ ...rest, version: 2, moves, deadlines, documents, items }).toEqual(second);
  });
});
