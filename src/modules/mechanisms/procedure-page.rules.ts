import type {
  Atom,
  Comparison,
  DeadlineRule,
  Definition,
  DocumentKind,
  FollowUpRule,
} from '../../kernel/definition.js';
import { diagramOf } from './diagram.rules.js';
import { itemActs } from './item-acts.rules.js';
import type { Labels } from './vocabulary.rules.js';

const UNVERIFIED = '**unverified**';
const code = (text: string): string => `\`${text}\``;
const list = (names: readonly string[]): string => names.map(code).join(', ');
const marked = (text: string, unverified: boolean | undefined): string =>
  unverified ? `${text} ${UNVERIFIED}`.trim() : text;
const cell = (text: string): string => text.replaceAll('|', '\\|') || '–';

type Column<R> = readonly [heading: string, cell: (row: R) => string];

/** A table, or what stands in for one that has no rows. */
function table<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(([heading]) => heading)),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map(([, of]) => cell(of(row))))),
  ].join('\n');
}

function compared({ fact, not, ...operator }: Comparison): string {
  const [[name, value] = ['', '']] = Object.entries(operator);
  const shown = Array.isArray(value) ? value.join(', ') : String(value);
  return `${not ? 'not ' : ''}${code(fact)} ${name} ${code(shown)}`;
}

/** What an atom asks for, and the code with which a move is refused without it. */
function required(atom: Atom): string {
  const { else: refusal, ...asked } = atom;
  const text = 'any' in asked ? asked.any.map(compared).join(' or ') : compared(asked);
  return `${text}, else ${code(refusal)}`;
}

const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

const counted = ({ anchor, offset, unit, hour, weekday }: DeadlineRule): string => {
  const on = weekday === undefined ? '' : `, on ${WEEKDAYS[weekday - 1]}`;
  const at = on + (hour === undefined ? '' : ` at ${hour}`);
  return unit === 'exact' && offset === 'PT0S'
    ? `at ${code(anchor)}`
    : `${code(offset)} (${unit === 'workingDays' ? 'working days' : unit}) from ${code(anchor)}${at}`;
};

const limited = ({ limit }: DocumentKind): string =>
  limit
    ? marked(`${limit.words.toLocaleString('en')} words, over: ${limit.over}`, limit.unverified)
    : '';

const timed = ({ deadline, late }: DocumentKind): string =>
  [deadline && code(deadline), late && `late: ${late}`].filter(Boolean).join(', ');

const expires = ({ onExpiry: { flag, move, then } }: DeadlineRule): string =>
  [flag && `flag ${code(flag)}`, move && `move ${code(move)}`, then && list(then)]
    .filter(Boolean)
    .join(', ');

const met = ({ metBy }: DeadlineRule): string =>
  Object.entries(metBy)
    .map(([what, name]) => `${what} ${code(name)}`)
    .join(' or ');
const owed = ({ owedBy, optional, each }: DeadlineRule): string =>
  `${each ? 'each ' : ''}${code(owedBy)}${optional ? ', a right' : ''}`;

const extended = ({ extension }: DeadlineRule): string =>
  extension ? `by ${code(extension.by)}, to ${extension.most}, ${extension.times}×` : '';

/** The first version of a procedure is `upr.yaml`, those after it `upr-2.yaml` and so on. */
const fileOf = ({ key, version }: Definition): string =>
  version === 1 ? `${key}.yaml` : `${key}-${version}.yaml`;

/** The page of a procedure: everything that its definition says, for people to check. */
export function procedurePage(definition: Definition, labels: Labels): string {
  const { version, title, family, zone, holidays } = definition;
  const called = (vocabulary: string, name: string): string => labels[vocabulary]?.[name] ?? name;
  const section = (heading: string, ...parts: string[]): string =>
    [`## ${heading}`, ...parts].join('\n\n');
  const named = (vocabulary: string) => (name: string) => called(vocabulary, name);
  const basis = definition.legalBasis.map((each) => marked(each.citation, each.unverified));
  const sections = [
    section('Stages', '```mermaid\n' + diagramOf(definition, labels) + '```', stages()),
    section(
      'Roles',
      table(definition.roles, [
        ['role', ({ role }) => code(role)],
        ['name', ({ role }) => named('roles')(role)],
        [
          'held by',
          (each) => (each.principal ? code(each.principal) : `a ${each.holder} taking part`),
        ],
        ['seat', ({ seat }) => (seat ? code(seat) : '')],
        ['not for', ({ except = [] }) => list(except)],
      ]),
    ),
    section(
      'Moves',
      'A move is refused with the code of the first condition that does not hold.',
      table(definition.moves, [
        ['move', ({ move }) => code(move)],
        ['from', ({ from }) => list(from)],
        ['to', ({ to }) => code(to)],
        ['by', ({ by }) => list(by)],
        ['requires', ({ requires }) => requires.map(required).join('<br>')],
        ['brings about', ({ then }) => list(then)],
      ]),
    ),
    section(
      'Deadlines',
      `Hours are those of ${zone}; working days leave out the holidays of ${code(holidays)}.`,
      table(definition.deadlines, [
        ['deadline', ({ deadline }) => code(deadline)],
        ['name', ({ deadline }) => named('deadlines')(deadline)],
        ['due', counted],
        ['owed by', owed],
        ['met by', met],
        ['on expiry', expires],
        ['extension', extended],
        ['source', ({ source = '', unverified }) => marked(source, unverified)],
      ]),
    ),
    section(
      'Documents',
      table(definition.documents, [
        ['kind', ({ kind }) => code(kind)],
        ['name', ({ kind }) => named('documents')(kind)],
        ['by', ({ by }) => list(by)],
        ['limit', limited],
        ['during', ({ during }) => list(during)],
        ['filed in', ({ filedIn }) => code(filedIn)],
        [
          'public at',
          ({ publishedAt }) => (publishedAt === undefined ? 'never' : code(publishedAt)),
        ],
        ['deadline', timed],
        ['how many', ({ count }) => count],
        ['symbol', ({ symbol }) => (symbol ? code(symbol) : '')],
        ['source', ({ source = '' }) => source],
      ]),
    ),
    section(
      'Items',
      table(itemActs(definition), [
        ['item', ({ item }) => code(item)],
        ['act', ({ act }) => act],
        ['by', ({ by }) => (by ? list(by) : '')],
        ['during', ({ during }) => (during ? list(during) : '')],
        ['note', ({ note = '' }) => note],
      ]),
      answers(),
    ),
    ...(definition.followUp ? [section('Follow-up', followUp(definition.followUp))] : []),
    section(
      'Who may read what',
      table(definition.visibility, [
        ['compartment', ({ compartment }) => code(compartment)],
        ['readers', ({ readers }) => list(readers) || 'nobody, but through a release'],
        ['during', ({ during }) => (during ? list(during) : 'always')],
      ]),
    ),
    section(
      'Parameters',
      table(Object.entries(definition.parameters), [
        ['parameter', ([name]) => code(name)],
        [
          'value',
          ([name, value]) => marked(code(String(value)), definition.unverified?.includes(name)),
        ],
      ]),
    ),
  ];
  return `${[
    `# ${title}`,
    `Version ${version}${definition.draft ? ', a draft' : ''}, of the family ${code(family)}. Made from ` +
      `${code(`mechanisms/${fileOf(definition)}`)} by ${code('npm run diagrams')}: change that file, not this one. ` +
      `A figure marked ${UNVERIFIED} was not read in a source: check it before you present it as law.`,
    `Legal basis: ${basis.join('; ')}.`,
    ...sections,
  ].join('\n\n')}\n`;

  function stages(): string {
    return table(definition.stages, [
      ['stage', ({ stage }) => code(stage)],
      ['name', ({ stage }) => named('stages')(stage)],
      ['meaning', ({ meaning }) => meaning],
    ]);
  }

  function followUp({ during, status, assessments }: FollowUpRule): string {
    const said = [
      { what: 'implementation status', vocabulary: 'implementation-statuses', ...status },
      { what: 'assessment', vocabulary: 'assessment-grades', ...assessments },
    ];
    const graded = (vocabulary: string, grade: string): string =>
      `${code(grade)} ${called(vocabulary, grade)}`;
    return table(said, [
      ['what is said', ({ what }) => what],
      ['by', ({ by }) => list(by)],
      ['during', () => list(during)],
      ['grades', (each) => each.grades.map((g) => graded(each.vocabulary, g)).join('<br>')],
      ['source', ({ source = '' }) => source],
    ]);
  }

  function answers(): string {
    const { responses } = definition;
    if (!responses) return 'There are no answers.';
    return `Answers are ${list(responses.values)}; silence means ${code(responses.deemed)} in the end.`;
  }
}
