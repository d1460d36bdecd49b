// Who may import whom (ARCHITECTURE.md draws it): a new module, or a new arrow, is entered here.
const arrows = {
  directory: [],
  mechanisms: [],
  vocabularies: ['mechanisms'],
  accounts: ['directory'],
  credentials: [],
  invitations: ['accounts'],
  signatures: ['accounts'],
  calendar: ['directory', 'mechanisms'],
  record: ['directory', 'mechanisms'],
  proceedings: ['accounts', 'calendar', 'mechanisms', 'directory', 'record'],
  'calendar-feeds': ['calendar', 'directory', 'mechanisms', 'proceedings'],
  lots: ['proceedings', 'calendar', 'directory', 'record'],
  receipts: [],
  documents: ['proceedings', 'receipts', 'record'],
  uploads: ['documents'],
  assistants: ['proceedings'],
  partners: ['documents', 'proceedings', 'record'],
  dialogue: ['proceedings', 'lots', 'directory', 'calendar', 'record'],
  questions: ['proceedings', 'directory', 'record'],
  committees: ['proceedings', 'accounts', 'directory', 'mechanisms'],
  recommendations: ['documents', 'proceedings', 'record'],
  pledges: ['documents', 'proceedings', 'record'],
  reports: ['documents', 'lots', 'mechanisms', 'proceedings', 'recommendations', 'record'],
  'report-drafts': ['documents', 'proceedings', 'recommendations'],
  summaries: ['documents', 'proceedings', 'record', 'directory'],
  classification: ['recommendations', 'proceedings', 'record', 'directory'],
  findings: ['committees', 'documents', 'proceedings', 'record'],
  measures: ['findings', 'recommendations', 'proceedings', 'record'],
  'follow-up': ['measures', 'recommendations', 'documents', 'proceedings', 'record'],
  intake: ['proceedings'],
  admissibility: ['proceedings'],
  reviews: [
    'recommendations',
    'dialogue',
    'committees',
    'follow-up',
    'documents',
    'lots',
    'proceedings',
  ],
  cooperation: ['dialogue', 'documents', 'lots', 'proceedings'],
  desk: ['calendar', 'documents', 'proceedings'],
  worklists: ['dialogue', 'documents', 'follow-up', 'proceedings', 'recommendations'],
  communications: ['accounts', 'directory', 'documents', 'intake', 'mechanisms', 'proceedings'],
  notices: ['mechanisms'],
  'notice-preferences': ['accounts'],
  'notice-mail': ['deliveries', 'notices'],
  deliveries: ['notice-preferences', 'notices', 'proceedings'],
  webhooks: ['deliveries'],
  reminders: ['notices', 'proceedings'],
  'failed-jobs': [],
  imports: ['record', 'directory'],
};

const spec = '\\.spec\\.ts$';
const anyOf = (names) => `(${names.join('|')})`;
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const betweenModules = Object.entries(arrows).map(([module, others]) =>
  forbid(
    `${module}-imports`,
    `${module} imports ${others.length > 0 ? others.join(', ') : 'no other module'}`,
    { path: `^src/modules/${module}/` },
    { path: '^src/modules/', pathNot: `^src/modules/${anyOf([module, ...others])}/` },
  ),
);

module.exports = {
  forbidden: [
    forbid('no-cycles', 'no cycles', {}, { circular: true }),
    forbid('resolvable', 'every import leads to a file', {}, { couldNotResolve: true }),
    forbid(
      'kernel-is-pure',
      'the kernel imports nothing of the project',
      { path: '^src/kernel/', pathNot: spec },
      { path: '^(src|migrations|scripts|test)/', pathNot: '^src/kernel/' },
    ),
    forbid(
      'kernel-libraries',
      'of libraries the kernel knows only a Temporal polyfill and node:crypto',
      { path: '^src/kernel/', pathNot: spec },
      {
        pathNot: ['^src/', '^(node:)?crypto$', 'node_modules/(temporal-polyfill|temporal-spec)/'],
      },
    ),
    forbid(
      'config-stands-alone',
      'config imports nothing of the project',
      { path: '^src/config/' },
      { path: '^src/', pathNot: '^src/config/' },
    ),
    forbid(
      'platform-below-modules',
      'the platform has no business words',
      { path: '^src/platform/' },
      { path: '^src/modules/' },
    ),
    forbid(
      'composition-is-the-top',
      'only the processes’ own files, straight in src, import everything; nothing imports them',
      { path: '^(src/[^/]+/|migrations/)' },
      { path: '^src/[^/]+\\.ts$' },
    ),
    forbid(
      'replay-is-a-client',
      'the replay speaks REST: of the project it knows the client and pure rules alone',
      { path: '^src/replay/' },
      { path: '^(src|migrations)/', pathNot: ['^src/(replay|kernel)/', '\\.rules\\.ts$'] },
    ),
    forbid(
      'replay-serves-nobody',
      'nothing of the project imports the replay',
      { path: '^(src|migrations)/', pathNot: '^src/replay/' },
      { path: '^src/replay/' },
    ),
    forbid(
      'measuring-serves-nobody',
      'nothing of the project imports what measures it',
      { path: '^(src|migrations)/', pathNot: '^src/measure/' },
      { path: '^src/measure/' },
    ),
    forbid(
      'client-stands-alone',
      'the client knows the contract and nothing of the house',
      { path: '^client/' },
      { path: '^(src|migrations|scripts|test)/' },
    ),
    forbid(
      'client-is-for-clients',
      'of the project only the replay speaks to a house from outside',
      { path: '^(src|migrations)/', pathNot: '^src/replay/' },
      { path: '^client/' },
    ),
    ...betweenModules,
    forbid(
      'known-module',
      'every module has its place in the drawing',
      {},
      { path: '^src/modules/[^/]+/', pathNot: `^src/modules/${anyOf(Object.keys(arrows))}/` },
    ),
    forbid(
      'module-by-its-index',
      'a module enters another by its index; its module class by its own path',
      { path: '^src/modules/([^/]+)/' },
      {
        path: '^src/modules/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(index|[^/]+\\.module)\\.ts$'],
      },
    ),
    forbid(
      'module-class-to-module-class',
      'a module class is imported by module classes',
      { path: '^src/modules/([^/]+)/', pathNot: '\\.module\\.ts$' },
      { path: '^src/modules/[^/]+/[^/]+\\.module\\.ts$', pathNot: '^src/modules/$1/' },
    ),
    forbid(
      'typeorm-stays-below',
      'typeorm only in entities, repositories, the platform’s database and migrations',
      {
        path: '^(src|migrations)/',
        pathNot: ['\\.(entity|repository)\\.ts$', '^src/platform/database/', '^migrations/'],
      },
      { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    ),
    forbid(
      'bullmq-stays-in-the-queue',
      'bullmq only in the platform’s queue and the modules’ jobs',
      { path: '^(src|migrations)/', pathNot: ['^src/platform/queue/', '\\.jobs\\.ts$'] },
      { path: 'node_modules/(bullmq|@nestjs/bullmq)/' },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^client/(node_modules|dist)/' },
    tsPreCompilationDeps: true, // types count: an arrow is an arrow
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
