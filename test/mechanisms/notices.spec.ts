import { describe, expect, it } from '@jest/globals';
import { inProject } from '../../src/config/project-root.js';
import { PLATFORM_LABELS } from '../../src/platform/labels/platform-labels.js';
import { loadMechanisms } from '../../src/modules/mechanisms/load-mechanisms.js';
import { faultsOf, loadNotices } from '../../src/modules/notices/load-notices.js';

const { definitions } = loadMechanisms(inProject('mechanisms'));
const events = Object.keys(PLATFORM_LABELS['journal-events'] ?? {});
const ground = { definitions, events };

describe('the notices of a mechanism', () => {
  it('name what there is, for each that is shipped', () => {
    const all = loadNotices(inProject('mechanisms/notices'), ground);
    expect(all.map(({ mechanism }) => mechanism)).toEqual(['upr']);
    expect(all.every(({ notices }) => notices.length > 40)).toBe(true);
  });

  it('are refused where they name what there is not, or what is never reached', () => {
    const urgency = 'normal' as const;
    const faults = faultsOf(
      {
        mechanism: 'upr',
        notices: [
          { event: 'moved', to: ['nobody'], urgency },
          { event: 'moved', moves: ['fly'], to: ['side'], urgency },
          { event: 'sung', to: ['bound'], urgency },
        ],
      },
      ground,
    );
    expect(faults).toEqual([
      '  upr notices[0]: no such role nobody',
      '  upr notices[1]: no such move fly',
      '  upr notices[1]: a rule before it takes all of moved',
      '  upr notices[2]: no such event sung',
    ]);
    const none = faultsOf({ mechanism: 'wto', notices: [] }, ground);
    expect(none).toEqual(['  wto: no such mechanism']);
  });
});
