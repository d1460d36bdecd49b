// A review that is over: reviewed, answered, adopted and published. The dialogue lies in the past
// and the documents are filed today, so the platform marks three of them as late.
import {
  answer,
  confirm,
  drawTroika,
  file,
  label,
  move,
  pledge,
  recommend,
  signOff,
} from './acts.mjs';
import { bringOutcomeForward } from './calendar.mjs';

/** `by` makes it with the States `others`, of which `confirmedBy` confirm; the rest fall away. */
const recommendations = [
  {
    by: 'estonia',
    others: ['FJI', 'KEN'],
    confirmedBy: ['kenya'],
    label: '6.1',
    text: 'Publish court decisions in formats that screen readers can read (demonstration)',
    inRoom: { position: 'supported' },
  },
  {
    by: 'kenya',
    label: '6.2',
    text: 'Extend legal aid to rural districts by means of travelling offices (demonstration)',
    inRoom: { position: 'supported' },
  },
  {
    by: 'fiji',
    label: '6.3',
    text: 'Share with small island States how it warns of floods (demonstration)',
    inWriting: {
      position: 'supported',
      statedPosition: 'Enjoys the support of Costa Rica (demonstration)',
    },
  },
  {
    by: 'estonia',
    label: '6.4',
    text: 'Complete the digital register of court cases within twelve months (demonstration)',
    inWriting: {
      position: 'noted',
      statedPosition: 'Is noted (demonstration)',
      comment: 'The register is being built; twelve months are too short for it (demonstration).',
    },
  },
  {
    by: 'kenya',
    others: ['EST'],
    confirmedBy: ['estonia'],
    label: '6.5',
    text: 'Collect statistics on school meals, broken down by district (demonstration)',
    inWriting: { position: 'supported', comment: 'Begun this year (demonstration).' },
  },
  {
    by: 'fiji',
    label: '6.6',
    text: 'Consider a national day of public libraries (demonstration)',
  },
];

const answersIn = (where) =>
  recommendations
    .filter((each) => each[where])
    .map((each) => ({ text: each.text, ...each[where] }));

/** @param review the id of the review, in any stage */
export async function playCostaRica(people, calendar, { id: session, costaRica: review }) {
  const { secretariat, president, 'costa-rica': delegation } = people;
  const symbol = (end) => `DEMO/WG.6/901/CRI/${end}`;
  const drawnOn = calendar.day(-300);
  await drawTroika(secretariat, review, { states: ['EST', 'PRT', 'SEN'], drawnOn });

  await file(delegation, review, {
    kind: 'national-report',
    title: 'National report of Costa Rica (demonstration)',
    symbol: symbol(1),
    text: 'costa-rica-national-report',
  });
  await file(secretariat, review, {
    kind: 'compilation',
    title: 'Compilation on Costa Rica (demonstration)',
    symbol: symbol(2),
    text: 'costa-rica-compilation',
  });
  await file(secretariat, review, {
    kind: 'stakeholder-summary',
    title: 'Summary of stakeholders’ submissions on Costa Rica (demonstration)',
    symbol: symbol(3),
    text: 'costa-rica-stakeholder-summary',
  });
  await move(secretariat, review, 'issue-documents');

  for (const { by, others, confirmedBy = [], text } of recommendations) {
    await recommend(people[by], review, { text, others });
    for (const name of confirmedBy) await confirm(people[name], review, text);
  }
  await move(president, review, 'hold-dialogue');
  await answer(delegation, review, 'room', answersIn('inRoom'));
  await pledge(delegation, review, 'Publish every judgment of the higher courts within a month');

  await file(secretariat, review, {
    kind: 'working-group-report',
    title: 'Report of the Working Group: Costa Rica (demonstration)',
    symbol: 'DEMO/HRC/901/6',
    text: 'costa-rica-working-group-report',
  });
  await label(secretariat, review, new Map(recommendations.map((each) => [each.text, each.label])));
  const { estonia, portugal, senegal } = people;
  await signOff(secretariat, [estonia, portugal, senegal], review);
  await move(president, review, 'adopt-report');

  await file(delegation, review, {
    kind: 'addendum',
    title: 'Views on conclusions and recommendations: Costa Rica (demonstration)',
    symbol: 'DEMO/HRC/901/6/Add.1',
    text: 'costa-rica-addendum',
  });
  await answer(delegation, review, 'writing', answersIn('inWriting'));
  await move(delegation, review, 'close-positions');

  await bringOutcomeForward(people, session);
  await move(president, review, 'adopt-outcome');
  await file(secretariat, review, {
    kind: 'decision',
    title: 'Outcome of the review: Costa Rica (demonstration)',
    symbol: 'DEMO/HRC/DEC/901/1',
    text: 'costa-rica-decision',
  });
}
