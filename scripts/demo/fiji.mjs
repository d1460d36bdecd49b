// A review in preparation: what there is lies on desks, which nobody else sees.
import { draft, drawTroika } from './acts.mjs';

/** @param review the id of the review, in any stage */
export async function playFiji(people, { day }, review) {
  const { secretariat, ngo, 'fiji-drafter': drafter } = people;
  const drawnOn = day(-20);
  await drawTroika(secretariat, review, { states: ['CRI', 'GHA', 'LVA'], drawnOn });
  await draft(drafter, review, {
    kind: 'national-report',
    title: 'National report of Fiji (demonstration)',
    symbol: 'DEMO/WG.6/902/FJI/1',
    text: 'fiji-national-report',
  });
  await draft(ngo, review, {
    kind: 'stakeholder-submission',
    title: 'Open courts in Fiji (demonstration)',
    text: 'fiji-submission',
  });
}
