import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sample } from '../../test/mechanisms/sample-definition.js';
import { type AccessRow, deriveAccess, diffAccess } from './access.js';

const proceedingId = 'p-1';
const keys = [
  'clock',
  'states',
  'body:committee',
  'secretariat:sample',
  'state:SVN',
  'state:FRA',
  'organization:7',
];
const principals = new Map(keys.map((key) => [key, `id-of-${key}`]));
const participants = [
  { role: 'party', principal: 'state:SVN' },
  { role: 'author', principal: 'organization:7' },
];
const sides = ['state:SVN', 'organization:7'];
const ground = { proceedingId, stage: 'received', participants, principals, sides };
const table = (rows: readonly AccessRow[]): string[] =>
  rows.map((row) => `${row.compartment} < ${row.principalId} (${row.because})`);

const anyGround = fc.record({
  proceedingId: fc.constant(proceedingId),
  principals: fc.constant(principals),
  stage: fc.constantFrom(...sample.stages.map((each) => each.stage)),
  participants: fc.array(
    fc.record({
      role: fc.constantFrom('party', 'author'),
      principal: fc.constantFrom(...keys.slice(4)),
    }),
  ),
  sides: fc.subarray(keys.slice(3)),
});

describe('deriveAccess', () => {
  it('applies the table of visibility', () => {
    expect(table(deriveAccess(sample, ground))).toEqual([
      'case < id-of-body:committee (chair)',
      'case < id-of-clock (clock)',
      'case < id-of-organization:7 (author)',
      'case < id-of-secretariat:sample (secretariat)',
      'case < id-of-state:SVN (party)',
      'case < id-of-states (observer)',
      'case < p-1 (procedure)',
      'committee < id-of-body:committee (chair)',
      'committee < id-of-secretariat:sample (secretariat)',
      'committee < p-1 (procedure)',
      'desk:organization:7 < id-of-organization:7 (side)',
      'desk:organization:7 < p-1 (procedure)',
      'desk:state:SVN < id-of-state:SVN (side)',
      'desk:state:SVN < p-1 (procedure)',
      'filed:organization:7 < id-of-organization:7 (side)',
      'filed:organization:7 < id-of-secretariat:sample (secretariat)',
      'filed:organization:7 < p-1 (procedure)',
      'filed:state:SVN < id-of-secretariat:sample (secretariat)',
      'filed:state:SVN < id-of-state:SVN (side)',
      'filed:state:SVN < p-1 (procedure)',
      'parties < p-1 (procedure)',
    ]);
  });

  it('opens a circle to who is in it, and to nobody else', () => {
    const visibility = [...sample.visibility, { compartment: 'joint:*', readers: ['side'] }];
    const circles = [
      { circle: 'joint:1', side: 'organization:7' },
      { circle: 'joint:1', side: 'state:SVN' },
      { circle: 'joint:2', side: 'organization:7' },
    ];
    const rows = deriveAccess({ ...sample, visibility }, { ...ground, circles });
    expect(table(rows).filter((row) => row.startsWith('joint'))).toEqual([
      'joint:1 < id-of-organization:7 (side)',
      'joint:1 < id-of-state:SVN (side)',
      'joint:1 < p-1 (procedure)',
      'joint:2 < id-of-organization:7 (side)',
      'joint:2 < p-1 (procedure)',
    ]);
    expect(deriveAccess({ ...sample, visibility }, ground)).toEqual(deriveAccess(sample, ground));
  });

  it('shows an assistant what the side sees that it helps, and nobody else’s', () => {
    const helping = { side: 'state:SVN', principal: 'organization:7' };
    const rows = deriveAccess(sample, { ...ground, sides: ['state:SVN'], assistants: [helping] });
    const read = (key: string) =>
      rows
        .filter(({ principalId }) => principalId === `id-of-${key}`)
        .map(({ compartment }) => compartment);
    expect(read('organization:7')).toEqual(expect.arrayContaining(read('state:SVN')));
    expect(table(rows)).toContain('desk:state:SVN < id-of-organization:7 (assistant)');
    const without = deriveAccess(sample, { ...ground, sides: ['state:SVN'] });
    const others = rows.filter(({ because }) => because !== 'assistant');
    expect(others).toEqual(without);
  });

  it('opens and closes a compartment with the stage', () => {
    const { grant, revoke } = diffAccess(
      deriveAccess(sample, ground),
      deriveAccess(sample, { ...ground, stage: 'forwarded' }),
    );
    expect(table(grant)).toEqual([
      'parties < id-of-organization:7 (author)',
      'parties < id-of-state:SVN (party)',
    ]);
    expect(revoke).toEqual([]);
  });

  it('names a principal that has no id, instead of leaving it out', () => {
    const stranger = [{ role: 'party', principal: 'state:XXX' }];
    expect(() => deriveAccess(sample, { ...ground, participants: stranger })).toThrow('state:XXX');
  });

  it('depends on what it is given, not on its order', () => {
    fc.assert(
      fc.property(anyGround, (each) => {
        const turned = {
          ...each,
          participants: each.participants.toReversed(),
          sides: each.sides.toReversed(),
        };
        const rows = deriveAccess(sample, each);
        expect(deriveAccess(sample, turned)).toEqual(rows);
        expect(new Set(rows.map((r) => `${r.compartment} ${r.principalId}`)).size).toBe(
          rows.length,
        );
      }),
    );
  });

  it('never opens a sealed identity, nor a desk to another side', () => {
    fc.assert(
      fc.property(anyGround, (each) => {
        const rows = deriveAccess(sample, each);
        expect(rows.filter((row) => row.compartment === 'identity')).toEqual([]);
        const desks = rows.filter((row) => row.compartment.startsWith('desk:'));
        const owned = new Set(each.sides.map((side) => `desk:${side} < id-of-${side} (side)`));
        const foreign = desks.filter((row) => row.principalId !== proceedingId);
        expect(new Set(table(foreign))).toEqual(owned);
      }),
    );
  });

  it('keeps identity from the procedure even where a table opens it to a role', () => {
    const open = {
      ...sample,
      visibility: [...sample.visibility, { compartment: 'identity', readers: ['author'] }],
    };
    const sealed = deriveAccess(open, ground).filter((row) => row.compartment === 'identity');
    expect(table(sealed)).toEqual(['identity < id-of-organization:7 (author)']);
  });
});

describe('diffAccess', () => {
  it('turns what was into what is', () => {
    fc.assert(
      fc.property(anyGround, anyGround, (one, other) => {
        const before = deriveAccess(sample, one);
        const after = deriveAccess(sample, other);
        const { grant, revoke } = diffAccess(before, after);
        const kept = before.filter((row) => !revoke.includes(row));
        expect(new Set(table([...kept, ...grant]))).toEqual(new Set(table(after)));
        expect(kept.length + grant.length).toBe(after.length);
      }),
    );
  });
});
