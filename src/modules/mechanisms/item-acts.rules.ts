import type { Definition } from '../../kernel/definition.js';
import type { ItemRule, RecommendationRule } from '../../kernel/item-rules.js';

/** What may be done with an item, as the page of a procedure tells it. */
interface ItemAct {
  readonly item: string;
  readonly act: string;
  readonly by?: readonly string[];
  readonly during?: readonly string[];
  readonly note?: string;
}

/** Everything that the items of a procedure, and its report, let people do. */
export const itemActs = ({ items = [], report }: Definition): ItemAct[] => [
  ...items.flatMap(actsOf),
  ...(report
    ? [
        {
          item: 'report',
          act: 'circulate the list',
          by: report.circulatedBy,
          during: report.during,
        },
        {
          item: 'report',
          act: 'sign off the draft',
          by: [report.signedBy],
          during: report.during,
          note: `each of them, the document \`${report.document}\` as it stands`,
        },
      ]
    : []),
];

function actsOf(item: ItemRule): ItemAct[] {
  const { by, during } = item;
  const made = { item: item.item, act: 'make', by, during };
  if (item.item === 'voluntary-pledge') {
    return [{ ...made, note: `public at \`${item.publishedAt}\`` }];
  }
  return [made, ...wordingActs(item), ...splitActs(item), ...answerActs(item)];
}

function wordingActs({ by, wording, withdrawnDuring }: RecommendationRule): ItemAct[] {
  const item = 'recommendation';
  const agreed = 'all who made it must agree';
  return [
    ...(wording
      ? [
          { item, act: 'amend its text', by, during: wording.during, note: agreed },
          {
            item,
            act: 'propose an editorial correction',
            by: wording.correctedBy,
            during: wording.during,
            note: agreed,
          },
          {
            item,
            act: 'record the text as delivered',
            by: wording.deliveredBy,
            during: wording.deliveredDuring,
            note: agreed,
          },
          { item, act: 'correct it', by, note: `until \`${wording.corrigendaUntil}\`; ${agreed}` },
        ]
      : []),
    ...(withdrawnDuring ? [{ item, act: 'withdraw from it', by, during: withdrawnDuring }] : []),
  ];
}

const splitActs = ({ item, split }: RecommendationRule): ItemAct[] =>
  split
    ? [
        { item, act: 'ask that it be split', by: split.askedBy, during: split.during },
        { item, act: 'split it', by: split.decidedBy, during: split.during },
      ]
    : [];

const answerActs = ({ item, ...rule }: RecommendationRule): ItemAct[] => [
  { item, act: 'label', by: rule.labelledBy, during: rule.labelledDuring },
  {
    item,
    act: 'answer',
    by: rule.answeredBy,
    during: rule.answeredDuring,
    note: `in the room during ${rule.answeredInRoom.map((stage) => `\`${stage}\``).join(', ')}`,
  },
];
